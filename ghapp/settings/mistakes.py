"""What is wrong with the settings: one sentence for each, with its name and the remedy."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from pydantic import ValidationError

from ghapp.settings.given import KEY, KEY_FILE, Values
from ghapp.settings.model import Settings


def unknown(values: Values) -> Iterator[str]:
    """Misspelt names, caught before they silently mean nothing."""
    for name in values:
        if name not in Settings.model_fields:
            near = get_close_matches(name, Settings.model_fields, n=1)
            remedy = (
                f"did you mean {near[0].upper()}?"
                if near
                else "remove it; `ghapp manual environment` lists every setting."
            )
            yield f"{name.upper()} is not a setting: {remedy}"


def half_an_app(values: Values) -> Iterator[str]:
    """Credentials that are missing beside others, or given twice."""
    if KEY in values and KEY_FILE in values:
        yield "GITHUB_PRIVATE_KEY and GITHUB_PRIVATE_KEY_FILE are both set: keep one of them."
    wanted = {
        "GITHUB_APP_ID": "github_app_id" in values,
        "GITHUB_PRIVATE_KEY": KEY in values or KEY_FILE in values,
        "GITHUB_WEBHOOK_SECRET": "github_webhook_secret" in values,
    }
    missing = [name for name, is_given in wanted.items() if not is_given]
    others = {"github_client_id", "github_client_secret"} & values.keys()
    if missing and (others or any(wanted.values())):
        them, are = ("them", "are") if len(missing) > 1 else ("it", "is")
        yield (
            f"{' and '.join(missing)} {are} not set although other App credentials are:"
            f" set {them}, or remove the others."
        )


def explained(error: ValidationError, *, key_is_from_file: bool) -> Iterator[str]:
    """Values that cannot be used; a wrong key is blamed on the setting that it came from."""
    for problem in error.errors(include_input=False, include_url=False):
        name = str(problem["loc"][0])
        blamed = (KEY_FILE if name == KEY and key_is_from_file else name).upper()
        if problem["type"] == "value_error":
            yield f"{blamed} {problem['ctx']['error']}."
        else:
            yield f"{blamed} cannot be used: give {Settings.model_fields[name].description}."


def together(sentences: Sequence[str]) -> str:
    """All of them at once, a line each."""
    if len(sentences) == 1:
        return sentences[0]
    return "\n".join(
        (f"{len(sentences)} things about the settings have to be mended:", *(f"  {sentence}" for sentence in sentences))
    )
