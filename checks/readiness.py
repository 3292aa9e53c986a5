"""Issues: can a stranger start?"""

from dataclasses import replace

from checks.assess import FOREIGN, skipped, verdict
from checks.criteria.readiness import ALL, language
from checks.criterion import Asked, Criterion
from checks.reader import LocalReader
from checks.reading import Reader
from checks.subject import Issue, Kind
from checks.verdict import Finding, Status, Verdict
from config.policy import Mode, Readiness

_ENGLISH = "en"  # the language the reader can tell
_OFF = "The policy switches the judgement of issues off."


def assess(issue: Issue, policy: Readiness, *, language: str = _ENGLISH, reader: Reader | None = None) -> Verdict:
    """Judge an issue under the policy's section; a text that cannot be judged is skipped, never called not ready.

    Where the policy asks for English, another language is a gap by itself and nothing else is asked.
    """
    if not policy.enabled:
        return skipped(Kind.ISSUE, _OFF)
    asked = Asked(issue, (reader or LocalReader()).issue(issue))
    wants_english = language == _ENGLISH and policy.criteria.language.mode is Mode.REQUIRED
    if not asked.reading.english and not wants_english:
        return skipped(Kind.ISSUE, FOREIGN)
    findings = [_judge(criterion, asked) for criterion in ALL if criterion is not _GATE or language == _ENGLISH]
    judged = verdict(Kind.ISSUE, findings, policy.criteria, threshold=policy.threshold)
    return replace(judged, truncated=asked.reading.document.truncated)


def _judge(criterion: Criterion[Issue], asked: Asked[Issue]) -> Finding:
    if asked.reading.english or criterion is _GATE:
        return criterion.judge(asked)
    return Finding(criterion=criterion.name, status=Status.NOT_ASKED)


_GATE = language.CRITERION
