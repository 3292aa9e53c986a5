"""When two lines say the same: by their words in order, forgiving spaces, marks, articles and slips of the pen."""

import re
from functools import lru_cache

_TOKEN = re.compile(r"`+([^`]+)`+|[^\W_]+(?:['._-][^\W_]+)*|[<>=\u2264\u2265\u2260%$\u20ac]+|-(?=\d)")
_ARTICLES = frozenset({"a", "an", "the"})
_SLIP_LENGTH = 5  # letters of a word in which one wrong letter is a slip; in a shorter one it is another word
_SLIPS_IN = 5  # words among which one slip may stand
_MOST = 120  # words of a line that are compared
_CURLED = "\N{RIGHT SINGLE QUOTATION MARK}"

Words = tuple[str, ...]


@lru_cache(maxsize=256)
def tokens(text: str) -> Words:
    """The words and signs of a line in order; code keeps its case and is one word, articles count for nothing."""
    found = (match[1] or match[0].casefold() for match in _TOKEN.finditer(text.replace(_CURLED, "'")))
    return tuple(word for word in found if word not in _ARTICLES)[:_MOST]


def same(one: Words, other: Words) -> bool:
    """Whether two lines say the same but for slips: a figure, a name in code or a short word is never one."""
    if one == other:
        return True
    if len(one) != len(other):
        return False
    apart = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(apart) <= max(1, len(one) // _SLIPS_IN) and all(_is_slip(*pair) for pair in apart)


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SLIP_LENGTH or one[0] != other[0] or not (one + other).isalpha():
        return False
    from rapidfuzz.distance import OSA  # here, since most texts need it never

    return OSA.distance(one, other, score_cutoff=1) <= 1


def likeness(one: Words, other: Words) -> float:
    """How much two lines share, 0 to 1: words in any order, with a little for their order."""
    if not one or not other:
        return 0.0
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    in_any_order: float = fuzz.token_sort_ratio(" ".join(one), " ".join(other)) / 100
    return 0.5 * in_any_order + 0.5 * Indel.normalized_similarity(sorted(one), sorted(other))


def is_within(part: Words, whole: Words) -> bool:
    """Whether a run of words stands in another, without a gap."""
    starts = (at for at, word in enumerate(whole) if word == part[0])
    return any(whole[at : at + len(part)] == part for at in starts)
