"""From a subject to its row: the verdict without the author's words, and which single edit would make it ready."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from checks import assess
from checks.subject import Issue, Kind
from checks.verdict import TITLE_LINE, Evidence, Finding, Outcome, Status, Verdict
from config.load import Loaded
from config.policy import Mode, Readiness
from ghapp import judgement
from ghapp.backlog.items import Item
from ghapp.overrides import Word

TITLE = 256  # characters, which is GitHub's own limit
EXEMPT = "A person exempted it."
DRAFT = "A draft, which the policy does not hold to it yet."

_WHY = "why"
_GATE = "language"  # mended it would be another text, whose other findings nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One subject as a report shows it; `gaps` and `mended_by` name criteria."""

    kind: Kind
    number: int
    title: str
    author: str
    association: str
    labels: tuple[str, ...]
    assigned: bool
    opened: date
    outcome: Outcome
    score: int
    gaps: Mapping[str, Status]  # those that cost points, or are required
    mended_by: tuple[str, ...] = ()  # each of these gaps alone, once mended, makes an issue ready
    why: Status | None = None  # whether a pull request says why; None where that was not asked
    reason: str = ""  # why it was not judged


def rows(items: Iterable[Item], loaded: Loaded) -> tuple[Row, ...]:
    """Judge subjects under a policy; what this is given and gives can go to another process and back."""
    return tuple(row(item, loaded) for item in items)


def row(item: Item, loaded: Loaded) -> Row:
    """Judge one subject under a policy."""
    text = item.text
    verdict = _verdict(item, loaded)
    return Row(
        kind=Kind(verdict.kind),
        number=item.number,
        title=_whole(text.title[:TITLE]),
        author=text.author,
        association=item.association,
        labels=tuple(map(_whole, text.labels)),
        assigned=item.assigned,
        opened=item.opened_at.date(),
        outcome=verdict.outcome,
        score=verdict.score,
        gaps={gap.criterion: gap.status for gap in verdict.gaps if _counts(gap)},
        mended_by=tuple(_mended_by(verdict, loaded.policy.readiness)) if isinstance(text, Issue) else (),
        why=next((each.status for each in verdict.findings if each.criterion == _WHY and _is_asked(each)), None),
        reason=verdict.reason if verdict.outcome is Outcome.SKIPPED else "",
    )


def told(found: Iterable[Row], words: Mapping[tuple[Kind, int], Word]) -> tuple[Row, ...]:
    """The rows with what people said over the verdicts: declared ready is ready, exempt is not judged."""
    return tuple(_told(each, words.get((each.kind, each.number))) for each in found)


def _told(row: Row, word: Word | None) -> Row:
    if word is Word.READY:
        return replace(row, outcome=Outcome.READY, mended_by=())
    if word is Word.EXEMPT:
        return replace(row, outcome=Outcome.SKIPPED, score=0, gaps={}, mended_by=(), why=None, reason=EXEMPT)
    return row


def _verdict(item: Item, loaded: Loaded) -> Verdict:
    if isinstance(item.text, Issue):
        return judgement.issue(item.text, loaded)
    if item.text.is_draft and not loaded.policy.rationale.drafts:
        return assess.skipped(Kind.PULL, DRAFT)
    return judgement.pull(item.text, loaded)


def _counts(gap: Finding) -> bool:
    return gap.mode == Mode.REQUIRED or gap.of > 0


def _whole(words: str) -> str:
    """The words without half characters, which no UTF-8 holds."""
    return words.encode(errors="replace").decode()


def _is_asked(finding: Finding) -> bool:
    return finding.status is not Status.NOT_ASKED


def _mended_by(verdict: Verdict, readiness: Readiness) -> Iterator[str]:
    """The criteria whose gap, and nothing else, stands between an issue and ready: told by weighing it anew."""
    if verdict.outcome in (Outcome.READY, Outcome.SKIPPED) or any(gap.criterion == _GATE for gap in verdict.gaps):
        return
    for gap in verdict.gaps:
        findings = (_mended(each) if each is gap else each for each in verdict.findings)
        weighed = assess.verdict(Kind.ISSUE, findings, readiness.criteria, threshold=readiness.threshold)
        if weighed.outcome is Outcome.READY:
            yield gap.criterion


def _mended(gap: Finding) -> Finding:
    return replace(gap, status=Status.MET, evidence=gap.evidence or (Evidence(TITLE_LINE, "mended"),))
