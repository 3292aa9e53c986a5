"""Headings that Markdown does not know: a bold line, a label before text, a short line that ends in a colon."""

import re

_BOLD_LINE = re.compile(r"(\*{1,3}|_{2,3})([^\s*_][^*]{0,100})\1(\s*:)?")
_LABEL = re.compile(r"(\*{1,3}|_{2,3})([^\s*_:][^*:]{0,60})(?::\s?\1|\1\s?:)\s*(\S.*)")
_COLON_LINE = re.compile(r"([^\W_][^.!?:`]{0,58})\s?:")
_ENDED = re.compile(r"[.!?:)`]$")

# A line such as "Here is the output:" leads to what follows it, it does not name a part of the text.
_LEADS = re.compile(
    r"(?:a|an|the|and|also|as|at|because|but|by|e\.g|for|from|here|how|i|i'm|i've|if|in|it|it's|its|let|like|my|now|on|or"
    r"|our|so|see|since|that|that's|then|there|these|this|those|thus|to|using|we|we've|when|where|which|while|with|you)",
    re.IGNORECASE,
)
_LONG_TITLE = 5  # words; a longer bold line that ends in a full stop is a sentence said loudly
_LONG_COLON_LINE = 5


def heading_in(text: str, *, before: str, in_item: bool = False) -> tuple[str, str] | None:
    """The heading that a line of prose is or begins with, and the words after it; `before` is the line above."""
    bold = _BOLD_LINE.fullmatch(text)
    if bold and _names(bold[1], bold[2]):
        return bold[2].strip("_ :"), ""
    if in_item:
        return None
    label = _LABEL.fullmatch(text)
    if label and _names(label[1], label[2]):
        return label[2].strip("_ "), label[3]
    colon = _COLON_LINE.fullmatch(text)
    if colon and _stands_alone(colon[1], before):
        return colon[1], ""
    return None


def _names(mark: str, words: str) -> bool:
    count = len(words.split())
    if mark == "*" and count > _LONG_TITLE:
        return False
    return count <= _LONG_TITLE or not words.endswith((".", "!", ","))


def _stands_alone(words: str, before: str) -> bool:
    split = words.split()
    if len(split) > _LONG_COLON_LINE or _LEADS.fullmatch(split[0]):
        return False
    return not before or words[0].isupper() or bool(_ENDED.search(before))
