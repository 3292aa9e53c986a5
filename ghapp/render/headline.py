"""The outcome in about eight words: the first thing people read."""

from collections.abc import Sequence

from checks.verdict import Finding, Outcome, Status, Verdict

_ISSUE = {
    Outcome.READY: "Ready to hand over",
    Outcome.ALMOST: "Almost ready to hand over",
    Outcome.NOT_READY: "Not ready to hand over",
}

_MISSING = {
    "what": "Say what: the change is not described",
    "why": "Say why: the reason is missing",
    "decisions": "Write down the decisions: none is named",
    "verification": "Say how it was checked: nothing is named",
    "linked-issue": "Link the issue: no closing link found",
    "acceptance-trace": "Answer the acceptance criteria: none is mentioned",
    "size": "Split it: too large for one review",
    "language": "Write it in the language of the policy",
}

_THIN = {
    "what": "Passes; say more about what changed",
    "why": "Passes; say more about why",
}

_OPEN = ("needs a decision", "waits for a decision")  # what `decisions` says when the team is asked something


def issue(verdict: Verdict) -> str:
    """An issue's outcome with its gaps and its score; a skipped one has neither."""
    if verdict.outcome is Outcome.SKIPPED:
        return "Not judged"
    counted = [gap for gap in verdict.gaps if counts(gap)]
    gaps = f"{number(len(counted), 'gap')}, " if counted and verdict.outcome is not Outcome.READY else ""
    return f"{_ISSUE[verdict.outcome]}: {gaps}{verdict.score} of 100"


def pull(verdict: Verdict) -> str:
    """A pull request's outcome: what to write next, or that nothing required is missing."""
    missing = required(verdict.findings, Status.MISSING)
    if missing:
        return _say(missing)
    if open_decision(verdict):
        return "Passes; a decision by the team is open"
    thin = required(verdict.findings, Status.PARTLY)
    if thin:
        return _THIN.get(thin[0].criterion, f"Passes; say more about {thin[0].criterion}")
    if not _met("why", verdict):  # where it is not required, or of old work
        return "Passes; nothing that is missing is required"
    return "What and why are written down" if _met("what", verdict) else "The reason is written down"


def _say(missing: Sequence[Finding]) -> str:
    names = [finding.criterion for finding in missing]
    if names == ["what", "why"]:
        return "Say what and why: both are missing"
    first = _MISSING.get(names[0], f"Write down: {names[0]}")
    return f"{first} (and {len(names) - 1} more required)" if len(names) > 1 else first


def counts(gap: Finding) -> bool:
    """Whether a gap costs something; the others are suggestions."""
    return gap.mode == "required" or gap.of > 0


def required(findings: Sequence[Finding], status: Status) -> tuple[Finding, ...]:
    """The required findings with one status."""
    return tuple(finding for finding in findings if finding.mode == "required" and finding.status is status)


def open_decision(verdict: Verdict) -> Finding | None:
    """The author's open question to the team, if there is one."""
    decisions = (gap for gap in verdict.gaps if gap.criterion == "decisions")
    return next((gap for gap in decisions if any(words in gap.advice for words in _OPEN)), None)


def passes_thinly(verdict: Verdict) -> bool:
    """Whether a passing check still has something that people should see before any fold."""
    return bool(required(verdict.findings, Status.PARTLY) or open_decision(verdict))


def number(count: int, what: str) -> str:
    """A count with its noun: "1 gap", "2 gaps", "10,000 gaps"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _met(criterion: str, verdict: Verdict) -> bool:
    return any(finding.criterion == criterion and finding.status is Status.MET for finding in verdict.findings)
