"""Issues: can a stranger start?"""

from dataclasses import replace

from checks.assess import FOREIGN, skipped, verdict
from checks.criteria.readiness import ALL, contract, language, self_contained
from checks.criterion import Asked, Criterion
from checks.reader import LocalReader
from checks.reading import Reader
from checks.subject import Issue, Kind
from checks.verdict import Finding, Status, Verdict
from config.policy import Mode, Readiness

_ENGLISH = "en"  # the language the reader can tell
READ_IN_STRUCTURE = 0.5  # of a text in another language: what its names, values and links tell
_OFF = "The policy switches the judgement of issues off."


def assess(issue: Issue, policy: Readiness, *, language: str = _ENGLISH, reader: Reader | None = None) -> Verdict:
    """Judge an issue under the policy's section; a text that cannot be judged is skipped, never called not ready.

    Where the policy asks for English, another language is a gap by itself; the rest is judged as far as the text's
    structure tells, and what it does not tell counts as even odds.
    """
    if not policy.enabled:
        return skipped(Kind.ISSUE, _OFF)
    asked = Asked(issue, (reader or LocalReader()).issue(issue))
    wants_english = language == _ENGLISH and policy.criteria.language.mode is Mode.REQUIRED
    if not asked.reading.english and not wants_english:
        return skipped(Kind.ISSUE, FOREIGN)
    findings = [_judge(criterion, asked) for criterion in ALL if criterion is not _GATE or language == _ENGLISH]
    read = 1.0 if asked.reading.english else READ_IN_STRUCTURE
    judged = verdict(Kind.ISSUE, findings, policy.criteria, threshold=policy.threshold, read=read)
    return replace(judged, truncated=asked.reading.document.truncated)


def _judge(criterion: Criterion[Issue], asked: Asked[Issue]) -> Finding:
    finding = criterion.judge(asked) if asked.reading.english or criterion in _STRUCTURAL else None
    if finding and (asked.reading.english or finding.evidence):  # what a foreign text lacks it may say in its words
        return finding
    return Finding(criterion=criterion.name, status=Status.NOT_ASKED)


_GATE = language.CRITERION
_STRUCTURAL = (
    _GATE,
    contract.CRITERION,
    self_contained.CRITERION,
)  # names, values and links are the same in any tongue
