"""Which lines of a pull request speak to whoever fills in the form: left over from a template that is not known."""

import re
from collections.abc import Sequence

from checks.reader.phrases import Phrases, load
from checks.reader.pull.words import said
from checks.text import Form, Unit

_SAYS = Phrases(load("pull_guidance"))
_BRACKETED = re.compile(r"\[[^\[\]]{1,200}\](?!\()")
_WORD = re.compile(r"\w")
_THEN = re.compile(r"[,;] (?:then )?(?:please |kindly )?(?:make sure|be sure|ensure that)\b", re.IGNORECASE)
_STARTS = frozenset({"if", "please", "describe", "provide", "explain", "include", "avoid", "consider", "ensure"})
_SAID = frozenset({Form.PROSE, Form.ITEM, Form.TASK, Form.ROW})


def guidance(units: Sequence[Unit], left: frozenset[int]) -> frozenset[int]:
    """The numbers of the units that guide an author, beside those known as `left` over.

    To say "you" is an author's right as well; beside a prompt that nobody took out it is the template's.
    """
    written = {number: unit.text for number, unit in enumerate(units) if unit.line and unit.form in _SAID}
    found = frozenset(number for number, text in written.items() if guides(text))
    if found or not left.isdisjoint(written):
        found |= {number for number, text in written.items() if _addresses(said(text))}
    return found


def guides(text: str) -> bool:
    """Whether a sentence by itself tells an author what to write or to do."""
    if "[" in text and _BRACKETED.search(text) and not _WORD.search(_BRACKETED.sub("", text)):
        return True
    sentence = said(text)
    labels = {found.label for found in _SAYS.find(sentence)}
    return (
        "certain" in labels
        or ("form" in labels and _addresses(sentence))
        or ("sure" in text and bool(_THEN.search(text)))
    )


def _addresses(sentence: list[str]) -> bool:
    return bool(_STARTS & set(sentence[:1])) or any(found.label == "address" for found in _SAYS.find(sentence))
