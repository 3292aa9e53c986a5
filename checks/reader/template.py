"""Which units are left over from a template: its own lines, its prompts, its placeholders, its unanswered boxes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from checks.text import Document, Form, Unit, parse

_NOT_WORDS = re.compile(r"[\W_]+")
_CODE_SPAN = re.compile(r"`[^`]*`")
_LEADING_LABEL = re.compile(r"[\w /-]{1,30}: +")
_MARKS = " \t*_#>:(-[\u2192\ufe0f\u2705\u2611\u26a0"  # before the words of a prompt or a heading
_LONGEST_PLACEHOLDER = 300  # characters
_LONGEST_LABEL = 50


def leftover(document: Document, templates: Iterable[str] = ()) -> frozenset[int]:
    """The indices of the units that the author did not write.

    With the repository's own templates every line that stands in one of them is left over; comments, prompts,
    placeholders and promises to have read something are known by their form as well. A heading is never left over:
    what is missing under it tells. In doubt the words are the author's.
    """
    known = frozenset(key for template in templates for unit in _units(template) if (key := _key(unit)))
    units = document.units
    return frozenset(
        index
        for index, unit in enumerate(units)
        if index and unit.form is not Form.HEADING and (_key(unit) in known or _by_form(units, index))
    )


def follows(document: Document, templates: Iterable[str]) -> bool:
    """Whether a text has headings, and all of them stand in one of the repository's templates."""
    asked = _headings(document.units[1:])
    return bool(asked) and any(asked <= _headings(_units(template)) for template in templates)


@lru_cache(maxsize=32)
def _units(template: str) -> Sequence[Unit]:
    """A template's units; every issue of a repository brings the same ones."""
    return parse("", template).units


def _headings(units: Iterable[Unit]) -> set[str]:
    return {_key(unit) for unit in units if unit.form is Form.HEADING}


def _key(unit: Unit) -> str:
    return _NOT_WORDS.sub(" ", unit.text.casefold()).strip()


def _by_form(units: Sequence[Unit], index: int) -> bool:
    unit = units[index]
    match unit.form:
        case Form.COMMENT:
            return True
        case Form.IMAGE:
            return False
        case Form.CODE:
            return bool(_key(unit)) and (_is_asked_for(unit.text) or _is_blank_fence(units, index))
        case Form.TASK if _is_open_choice(unit) or _SAYS["promise-in-a-box"].match(unit.text):
            return True
        case Form.TASK | Form.ITEM if _SAYS["promise"].match(unit.text) or _is_unanswered(units, index):
            return True
        case _:
            return _is_placeholder(unit.text) or _is_prompt(unit.text)


def _is_blank_fence(units: Sequence[Unit], index: int) -> bool:
    """A fence with nothing but "<output>" or "// your code" in it."""
    around = (units[index - 1], *units[index + 1 : index + 2])
    is_alone = all(unit.form is not Form.CODE or abs(unit.line - units[index].line) > 1 for unit in around)
    return is_alone and bool(_SAYS["blank-fence"].fullmatch(units[index].text.strip()))


def _is_asked_for(code: str) -> bool:
    return _is_empty(code) or bool(_SAYS["into-a-fence"].fullmatch(code.strip()))


def _is_empty(text: str) -> bool:
    return len(text) <= _LONGEST_PLACEHOLDER and bool(_SAYS["empty-answer"].fullmatch(text))


def _is_placeholder(text: str) -> bool:
    if len(text) > _LONGEST_PLACEHOLDER:
        return False
    words = _CODE_SPAN.sub("`", text)  # dots and brackets in code are code
    in_brackets = _SAYS["brackets"].fullmatch(words) and _SAYS["prompt-in-brackets"].search(words)
    has_dots = _SAYS["dots"].search(words) or _SAYS["dots-as-code"].fullmatch(text)
    return bool(_is_empty(words) or in_brackets or has_dots)


def _is_prompt(text: str) -> bool:
    words = text.strip(_MARKS)
    label = _LEADING_LABEL.match(words)
    prompted = _SAYS["prompt"].match(words) or (label and _SAYS["prompt"].match(words, label.end()))
    return bool(prompted or _SAYS["about-the-form"].search(words))


def _is_open_choice(unit: Unit) -> bool:
    """A box that a template offered and nobody ticked; plans of the author's own stand under other headings."""
    offered = unit.checked is False and _SAYS["heading-of-choices"].match(unit.heading.lstrip(_MARKS))
    return bool(offered and _SAYS["choice"].match(unit.text))


def _is_unanswered(units: Sequence[Unit], index: int) -> bool:
    """A list's label ("Browser:") without an answer: it ends its list, or another such label is next."""
    unit = units[index]
    if not _is_label(unit):
        return False
    after = next((other for other in units[index + 1 : index + 3] if other.form is not Form.COMMENT), None)
    return after is None or after.form is Form.HEADING or (after.indent == unit.indent and _is_label(after))


def _is_label(unit: Unit) -> bool:
    return len(unit.text) <= _LONGEST_LABEL and bool(_SAYS["label"].fullmatch(unit.text))


def _read_lexicon() -> Mapping[str, re.Pattern[str]]:
    """The groups of `lexicon/template.txt`, each as one pattern."""
    groups: dict[str, list[str]] = {}
    for line in (files("checks.reader") / "lexicon" / "template.txt").read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].replace("-", "").isalpha():
            alternatives = groups.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            alternatives.append(line)
    joined = {name: "|".join(alternatives) for name, alternatives in groups.items()}
    names = re.compile("@(" + "|".join(sorted(joined, key=len, reverse=True)) + ")")
    return {
        name: re.compile(names.sub(lambda other: joined[other[1]], pattern), re.IGNORECASE)
        for name, pattern in joined.items()
    }


_SAYS = _read_lexicon()
