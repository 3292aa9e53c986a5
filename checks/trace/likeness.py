"""How many of an acceptance criterion's words a sentence repeats, its figures and its opposites watched."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checks.reader.phrases import words
from checks.reader.pull.words import content, stem
from checks.trace import cues

_LEAST = 2  # content words that a sentence has to share
_FIRST_LOOK = 0.35  # share of equal words below which no word is compared letter by letter
_KIN = 0.9  # likeness of two spellings that are one word: "migrated", "migration"
_SHORTEST = 4  # letters of a word with kin
_OF_TITLE = 0.7  # weight of a word that the title says: it is what everything there is about
_MOST = 600  # characters of a line that are compared
_UNITS = {
    spelt: unit
    for unit, every in {
        "ms": "millisecond milliseconds ms", "s": "second seconds sec secs s", "min": "minute minutes min mins",
        "h": "hour hours h", "d": "day days d", "wk": "week weeks", "mon": "month months", "y": "year years",
        "px": "pixel pixels px", "%": "percent", "kB": "kb kilobyte kilobytes", "MB": "mb megabyte megabytes",
        "GB": "gb gigabyte gigabytes",
    }.items()
    for spelt in every.split()
}  # fmt: skip
_GLUED = re.compile(r"(?<![\w.])(\d{1,12})([a-zA-Z]{1,2})\b")  # "320px"
_CODE = re.compile(r"`+[^`]*`+")
_NUMBERS = {
    stem(word): str(number)
    for number, spelt in enumerate(
        (
            "zero", "", "two second twice both", "three third thrice", "four fourth", "five fifth", "six sixth",
            "seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven", "twelve",
        )
    )
    for word in spelt.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """An acceptance criterion as it is looked for."""

    text: str
    weights: Mapping[str, float]  # of the stems of its content words; what others say too weighs less
    figures: frozenset[str]  # that a claim has to repeat
    said: frozenset[str]  # all of its words
    needs_denial: bool

    def share(self, said: Collection[str]) -> float:
        """The weighed share of its words that are among some stems, each in any spelling."""
        every = sum(self.weights.values())
        equal = self.weights.keys() & said
        if not every or len(equal) < _LEAST or sum(self.weights[word] for word in equal) < _FIRST_LOOK * every:
            return 0.0
        lacking = self.weights.keys() - equal
        kin = {word for word in lacking if _has_kin(word, said)} if lacking else set()
        return sum(self.weights[word] for word in equal | kin) / every


def promises(texts: Sequence[str], titles: Sequence[str]) -> list[Promise]:
    """Acceptance criteria with the weights of their words among one another; each with its issue's title."""
    every = [stems(text) for text in texts]
    common = Counter(word for said in every for word in said)
    return [
        Promise(
            text=text,
            weights={word: common[word] ** -0.5 * (_OF_TITLE if word in named else 1) for word in said},
            figures=figures(text),
            said=frozenset(words(text)),
            needs_denial=cues.needs_denial(text),
        )
        for text, said, named in zip(texts, every, map(stems, titles), strict=True)
    ]


@lru_cache(maxsize=256)
def stems(text: str) -> frozenset[str]:
    """The stems of a line's content words, numbers as figures."""
    return frozenset(_NUMBERS.get(word, word) for word in content(text[:_MOST]))


@lru_cache(maxsize=256)
def figures(text: str) -> frozenset[str]:
    """The figures of a line, written out or not, each with its unit if it has one; those in code are names."""
    said = words(_GLUED.sub(r"\1 \2", _CODE.sub(" ", text[:_MOST])).replace("-", " "))
    pairs = zip(said, [*said, ""][1:], strict=True)
    numbers = ((_NUMBERS.get(stem(word), word), _UNITS.get(after, "")) for word, after in pairs)
    return frozenset(f"{number}{unit}" for number, unit in numbers if number.isdigit())


def _has_kin(word: str, said: Collection[str]) -> bool:
    if len(word) < _SHORTEST or not word.isalpha():
        return False
    from rapidfuzz.distance import JaroWinkler  # here, since it is needed where words are shared only

    others = (other for other in said if other[0] == word[0] and len(other) >= _SHORTEST and other.isalpha())
    return any(JaroWinkler.similarity(word, other) >= _KIN for other in others)
