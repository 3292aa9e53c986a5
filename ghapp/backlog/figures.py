"""What a scan says as a whole: shares, the spread of scores, the gaps, the best to begin with, the edits that lift."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checks.subject import Kind
from checks.verdict import Outcome, Status
from ghapp.backlog.rows import Row
from ghapp.backlog.scans import Asked, Scan

BEST = 10
LIFTS = 3
STEP = 10  # points of one bar
SCORED = (Outcome.READY, Outcome.ALMOST, Outcome.NOT_READY)
_RANK = SCORED[:2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issues:
    """How many open issues there are of each outcome."""

    open: int
    ready: int
    almost: int
    not_ready: int
    skipped: int

    @property
    def judged(self) -> int:
        """Those with a score."""
        return self.ready + self.almost + self.not_ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulls:
    """How many of the newest pull requests say why; those that the policy leaves alone are only counted."""

    read: int
    says_why: int
    says_in_part: int
    silent: int

    @property
    def judged(self) -> int:
        """Those that were asked."""
        return self.says_why + self.says_in_part + self.silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How often a criterion is missing or partly met, among the judged issues."""

    criterion: str
    missing: int
    partly: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """How many issues become ready when this one gap of theirs is mended and nothing else."""

    criterion: str
    issues: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A report's figures; `scores` counts issues by tens of points, 100 with the nineties, and by their outcome."""

    repository: str
    ended: datetime
    asked: Asked
    issues: Issues
    scores: tuple[Mapping[Outcome, int], ...]
    gaps: tuple[Gap, ...]  # most often missing first
    best: tuple[Row, ...]
    lifts: tuple[Lift, ...]
    pulls: Pulls


def figures(scan: Scan) -> Figures:
    """Count what a scan found."""
    issues = [row for row in scan.rows if row.kind is Kind.ISSUE]
    judged = [row for row in issues if row.outcome is not Outcome.SKIPPED]
    return Figures(
        repository=scan.repository,
        ended=scan.ended,
        asked=scan.asked,
        issues=_issues(issues),
        scores=_scores(judged),
        gaps=_gaps(judged),
        best=_best(judged),
        lifts=_lifts(judged),
        pulls=_pulls([row for row in scan.rows if row.kind is Kind.PULL]),
    )


def share(part: int, of: int) -> str:
    """A part of a whole in percent; a part that is there is not called 0 %, nor one that lacks something 100 %."""
    if not of:
        return "0 %"
    whole = round(100 * part / of)
    if part and not whole:
        return "under 1 %"
    return "over 99 %" if whole == 100 and part < of else f"{whole} %"


def _issues(rows: Sequence[Row]) -> Issues:
    times = Counter(row.outcome for row in rows)
    return Issues(
        open=len(rows),
        ready=times[Outcome.READY],
        almost=times[Outcome.ALMOST],
        not_ready=times[Outcome.NOT_READY],
        skipped=times[Outcome.SKIPPED],
    )


def _scores(judged: Iterable[Row]) -> tuple[Mapping[Outcome, int], ...]:
    last = 100 // STEP - 1
    times = Counter((min(row.score // STEP, last), row.outcome) for row in judged)
    return tuple({outcome: times[each, outcome] for outcome in SCORED} for each in range(last + 1))


def _gaps(judged: Iterable[Row]) -> tuple[Gap, ...]:
    times = Counter(gap for row in judged for gap in row.gaps.items())
    names = dict.fromkeys(criterion for criterion, _ in times)
    found = (
        Gap(criterion=each, missing=times[each, Status.MISSING], partly=times[each, Status.PARTLY]) for each in names
    )
    return tuple(sorted(found, key=lambda gap: (-gap.missing, -gap.partly, gap.criterion)))


def _best(judged: Iterable[Row]) -> tuple[Row, ...]:
    """Ready ones first, then those that are almost; what somebody works on is handed over already."""
    free = (row for row in judged if row.outcome in _RANK and not row.assigned)
    return tuple(sorted(free, key=lambda row: (_RANK.index(row.outcome), -row.score, row.number))[:BEST])


def _lifts(judged: Iterable[Row]) -> tuple[Lift, ...]:
    times = Counter(criterion for row in judged for criterion in row.mended_by)
    best = sorted(times.items(), key=lambda each: (-each[1], each[0]))[:LIFTS]
    return tuple(Lift(criterion=criterion, issues=issues) for criterion, issues in best)


def _pulls(rows: Sequence[Row]) -> Pulls:
    whys = Counter(row.why for row in rows)
    return Pulls(
        read=len(rows),
        says_why=whys[Status.MET],
        says_in_part=whys[Status.PARTLY],
        silent=whys[Status.MISSING],
    )
