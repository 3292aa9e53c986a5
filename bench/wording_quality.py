"""Requirements: are the words that leave something open found in sentences of "the system shall"?

The labels are those of ARTA: a requirement has a smell or not. Two finders are measured. The first is what the
judgement has, by its kinds; it was made for issues, where a wrong flag costs more trust than a missed one. The second
reads the usual words of the standard for requirements (`wording.txt`) and the pronouns that leave open what they stand
for. It finds more here and is no part of the judgement: on issues four of five of its further flags are wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.corpus import Corpus
from bench.measures import Line, f1, measure
from checks.reader import vague
from checks.reader.concrete import Shape, shapes
from checks.reader.phrases import Phrases, words
from checks.reader.vague import Kind

LISTS = Path(__file__).with_name("wording.txt")
PRONOUN = "VaguePron."
OTHERS = {"Subjective": ".558", "Ambiguous": ".450", "NonVerifiable": ".395", PRONOUN: ".344"}
KINDS: Mapping[str, frozenset[Kind]] = {
    "Subjective": frozenset({Kind.TASTE, Kind.AMOUNT, Kind.INCOMPLETE}),  # "relevant"
    "Ambiguous": frozenset({Kind.AMOUNT, Kind.CASE}),
    "NonVerifiable": frozenset(Kind) - {Kind.TASTE},
    PRONOUN: frozenset({Kind.INCOMPLETE}),  # "others" is all there is of pronouns
}
FACTS = frozenset({Shape.NUMBER, Shape.CODE, Shape.QUOTED})
_UNNAMED = frozenset({"another", "other", "others", "one", "ones"})
_BACKWARD = frozenset({"it", "its", "they", "them", "their"})
_POINTING = frozenset({"this", "these", "those"})
_VERBS = frozenset(
    """is are was were be been has have had does do did can cannot could will would shall should must may might
    in on at by for with from to of as and or but if when which that because so""".split()  # noqa: SIM905 -- reads as a list
)  # after "this" they show that no noun follows
_SETTLED = frozenset({"possible", "necessary", "important", "recommended", "desirable", "required", "impossible"})


def lines(corpus: Corpus) -> Iterator[Line]:
    """F1 of each smell, by the judgement's own kinds and by the standard's lists."""
    rows = corpus.rows("arta-ds1")
    for name, finder in (("", _own), (", by lists that are no part of the judgement", _standard())):
        for smell, others in OTHERS.items() if rows else ():
            truth = [row["labels"][smell] > 0 for row in rows]
            said = [finder(smell, row["text"]) for row in rows]
            figure = measure(f1, truth, said, [row["id"] for row in rows])
            yield Line(f"requirements (ARTA){name}", f"F1 of {smell}", figure, f"> {others}", f"{others} ARTA tool")


def _own(smell: str, text: str) -> bool:
    """Whether the judgement finds a word of the kinds that come nearest to a smell."""
    found = vague.find(words(text), has_fact=not FACTS.isdisjoint(shapes(text)))
    return any(hit.label in KINDS[smell] for hit in found)


def _standard() -> Callable[[str, str], bool]:
    lexicon = Phrases(_groups())

    def has(smell: str, text: str) -> bool:
        said = words(text)
        return leaves_open_what(said) if smell == PRONOUN else any(hit.label == smell for hit in lexicon.find(said))

    return has


def _groups() -> Iterator[tuple[str, list[str]]]:
    for group in LISTS.read_text(encoding="utf-8").split("\n[")[1:]:
        label, _, phrases = group.partition("]\n")
        yield label, " ".join(phrases.split()).split(", ")


def leaves_open_what(said: list[str]) -> bool:
    """Whether a pronoun may stand for more than one thing, or for none that is named, in the words of a sentence."""
    for at, word in enumerate(said):
        after = said[at + 1 : at + 5]
        if word in _UNNAMED or (word in _BACKWARD and not (word == "it" and not _SETTLED.isdisjoint(after))):
            return True
        if word in _POINTING and (not after or after[0] in _VERBS):
            return True
    return False
