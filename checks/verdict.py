"""The outcome of a judgement: evidence, findings and the verdict over them."""

from dataclasses import dataclass
from enum import StrEnum

TITLE_LINE = 0


class Status(StrEnum):
    """One criterion's outcome."""

    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"
    NOT_ASKED = "not-asked"


class Outcome(StrEnum):
    """The verdict in one word."""

    READY = "ready"
    ALMOST = "almost"
    NOT_READY = "not-ready"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the author and where they stand: a line of the body counted from 1, or TITLE_LINE."""

    line: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One criterion's outcome: for a gap, `evidence` is what was found wanting and `advice` the next edit.

    A criterion fills the first four fields; the check adds what the policy says: `mode`, `points` and `of`.
    """

    criterion: str
    status: Status
    evidence: tuple[Evidence, ...] = ()
    advice: str = ""
    mode: str = "advisory"
    points: float = 0
    of: float = 0

    def __post_init__(self) -> None:
        """Hold the two promises of every finding: no praise without a quote, no gap without a next step."""
        if self.status in (Status.MET, Status.PARTLY) and not self.evidence:
            raise ValueError(f"{self.criterion}: {self.status} without evidence")
        if self.status in (Status.PARTLY, Status.MISSING) and not self.advice:
            raise ValueError(f"{self.criterion}: {self.status} without advice")

    @property
    def is_gap(self) -> bool:
        """Whether something is left to write."""
        return self.status in (Status.PARTLY, Status.MISSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All findings on one subject, in report order; `reason` is one sentence for people."""

    kind: str
    score: int
    outcome: Outcome
    reason: str
    findings: tuple[Finding, ...] = ()
    policy_version: str = "defaults"
    policy_origins: tuple[str, ...] = ()  # where the values in force come from, nearest first
    truncated: bool = False  # the text was longer than what is read

    @property
    def gaps(self) -> tuple[Finding, ...]:
        """The findings with something left to write: required ones first, missing ones first, then by points to win."""
        gaps = (finding for finding in self.findings if finding.is_gap)
        return tuple(
            sorted(gaps, key=lambda gap: (gap.mode != "required", gap.status is Status.PARTLY, gap.points - gap.of))
        )

    def to_json(self) -> dict[str, object]:
        """The verdict as the API, the CLI and the store write it (schema 1)."""
        return {
            "schema": 1,
            "kind": self.kind,
            "score": self.score,
            "verdict": self.outcome.value,
            "reason": self.reason,
            "findings": [_finding(finding) for finding in self.findings],
            "policy": {"version": self.policy_version, "origins": list(self.policy_origins)},
            **({"truncated": True} if self.truncated else {}),
        }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "criterion": finding.criterion,
        "status": finding.status.value,
        "mode": finding.mode,
        "points": finding.points,
        "of": finding.of,
        "evidence": [{"line": evidence.line, "quote": evidence.quote} for evidence in finding.evidence],
        "advice": finding.advice,
    }
