"""What a sentence of a pull request says beside what and why: a choice, a limit, a question, a check."""

import re
from enum import StrEnum
from functools import lru_cache

from checks.reader.concrete import Shape, shapes
from checks.reader.phrases import Found, Phrases, load
from checks.reader.pull.words import is_change, led_by_change, said


class Cue(StrEnum):
    """What a phrase hints at."""

    CHOICE = "choice"  # something was chosen, rejected or left out
    WEIGHED = "weighed"  # sets one thing against another: a choice where the reason follows
    LIMIT = "limit"  # a bound of the change, without a word on what was chosen
    CAUSE = "cause"  # a reason follows
    KEPT = "kept"  # a verb of choosing
    QUESTION = "question"  # somebody has to decide
    TESTED = "tested"  # it was checked; clear wherever it stands
    RAN = "ran"  # it was run or looked at; clear only beside a check
    WRITTEN = "written"  # tests were written
    HONEST = "honest"  # says what was not checked
    FAILED = "failed"  # says what failed; clear only beside a check


_CUES = Phrases((Cue(name), phrases) for name, phrases in load("pull_roles"))
_CHECKS = frozenset({Cue.TESTED, Cue.WRITTEN})
_PROOFS = frozenset(
    {Shape.CODE, Shape.IMAGE, Shape.URL, Shape.FLAG, Shape.FAULT, Shape.NUMBER, Shape.CALL, Shape.ARROW}
)
NAMED_TEST = re.compile(
    r"\b(?:test_\w+|Test[A-Z]\w+|\w+_test\b|\w+\.(?:test|spec)\.\w+|\w+(?:Test|Tests|Spec)\b)|\{\{[^{}]{1,200}\}\}"
)
_COUNT = re.compile(r"(?<![\w#./])\d{1,9}\b")
RUNNER = (
    r"(?:\$ )?(?:\./)?(?:make|just|task|pytest|tox|nox|python3?|npm|npx|yarn|pnpm|bun|deno|vitest|jest|go|cargo|mvnw?"
    r"|gradlew?|dotnet|ctest|bazel|sbt|rspec|rake|bundle|phpunit|composer|mix|swift|curl|psql|docker|kubectl|helm|hey|ab|wrk|k6)\b"
)
_COMMAND = re.compile(rf"(?:`|\{{\{{){RUNNER}[^`{{}}]*(?:`|\}}\}})|\bpytest\b(?!-)")
_OUTPUT = re.compile(
    rf"^\s*(?:[$>] {RUNNER}|ok\b|PASS\b|FAIL\b|--- PASS|Tests:\s+\d)"
    r"|\b\d+ (?:passed|passing|failed|tests? ran|specs?|errors?)\b"
    r"|\bBUILD SUCCESS|\bRan \d+ tests?|\btest result:|\bns/op\b|\bOK \(\d+",
)
_IDLE = re.compile(r"`[^`]*\s--version\s*`|`(?:\$ )?(?:git (?:status|diff|log|show|branch)|ls|pwd|echo|true)\b[^`]*`")
_PATH = re.compile(r"[\w.@-]*/[\w./@-]+")
_MEASURE = re.compile(
    r"\|?\s*[~<>\u2248]?\d[\d.,]{0,15}\s?(?:[mu\u00b5n]?s|sec|min|[KMGkmg]i?B|%|x|rps|req/s|ops/s)\s*"
)
_CLAUSES = re.compile(r"[,;:()]|\s[-\N{EN DASH}\N{EM DASH}]\s|\b(?:and|but|which|while|so)\b")
_MOST = 40  # clauses that are looked at
_RECENT = 64  # sentences remembered while one is read
_NEAR = 2  # words before a cue that leads its clause
_ARTICLES = frozenset({"a", "an", "the", "our", "any", "each", "every", "some", "one", "two", "most", "many"})
_RUNNING = frozenset(
    {
        "pass",
        "passes",
        "passing",
        "run",
        "running",
        "test",
        "tested",
        "testing",
        "check",
        "checked",
        "verify",
        "verified",
        "using",
    }
)
_MADE = frozenset({"benchmark", "benchmarks", "screenshot", "screenshots", "load test", "test plan", "dry run"})
_AUTHORS = frozenset({"i", "we", "i've", "we've"})
_REASONS = frozenset({"because", "since", "so that", "due to", "to keep", "to avoid", "in order to"})
_BEFORE = frozenset({"was", "were", "been", "is", "are", "i", "we", "i've", "we've", "have", "also", "has", "done"})


@lru_cache(maxsize=_RECENT)
def _found(text: str) -> list[Found[Cue]]:
    return _CUES.find(said(text))


@lru_cache(maxsize=_RECENT)
def cues(text: str) -> frozenset[Cue]:
    """What the phrases of a sentence hint at."""
    return frozenset(found.label for found in _found(text))


def asks(text: str) -> bool:
    """Whether a sentence is a question."""
    return text.rstrip(" *_)").endswith("?")


def chooses(text: str) -> bool:
    """Whether a sentence states a choice: by its words, or by two things weighed, or by a limit with its reason."""
    found = _found(text)
    hints = {hit.label for hit in found}
    if Cue.CHOICE in hints or _accounts(found):
        return True
    weighed = min((hit.at for hit in found if hit.label is Cue.WEIGHED), default=None)
    reasoned = weighed is not None and any(hit.label is Cue.CAUSE and hit.at > weighed for hit in found)
    chosen = weighed == 0 and not _AUTHORS.isdisjoint(said(text))
    return weighed is not None and (reasoned or chosen or Cue.KEPT in hints)


def _accounts(found: list[Found[Cue]]) -> bool:
    """Whether a limit of the change is followed by its reason: "left for a follow-up, because"."""
    limit = min((hit.at for hit in found if hit.label is Cue.LIMIT), default=None)
    return limit is not None and any(hit.phrase in _REASONS and hit.at > limit for hit in found)


def checks(text: str) -> bool:
    """Whether a clause of a sentence says how it was checked; "the benchmark times out" and a bare path do not."""
    if _PATH.fullmatch(text.strip()):
        return False
    if Cue.HONEST in cues(text):
        return True
    if Cue.RAN in cues(text) and _COMMAND.search(text) and not _names_change(said(text)):
        return True
    return not _CHECKS.isdisjoint(cues(text)) and any(
        _leads_with_check(clause) for clause in _CLAUSES.split(text, _MOST)[:_MOST]
    )


def begins_with_check(text: str) -> bool:
    """Whether a sentence is about its check from the beginning on."""
    if Cue.HONEST in cues(text) or _COMMAND.match(text):
        return True
    return not _CHECKS.isdisjoint(cues(text)) and _leads_with_check(_CLAUSES.split(text, 1)[0])


def proves(text: str) -> bool:
    """Whether words on a check can be followed by another person: a command, a named test, a figure, a picture."""
    if "`" in text:
        text = _IDLE.sub(" ", text)
    if NAMED_TEST.search(text) or _COMMAND.search(text):
        return True
    hints = cues(text)
    if hints & {Cue.HONEST, Cue.FAILED}:
        return True
    only_written = not hints & {Cue.RAN, Cue.TESTED} and (Cue.WRITTEN in hints or led_by_change(said(text)))
    return not only_written and bool(shapes(text) & _PROOFS or _COUNT.search(text))


def is_idle(text: str) -> bool:
    """Whether all that was run is a command that cannot fail with the change: a version, the state of the checkout."""
    return "`" in text and bool(_IDLE.search(text)) and not _COMMAND.search(_IDLE.sub(" ", text))


def is_output(line: str) -> bool:
    """Whether a line of code is what a run of tests or a benchmark printed, or the command that started it."""
    return bool(_OUTPUT.search(line[:400]))


def is_measured(row: str) -> bool:
    """Whether a cell of a table's row is nothing but a measure."""
    return any(_MEASURE.fullmatch(cell) for cell in row[:1000].split("|"))


def _names_change(sentence: list[str]) -> bool:
    """Whether a sentence begins with a change other than a run: what it names after that was changed, not checked."""
    return bool(sentence) and is_change(sentence[0]) and sentence[0] not in _RUNNING


def _leads_with_check(clause: str) -> bool:
    sentence = said(clause)
    return any(_leads(hit, sentence) for hit in _CUES.find(sentence) if hit.label in _CHECKS)


def _leads(hit: Found[Cue], sentence: list[str]) -> bool:
    if hit.at and hit.phrase in _MADE and _names_change(sentence):
        return False  # "Restore the benchmark": the check is what was changed
    if not hit.at or sentence[hit.at - 1] in _BEFORE:
        return True
    return (hit.at <= _NEAR or hit.label is Cue.WRITTEN) and sentence[0] not in _ARTICLES
