"""The marks inside a line, read without a parser: emphasis, images, check boxes."""

import re

_IMAGE = re.compile(
    r"`[^`]*`|(?P<image>\[!\[[^\[\]]*\]\([^()]*\)\]\([^()]*\)|!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])|<img\s[^<>]*>)",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r"`[^`]*`|\*\*\*(?P<a>[^\s*][^*]*)\*\*\*|\*\*(?P<b>[^\s*][^*]*)\*\*|(?<![\w*])\*(?P<c>[^\s*][^*]*)\*(?![\w*])"
    r"|(?<!\w)__(?P<d>[^\s_][^_]*\s[^_]*)__(?!\w)|(?<!\w)_(?P<e>[^\s_][^_]*)_(?!\w)|~~(?P<f>[^~]+)~~"
)
_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_ALERT = re.compile(r"\[!\w{1,20}\]")  # the first line of GitHub's coloured quotes


def unmarked(text: str) -> str:
    """A line without the marks of bold, italic and struck words; code spans stay as they are."""
    if "*" not in text and "_" not in text and "~" not in text:
        return text
    return _MARKS.sub(lambda mark: mark[mark.lastgroup] if mark.lastgroup else mark[0], text)


def without_images(text: str) -> tuple[str, list[str]]:
    """A line without its images, and the images as written; the mark of a coloured quote leaves nothing."""
    if text.startswith("[!") and _ALERT.fullmatch(text):
        return "", []
    if "![" not in text and "<" not in text:
        return text, []
    images = [found["image"] for found in _IMAGE.finditer(text) if found["image"]]
    if not images:
        return text, []
    return _IMAGE.sub(lambda found: "" if found["image"] else found[0], text).strip(), images


def box(text: str) -> tuple[bool | None, str]:
    """The state of the check box that a line begins with, None without one, and the words after it."""
    found = _BOX.match(text)
    return (found[1] != " ", text[found.end() :]) if found else (None, text)
