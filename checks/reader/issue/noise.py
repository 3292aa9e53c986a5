"""What an issue's text carries besides its words: logs, stack traces, greetings, robots, lists of keywords."""

import re

from checks.reader.concrete import Shape
from checks.reader.issue.cues import Cue
from checks.reader.issue.sentence import Sentence
from checks.reader.issue.words import FUNCTION_WORDS, is_list_of_keywords
from checks.reader.structure import Hint
from checks.text import Form

_LOG_LINE = re.compile(
    r"^\W{0,4}(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d\b|\w{3} +\d{1,2} \d\d:\d\d:\d\d\b"
    r"|\[?(?:INFO|DEBUG|WARN|WARNING|TRACE)\b[\]:| ]|[IWED]\d{4} )"
)
_FRAME = re.compile(
    r"^\s*(?:at [\w$.<>/]+[ (:]|File \"[^\"]{1,300}\", line \d|#\d+ +0x|\d+: +0x|Traceback \(most|\.\.\. \d+ more"
    r"|goroutine \d"
    r"|[\w$.<>]+\((?:[\w$]+\.\w+:\d+|Native Method|Unknown Source|[\w$]+:\d+)\))"
)
_SEPARATOR = re.compile(r"^[\W_]*$")
_FAULTS = ("error", "exception", "panic", "fatal")  # how the word ends that names what went wrong
_SENTENCE_LENGTH = 8  # from here on a line without one function word is a list of keywords
_GREETING_LENGTH = 6
_OFFER_BEGINS = 3  # words before it: "I would be", "please"
_SIGNS_LENGTH = 24
_LETTERS = 0.4  # of the signs of a sentence; commands and paths have more
_BARE = frozenset({Shape.STATUS, Shape.NUMBER})
_LISTED = frozenset({Form.ITEM, Form.TASK, Form.ROW})


def is_log(text: str) -> bool:
    """Whether a line is a machine's: a log entry or a frame of a stack trace."""
    return bool(_LOG_LINE.match(text) or _FRAME.match(text))


def is_noise(sentence: Sentence) -> bool:
    """Whether a unit says nothing about the work."""
    if is_log(sentence.unit.text) or (sentence.is_title and not (sentence.words or sentence.shapes)):
        return True
    if sentence.is_code:
        return sentence.hint is Hint.LOG and not any(word.endswith(_FAULTS) for word in sentence.words)
    if sentence.unit.form is Form.HEADING:
        return False
    if _is_signs(sentence.unit.text):
        return True
    if sentence.hint in (Hint.FORMALITY, Hint.ENVIRONMENT) or _SEPARATOR.match(sentence.unit.text):
        return True
    return any(is_idle(sentence) for is_idle in (_is_greeting, _is_offer, _is_to_author, _is_keywords, _is_filler))


def _is_signs(text: str) -> bool:
    """More signs than letters, for longer than a formula or a command would be."""
    written = text.replace(" ", "")
    return len(written) >= _SIGNS_LENGTH and sum(map(str.isalnum, written)) < _LETTERS * len(written)


def _is_greeting(sentence: Sentence) -> bool:
    begins = sentence.cues.get(Cue.GREETING, 9) < 2
    return begins and len(sentence.words) <= _GREETING_LENGTH and not sentence.has(Cue.BROKEN, Cue.MODAL)


def _is_offer(sentence: Sentence) -> bool:
    """A word of help or a wait for an answer: it says nothing of the work, unless a fact stands beside it."""
    return sentence.cues.get(Cue.OFFER, 9) < _OFFER_BEGINS and not (sentence.is_title or sentence.has_fact)


def _is_to_author(sentence: Sentence) -> bool:
    """A robot's word, or a form's to whoever fills it in; "Describe ..." as an item of a list is work."""
    if sentence.is_title:
        return False
    asks = sentence.words[:1] == ["describe"] and sentence.unit.heading and sentence.unit.form not in _LISTED
    return bool(asks) or sentence.has(Cue.ROBOT, Cue.TO_AUTHOR)


def _is_keywords(sentence: Sentence) -> bool:
    said = sentence.words
    if not sentence.is_title and _BARE.issuperset(sentence.shapes) and is_list_of_keywords(said):
        return True
    return len(said) >= _SENTENCE_LENGTH and not sentence.shapes and FUNCTION_WORDS.isdisjoint(said)


def _is_filler(sentence: Sentence) -> bool:
    """Fashionable words about how good it will be, and not one thing that has a name."""
    return sentence.has(Cue.BUZZ) and not (sentence.shapes or sentence.is_title or _asks_for(sentence))


def _asks_for(sentence: Sentence) -> bool:
    return sentence.is_imperative or sentence.has(Cue.MODAL, Cue.WISH) or sentence.hint is Hint.ACCEPTANCE
