"""Whether a sentence asks the team for something that it has to say: a question, or a statement that is one."""

import re

from checks.questions.statements import states
from checks.reader.comment import Sentence, listed, phrases

_NEAR = 4  # words among which a phrase begins a sentence
_SHORT = 12  # words of a sentence that only asks for news
_FEW = 5
_BEGUN = 2  # words that may stand before a courtesy
_GREETING = frozenset({"hi", "hello", "hey", "thanks", "thank", "you", "and", "so", "also", "but", "now", "all"})
_OPENERS = frozenset(
    {
        "can",
        "could",
        "would",
        "will",
        "may",
        "might",
        "please",
        "when",
        "anyone",
        "someone",
        "ready",
        "any",
        "is",
        "should",
    }
)
_ABLE = frozenset({"can", "could", "would", "will"})
_PEOPLE = frozenset({"you", "someone", "somebody", "anyone", "anybody"})

_WISH = phrases("wish")
_WORKFLOW = phrases("workflow")
_NUDGE = phrases("nudge")
_ALONE = listed("nudge-alone")
_SETTLED = phrases("courtesy", "rhetorical")
_TAGS = listed("tag")
_ASSUMES = phrases("assumes")
_INFORMS = listed("informs")
_POLITE = listed("polite")

_CONDITION = frozenset({"if", "when", "once", "unless", "in", "should", "whenever", "because", "since"})
_GOES_ON = re.compile(
    r"[,;:] (?:so (?:i|we)|but (?:i|we|the|it) (?!need)|it is|it's|they|looking)\b"
    r"|\bso (?:i|we) (?:\w+ed|kept|took|chose|went)\b"
)
_BARE = re.compile(
    r"(?:what|which(?: \w+)?|how(?: \w+)?|where|when|who|why) (?:should|do|does|can|could|would|will|must)"
    r" (?:i|we|you|the|it|this)\b"
    r"|(?:should|shall|can|may) (?:i|we)\b|do (?:i|we|you) (?:need|have|want|expect)\b"
)


def is_question(sentence: Sentence) -> bool:
    """Whether a sentence that ends in a question mark asks for something that only the team can say."""
    said = _without_greeting(sentence.words)
    return _asks(sentence) and bool(said) and not is_news(sentence) and not _is_wish(said) and not _is_settled(said)


def _asks(sentence: Sentence) -> bool:
    """Whether the mark at the end is the sentence's, not that of an aside in brackets."""
    return sentence.asks and not (sentence.text.endswith(")") and not sentence.text.startswith("("))


def is_tag(sentence: Sentence) -> bool:
    """Whether a sentence only asks for assent to the one before it: "Is that right?"."""
    return sentence.asks and " ".join(_without_greeting(sentence.words)) in _TAGS


def assumes(sentence: Sentence) -> bool:
    """Whether a sentence tells a plan or a reading of the issue, so that a tag may ask about it."""
    return bool(_ASSUMES.find(sentence.words))


def states_question(sentence: Sentence) -> bool:
    """Whether a statement asks: "I am not sure whether", "please clarify which", "waiting for the schema"."""
    said = _without_greeting(sentence.words)
    line = " ".join(said)
    if not said or said[0] in _CONDITION or _GOES_ON.search(sentence.text.lower()):
        return _is_bare(sentence, line)
    return states(line) or _is_bare(sentence, line)


def is_news(sentence: Sentence) -> bool:
    """Whether a sentence only asks for news or for attention: "any update?", "friendly ping"."""
    said = _without_greeting(sentence.words) or sentence.words
    if len(said) > _SHORT:
        return False
    if " ".join(said) in _ALONE:
        return True
    found = [hit for hit in _NUDGE.find(said) if hit.at < _NEAR]
    return any(not hit.phrase.startswith("any ") or sentence.asks or len(said) <= _FEW for hit in found)


def is_greeting(sentence: Sentence) -> bool:
    """Whether a sentence says nothing but hello or thanks."""
    return not _without_greeting(sentence.words)


def _without_greeting(said: list[str]) -> list[str]:
    begin = next((at for at, word in enumerate(said) if word not in _GREETING), len(said))
    return said[begin:]


def _is_wish(said: list[str]) -> bool:
    """Whether it asks for a look, a merge, a run: politely, and of a person who is to do it."""
    if _WORKFLOW.find(said):
        return True
    opening = next((at for at, word in enumerate(said[:_NEAR]) if word in _OPENERS), None)
    if opening is None:
        return False
    if any(hit.at <= opening + _NEAR + 1 for hit in _WISH.find(said)):
        return True
    return said[opening] in _ABLE and _asks_for_deed(said[opening + 1 :])


def _asks_for_deed(said: list[str]) -> bool:
    """Whether "could you" is followed by something else than telling."""
    if not said or said[0] not in _PEOPLE:
        return False
    verb = next((word for word in said[1:] if word not in _POLITE and word not in _PEOPLE), "")
    return verb not in _INFORMS


def _is_settled(said: list[str]) -> bool:
    """Whether it expects no answer; a single word such as "right" has to stand nearly alone."""
    return any(
        hit.at <= _BEGUN and len(said) <= (2 if " " not in hit.phrase else _SHORT) for hit in _SETTLED.find(said)
    )


def _is_bare(sentence: Sentence, line: str) -> bool:
    """Whether a question lacks its mark: "should I also update the docs"."""
    flows = "," not in sentence.text and not sentence.text.endswith(":")
    return flows and bool(_BARE.match(line)) and not _is_wish(line.split())
