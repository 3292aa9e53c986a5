"""Where a verdict's quotes stand in the author's text, line by line; a quote may run over several lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checks.verdict import TITLE_LINE, Evidence, Finding, Status, Verdict
from ghapp.render.counting import counting

_BEGINNING = 12  # characters of a quote by which its place in a line is found when the line does not hold all of it
TONES = ("gap", "partly", "met")  # what matters most comes first


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of one line, as a half-open range; the criterion is named where the quote begins."""

    start: int
    stop: int
    criterion: str
    tone: str  # "gap"; "partly", of words that count and are not enough; or "met"
    is_first: bool = True


def marks(lines: Sequence[str], verdict: Verdict) -> dict[int, list[Mark]]:
    """The marks of each line that has any; line 0 is the title. What is met and carries no points is left out."""
    found: dict[int, list[Mark]] = {}
    for finding in verdict.findings:
        if not (finding.is_gap or finding.of):
            continue
        counted = counting(verdict, finding)
        for evidence in finding.evidence:
            tone = _tone(finding, counts=evidence in counted)
            for number, (start, stop) in enumerate(_stretches(lines, evidence), evidence.line):
                is_first = number == evidence.line
                mark = Mark(start=start, stop=stop, criterion=finding.criterion, tone=tone, is_first=is_first)
                found.setdefault(number, []).append(mark)
    return found


def _tone(finding: Finding, *, counts: bool) -> str:
    if not counts:
        return "gap"
    return "partly" if finding.status is Status.PARTLY else "met"


def apart(found: Iterable[Mark]) -> list[Mark]:
    """Those of a line's marks that do not cover one another, in order; gaps come first, and what was met last."""
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda mark: TONES.index(mark.tone)):
        if mark.start < mark.stop and all(mark.stop <= other.start or other.stop <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)


def _stretches(lines: Sequence[str], evidence: Evidence) -> Iterator[tuple[int, int]]:
    """The quote's stretch in its line and in the lines it runs on to; all of its line when the words differ."""
    if not 0 <= evidence.line < len(lines):
        return
    line, words = lines[evidence.line], evidence.quote
    start = line.find(words) if words else -1
    if start >= 0:
        yield start, start + len(words)
        return
    if evidence.line == TITLE_LINE and words not in " ".join(line.split()):  # a fact beside the text
        return
    start = line.find(words[:_BEGINNING]) if words else -1
    first = line[start:].rstrip()
    if start < 0 or not words.startswith(first):
        yield 0, len(line)
        return
    yield start, start + len(first)
    yield from _continued(lines[evidence.line + 1 :], words[len(first) :].lstrip())


def _continued(lines: Sequence[str], rest: str) -> Iterator[tuple[int, int]]:
    for line in lines:
        words = line.strip()
        indent = len(line) - len(line.lstrip())
        if not rest or not words:
            return
        if words.startswith(rest):
            yield indent, indent + len(rest)
            return
        if not rest.startswith(words):
            return
        yield indent, indent + len(words)
        rest = rest[len(words) :].lstrip()
