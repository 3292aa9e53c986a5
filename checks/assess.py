"""From findings to a verdict: what the policy says each one counts, the score, the outcome and its reason."""

from collections.abc import Iterable
from dataclasses import replace

from checks.subject import Kind
from checks.verdict import Finding, Outcome, Status, Verdict
from config.policy import CriterionPolicy, Mode
from config.section import Section

ALMOST_WITHIN = 25  # points below the threshold that still count as almost
FOREIGN = "The text is not in English, the one language that can be judged here."

_EVEN = 50
_SHARE = {Status.MET: 1.0, Status.PARTLY: 0.5, Status.MISSING: 0.0, Status.NOT_ASKED: 0.0}


def verdict(
    kind: Kind, findings: Iterable[Finding], criteria: Section, *, threshold: int, read: float = 1.0
) -> Verdict:
    """Weigh findings by the policy's section of criteria; those that are off are left out.

    Ready means that the score reaches the threshold and no required criterion is missing; almost, that one of them
    at most is missing and the score is above zero and not far off. With a threshold of 0 only what is required decides.
    `read` is the share of the text that could be read: the rest of the score stands halfway.
    """
    weighed = tuple(
        _weighed(finding, asked)
        for finding in findings
        if (asked := _asked(criteria, finding.criterion)).mode is not Mode.OFF
    )
    missing = [finding.criterion for finding in weighed if _fails(finding)]
    score = int(read * _score(weighed, empty=0 if missing else 100) + (1 - read) * _EVEN)
    outcome = _outcome(score, len(missing), threshold)
    reason = _reason(weighed, missing, score=score, threshold=threshold)
    return Verdict(kind=kind, score=score, outcome=outcome, reason=reason, findings=weighed)


def skipped(kind: Kind, reason: str) -> Verdict:
    """A verdict on what is not judged, or cannot be: the reason is all it says."""
    return Verdict(kind=kind, score=0, outcome=Outcome.SKIPPED, reason=reason)


def is_foreign(verdict: Verdict) -> bool:
    """Whether a text could not be judged for its language; what the policy leaves alone stands in nobody's way."""
    return verdict.outcome is Outcome.SKIPPED and verdict.reason == FOREIGN


def _asked(criteria: Section, name: str) -> CriterionPolicy:
    asked: CriterionPolicy = getattr(criteria, name.replace("-", "_"))
    return asked


def _weighed(finding: Finding, asked: CriterionPolicy) -> Finding:
    of = 0 if finding.status is Status.NOT_ASKED else asked.weight
    return replace(finding, mode=asked.mode.value, points=_SHARE[finding.status] * of, of=of)


def _fails(finding: Finding) -> bool:
    return finding.mode == Mode.REQUIRED and finding.status is Status.MISSING


def _score(findings: tuple[Finding, ...], *, empty: int) -> int:
    """The share of all points asked for, halves rounded up; `empty` where nothing that was asked carries points."""
    of = sum(finding.of for finding in findings)
    return int(100 * sum(finding.points for finding in findings) / of + 0.5) if of else empty


def _outcome(score: int, missing: int, threshold: int) -> Outcome:
    if score >= threshold and not missing:
        return Outcome.READY
    if score >= max(threshold - ALMOST_WITHIN, 1) and missing <= 1:
        return Outcome.ALMOST
    return Outcome.NOT_READY


def _reason(findings: tuple[Finding, ...], missing: list[str], *, score: int, threshold: int) -> str:
    gaps = sorted((finding for finding in findings if finding.is_gap), key=lambda gap: gap.points - gap.of)
    if missing:
        return f"Required and missing: {', '.join(missing)}."
    if score < threshold:
        first = gaps[0].criterion
        return f"Nothing required is missing, but the score of {score} is below {threshold}; start with {first}."
    if gaps:
        return f"Nothing required is missing; could be clearer: {', '.join(gap.criterion for gap in gaps)}."
    return "Everything asked for is there."
