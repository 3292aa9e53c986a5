"""What `ghapp doctor` prints: for people in a terminal, and for monitoring as JSON."""

from collections import Counter
from collections.abc import Iterator, Mapping

from ghapp.diagnosis import Diagnosis, Verdict
from ghapp.render.more import MANUAL
from ghapp.render.quote import plain

SCHEMA = 1  # of the JSON; a number higher only when something in it changes its meaning
PAGE = "doctor"
LONGEST = 1200  # characters of one sentence; what GitHub or a database says may be long
WORDS = {
    Verdict.GOOD: "good",
    Verdict.WARNING: "warning",
    Verdict.WRONG: "wrong",
    Verdict.UNSEEN: "not looked at",
}

Found = Mapping[str, Diagnosis]  # by the check's name


def anchor(name: str) -> str:
    """Where the manual speaks of a check: the anchor of a heading in docs/doctor.md, and what `ghapp manual` takes."""
    return f"the-check-{name}"


def link(name: str, *, public_url: str = "") -> str:
    """The address of a check's place in the manual, on this server where it is not known what people call it."""
    return f"{public_url}{MANUAL}/{PAGE}#{anchor(name)}"


def headline(found: Found) -> str:
    """The outcome, then the one next step."""
    number = Counter(each.verdict for each in found.values())
    wrong = [name for name, each in found.items() if each.verdict is Verdict.WRONG]
    counts = ", ".join(f"{number[verdict]} {word}" for verdict, word in WORDS.items() if number[verdict])
    if wrong:
        return f"{_things(len(wrong))} to be mended; begin with `{wrong[0]}`. Of {len(found)} checks {counts}."
    if any(each.is_silence for each in found.values()):
        return f"Nothing is known to be wrong, but not all could be looked at. Of {len(found)} checks {counts}."
    if number[Verdict.GOOD] < len(found):
        return f"The App can work; some of it is worth a look. Of {len(found)} checks {counts}."
    return f"All is well: {len(found)} checks."


def rows(found: Found) -> Iterator[tuple[Verdict, str, str]]:
    """For each check its verdict, its name and what is said of it; those that wait for the same one stand together."""
    waiting: dict[str, list[str]] = {}
    for name, each in found.items():
        if each.first:
            waiting.setdefault(each.first, []).append(name)
        else:
            yield each.verdict, name, "\n".join(_lines(name, each))
    for first, names in waiting.items():
        yield Verdict.UNSEEN, "", f"{', '.join(names)}: once `{first}` is good."


def _lines(name: str, each: Diagnosis) -> Iterator[str]:
    yield plain(each.found, LONGEST)
    if each.verdict is not Verdict.GOOD:
        yield plain(each.remedy, LONGEST)
        yield f"More: ghapp manual {anchor(name)}"


def as_json(found: Found, *, public_url: str = "") -> dict[str, object]:
    """The same for programs; `schema` counts up only when something changes its meaning."""
    checks = [
        {
            "name": name,
            "verdict": each.verdict.value,
            "found": plain(each.found, LONGEST),
            "remedy": plain(each.remedy, LONGEST),
            "link": link(name, public_url=public_url),
        }
        for name, each in found.items()
    ]
    return {"schema": SCHEMA, "checks": checks}


def _things(number: int) -> str:
    return "One thing has" if number == 1 else f"{number} things have"
