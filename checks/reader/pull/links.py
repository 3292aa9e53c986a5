"""How a line of a pull request names the issue it answers: as GitHub links it, or only for human eyes."""

import re
from enum import IntEnum


class Naming(IntEnum):
    """How an issue is named."""

    NONE = 0
    BY_THE_WAY = 1  # a reader finds it, GitHub links nothing
    LINKED = 2


# docs.github.com, "Linking a pull request to an issue": nine keywords, any case, an optional colon.
_KEYWORD = r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+"
_RELATION = (
    r"\b(?:part of|related to|relates to|refs?|references|towards?|implements|addresses|updates?|follow-?up to|see|for"
    r"|(?:described|reported|raised|requested|mentioned) in|issues?|tickets?|tracked (?:in|by)|tracking)\b:?\s+"
)
_SHORT = r"\[?(?<![\w/])#0*[1-9]\d{0,8}\b"
_FULL = r"\[?(?<![\w.-])(?:[\w.-]{1,100}/[\w.-]{1,100}#0*[1-9]\d{0,8}\b|(?:\[[^\[\]]{1,100}\]\()?https?://[\w.:-]+/[\w.-]+/[\w.-]+/issues/[1-9]\d{0,8}\b)"
_CLOSES = re.compile(_KEYWORD + f"(?:{_FULL}|{_SHORT})", re.IGNORECASE)
_RELATES = re.compile(_RELATION + _FULL, re.IGNORECASE)
_NAMES = re.compile(_RELATION + _SHORT, re.IGNORECASE)
_ANY_FULL = re.compile(_FULL)
_ANY_SHORT = re.compile(_SHORT)
_CODE = re.compile(r"`+[^`]*`+")
_PULL = re.compile(r"\b(?:PR|MR|pull request)s?:? #\d+", re.IGNORECASE)  # another change, not an issue
_MUCH = 5  # words beside a bare link that make it a mention in passing


def naming(text: str, *, expected: bool) -> Naming:
    """How a line names an issue; `expected`: it stands under a heading such as Related issue."""
    plain = _PULL.sub(" ", _CODE.sub(" ", text))
    if _CLOSES.search(plain) or _RELATES.search(plain):
        return Naming.LINKED
    alone = expected or len(plain.split()) <= _MUCH
    if alone and _ANY_FULL.search(plain):
        return Naming.LINKED
    if _NAMES.search(plain) or (expected and _ANY_SHORT.search(plain)):
        return Naming.BY_THE_WAY
    return Naming.NONE
