"""What a question is about: the criterion of readiness that would have answered it beforehand."""

from collections import Counter
from collections.abc import Collection

from checks.reader.concrete import Shape, shapes
from checks.reader.phrases import Phrases, load, spoken, words

_GROUPS = load("topics")
_TOPICS = Phrases(_GROUPS)
_ORDER = {name: place for place, (name, _) in enumerate(_GROUPS)}
_CONTRACT = frozenset({Shape.STATUS, Shape.HTTP, Shape.CODE, Shape.IDENTIFIER})


def criterion(question: str, thin: Collection[str] = ()) -> str:
    """The criterion's name, one of those in `thin` where it fits; "" where the words tell none."""
    worth: Counter[str] = Counter()
    for found in _TOPICS.find(words(spoken(question))):
        worth[found.label] += 2 * len(found.phrase.split())
    if not _CONTRACT.isdisjoint(shapes(question)):
        worth["contract"] += 1
    fitting = [name for name in worth if name in thin] or list(worth)
    return min(fitting, key=lambda name: (-worth[name], _ORDER[name]), default="")
