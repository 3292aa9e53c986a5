"""Words that carry nothing by themselves: the small words between the others, the hollow ones, the rubric's own."""

from collections.abc import Collection, Sequence

from checks.reader.issue.cues import HOLLOW, RUBRIC

FUNCTION_WORDS = frozenset(
    """a an the is are was were be been do does did has have had to of in on for with by from at as that this these
    those it its and or not no so we i you they he she will would can could should must may but than there which who
    each every any also because before after without our your their""".split()  # noqa: SIM905 -- reads as a list
)
_CARRIES_NOTHING = FUNCTION_WORDS | HOLLOW
_STEM = 5  # letters that tell "improve" and "improved" to be one word
_KEYWORDS = 3
_KEYWORDS_AND_NUMBERS = 5
_BARE = RUBRIC - FUNCTION_WORDS | {"and", "or", "when"}


def stems(words: Collection[str]) -> frozenset[str]:
    """The beginnings of the words that carry something."""
    return frozenset(word[:_STEM] for word in words if word not in _CARRIES_NOTHING)


def is_hollow(words: Sequence[str], said_before: Collection[str]) -> bool:
    """Whether a sentence says no more than its title (given by its stems) and that all will be well."""
    return bool(words) and all(word in _CARRIES_NOTHING or word[:_STEM] in said_before for word in words)


def is_list_of_keywords(words: Sequence[str]) -> bool:
    """Whether nothing stands there but the words that a judge of issues looks for, with or without bare numbers."""
    said = [word for word in words if not word.isdigit()]
    if len(said) < len(words):
        return len(said) >= _KEYWORDS_AND_NUMBERS and _BARE.issuperset(said)
    return len(said) >= _KEYWORDS and RUBRIC.issuperset(said)
