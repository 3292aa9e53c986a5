"""What is wrong with a submission, in one sentence that names the field."""

from collections.abc import Sequence
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError

from ghapp.submission.model import LONGEST, File, IssueSubmission, Linked, PullSubmission

_MODELS: dict[object, type[BaseModel]] = {
    "issue": IssueSubmission,
    "pull": PullSubmission,
    "files": File,
    "linked": Linked,
}
_SHOWN = 60  # characters of an unknown name

_KIND = 'The field "kind" has to be "issue" or "pull".'
_NO_OBJECT = 'The text has to be a JSON object such as {"kind": "issue", "title": "...", "body": "..."}.'
_WANTED = {
    "string_type": "has to be text",
    "string_unicode": "holds half a character (a lone surrogate): write it anew",
    "string_too_long": f"is too long: {LONGEST:,} characters are the most",
    "bool_type": "has to be true or false",
    "bool_parsing": "has to be true or false",
    "int_type": "has to be a whole number",
    "int_parsing": "has to be a whole number",
    "int_from_float": "has to be a whole number",
    "greater_than_equal": "has to be 0 or more",
    "model_type": "has to be an object",
    "tuple_type": "has to be a list",
    "missing": "is missing",
}


def explained(error: ValidationError) -> str:
    """The first thing that is wrong; an unknown field is named with the known one that was probably meant."""
    found = error.errors(include_url=False, include_input=False)
    # A name that is not known explains why another one is missing, so it goes first.
    first = next((each for each in found if each["type"] == "extra_forbidden"), found[0])
    kind, place = first["type"], first["loc"]
    if kind in {"union_tag_not_found", "union_tag_invalid"}:
        return _KIND
    if not place[1:]:
        return _NO_OBJECT
    name = ".".join(str(part) for part in place[1:])[:_SHOWN]
    if kind == "extra_forbidden":
        return f'The field "{name}" is unknown{_hint(place)}'
    wanted = _WANTED.get(kind) or f"is not right: {first['msg']}"
    return f'The field "{name}" {wanted}.'


def _hint(place: Sequence[int | str]) -> str:
    holder = next(part for part in reversed(place[:-1]) if part in _MODELS)
    known = list(_MODELS[holder].model_fields)
    nearest = get_close_matches(str(place[-1]).lower(), known, n=1)
    return f'; did you mean "{nearest[0]}"?' if nearest else f": known are {', '.join(known)}."
