"""Which option of a decision a reply takes, if it takes one."""

import re
from collections.abc import Sequence

from checks.choices.opening import Choice
from checks.reader.comment import Sentence, puts_off, said
from checks.reader.phrases import Phrases, load, words
from checks.reader.pull.words import stem

_GROUPS = dict(load("choices"))
_TAKING = Phrases([("taking", _GROUPS["taking"])])
_ASSENT = Phrases([("assent", _GROUPS["assent"])])
_AROUND = frozenset(_GROUPS["around"])
_TURNED = frozenset(
    {"not", "don't", "doesn't", "isn't", "wouldn't", "won't", "never", "no", "against", "but", "except"}
)
_CLAUSES = re.compile(r"[,;:!]\s|\s[-\u2013\u2014]\s|\s(?:because|since|as|so|if|unless|but)\s|[.!]+$")
_NAMED = re.compile(r"\(?([a-h]|\d)[).]?", re.IGNORECASE)
_ANSWERED = re.compile(r"\s*(\d)[).]\s+(?:please|thanks)?\W*$", re.IGNORECASE)  # to Markdown a list
_ORDINALS = {"first": 0, "former": 0, "second": 1, "third": 2, "fourth": 3, "latter": -1, "last": -1}
_BEGIN = 2  # the number of the word until which a decision begins


def closes(choice: Choice, text: str) -> str:
    """The option that a reply takes, its own words where it takes another way, "" where it leaves the decision open."""
    counted = _ANSWERED.match(text)
    if counted and 0 < int(counted[1]) <= len(choice.options):
        return choice.options[int(counted[1]) - 1]
    for sentence in said(text):
        taken = "" if sentence.asks or puts_off(sentence.words) else _taken(choice.options, sentence)
        if taken:
            return taken
    return ""


def _taken(options: Sequence[str], sentence: Sentence) -> str:
    if not options:
        return sentence.text if _agrees(sentence.words) else ""
    for clause in _CLAUSES.split(sentence.text):
        said_words = words(clause)
        if not _TURNED.isdisjoint(said_words):
            return ""
        at = _option(options, clause)
        if at is not None:
            return options[at]
    told = [found for found in _TAKING.find(sentence.words) if " " in found.phrase]
    return sentence.text if told and "neither" in sentence.words else ""


def _agrees(said_words: list[str]) -> bool:
    hits = (*_ASSENT.find(said_words), *_TAKING.find(said_words))
    return any(hit.at == 0 for hit in hits) or any(hit.at <= _BEGIN and " " in hit.phrase for hit in hits)


def _option(options: Sequence[str], clause: str) -> int | None:
    """The option that a clause names and says nothing beside: by letter, number, place, or words of its own."""
    left = [word for word in _words(clause) if word not in _AROUND]
    if not left:
        return None
    if len(left) == 1 and left[0] in _ORDINALS:
        at = _ORDINALS[left[0]] % len(options)
        return at if _ORDINALS[left[0]] < len(options) else None
    lettered = _NAMED.fullmatch(left[0]) if len(left) == 1 else None
    if lettered:
        at = int(lettered[1]) - 1 if lettered[1].isdigit() else ord(lettered[1]) - ord("a")
        return at if 0 <= at < len(options) else None
    named = {stem(word) for word in left}
    fitting = [at for at, option in enumerate(options) if named <= set(map(stem, _words(option)))]
    return fitting[0] if len(fitting) == 1 else None


def _words(text: str) -> list[str]:
    return words(re.sub(r"(?<!\w)@[\w-]+", " ", text))
