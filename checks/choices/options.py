"""The options of a choice: as a list, as lines "Option A: ...", or inside a question, "this or that"."""

import re
from collections.abc import Sequence

from checks.choices.due import without_due
from checks.reader.comment import Sentence
from checks.reader.phrases import load
from checks.text import Form

_LISTS = frozenset({Form.ITEM, Form.TASK})
_LEAD = frozenset(dict(load("choices"))["lead"])
_LABEL = re.compile(
    r"(?:option|variant|alternative)?\s*\(?(?:[A-Ha-h]|\d)\)?\s?(?:[:.)]|\s[-\u2013\u2014])\s+(?=\S)", re.IGNORECASE
)
_OPTION = re.compile(r"(?:option|variant|alternative)\s+(?:[a-h]|\d)\s?[:,.)\u2013\u2014-]?\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\((?![^()]*\bor\b)[^()]*\)|(?<![\w/.`])@[\w-]+")
_PASSIVE = re.compile(r"(?:should|shall|must|can|could)\s.{1,80}?\bbe\s+(?=\S)", re.IGNORECASE)
_SPLIT = re.compile(r",?\s+(?:or|vs\.?|versus)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(.*)", re.IGNORECASE)
_FROM = re.compile(
    r"^.*?(?:\b(?:whether|either|prefer)\b|\bwhich(?: one| of (?:the |these )?\w+)?[,:])\s*", re.IGNORECASE
)
_LABELLED = re.compile(r"^[^:?]*:\s")
_COUNTED = re.compile(r"(?:^|\s)\(?[A-Da-d1-4]\)\s+")
_ENDS = re.compile(r"[?|()]|[.!](?=\s|$)")
_SHORT = 4  # words of an option in "JSON, CSV or XLSX"


def options(sentences: Sequence[Sentence], opening: Sentence) -> tuple[str, ...]:
    """The options among the sentences about a choice, as quoted; none where fewer than two are told apart."""
    items = [_unlabelled(one.text) for one in sentences if one.form in _LISTS and one.block != sentences[0].block]
    if len(items) > 1:
        return tuple(items)
    labelled = [_unlabelled(one.text) for one in sentences if _LABEL.match(one.text)]
    if len(labelled) > 1:
        return tuple(labelled)
    asked = (
        one
        for at, one in enumerate(sentences)
        if one.asks or one is opening or one.form is Form.ROW or (at and sentences[at - 1].form is Form.HEADING)
    )
    return next((found for one in asked if (found := _inside(one.text))), ())


def _unlabelled(text: str) -> str:
    return _trimmed(_LABEL.sub("", text, count=1) if _LABEL.match(text) else text)


def _inside(text: str) -> tuple[str, ...]:
    plain = _ASIDE.sub(" ", without_due(text))
    between = _BETWEEN.search(plain)
    if between:
        return _told(re.split(r"\s+and\s+", _ENDS.split(between[1])[0]))
    _, *counted = _COUNTED.split(plain)
    if len(counted) > 1:
        return tuple(_trimmed(_SPLIT.sub(" ", f"{piece} ")) for piece in counted)
    first, *others = _SPLIT.split(_FROM.sub("", _LABELLED.sub("", plain)))
    return _told([_ENDS.split(first)[-1] if others else first, *others])


def _told(pieces: Sequence[str]) -> tuple[str, ...]:
    ended = [_ENDS.split(piece, maxsplit=1)[0] if at + 1 == len(pieces) else piece for at, piece in enumerate(pieces)]
    found = [_trimmed(_without_lead(_PASSIVE.sub("", _OPTION.sub("", piece.strip()), count=1))) for piece in ended]
    if len(found) > 1 and "," in found[0]:
        several = [_trimmed(piece) for piece in found[0].split(",")]
        if all(len(piece.split()) <= _SHORT for piece in (*several, *found[1:])) and len(several) <= _SHORT:
            found = [*several, *found[1:]]
    return tuple(found) if len(found) > 1 and all(found) else ()


def _without_lead(piece: str) -> str:
    said = piece.split()
    while len(said) > 1 and said[0].lower() in _LEAD:
        said.pop(0)
    return " ".join(said)


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(" ,.;:?!*_")
