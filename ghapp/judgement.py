"""The judgement as the server uses it: facts and a policy in, a verdict that names its policy out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from checks.subject import Issue, LinkedIssue, Pull
from checks.verdict import Outcome, Verdict
from config.load import Loaded

if TYPE_CHECKING:
    from checks.trace import Traced

LINKED = 128 * 1024  # characters of all linked issues together: ten of them may be as long as GitHub allows


def issue(subject: Issue, loaded: Loaded) -> Verdict:
    """Assess an issue's readiness."""
    from checks import readiness  # here, since a command line that judges one kind waits for one reader only

    policy = loaded.policy
    return _named(readiness.assess(subject, policy.readiness, language=policy.language), loaded, "readiness")


def pull(subject: Pull, loaded: Loaded, *, is_old: bool = False) -> Verdict:
    """Assess a pull request's rationale; of an old one nothing is required."""
    from checks import rationale

    policy, section = loaded.policy, loaded.policy.rationale
    if is_old:
        section = section.model_copy(update={"criteria": section.criteria.as_advice()})
    bounded = replace(subject, linked=tuple(_bounded(subject.linked)))
    return _named(rationale.assess(bounded, section, language=policy.language), loaded, "rationale")


def traced(subject: Pull) -> "tuple[Traced, ...]":
    """What a pull request says of each acceptance criterion of its issues, as far as these are read."""
    from checks.trace import trace

    return trace(replace(subject, linked=tuple(_bounded(subject.linked))))


def exempted(verdict: Verdict, reason: str) -> Verdict:
    """What is left of a verdict when a person lets its subject pass: the reason."""
    return replace(verdict, score=0, outcome=Outcome.SKIPPED, reason=reason, findings=(), truncated=False)


def is_linked_text_cut(subject: Pull) -> bool:
    """Whether the linked issues are longer than what is read of them."""
    return sum(len(issue.body) for issue in subject.linked) > LINKED


def _bounded(linked: tuple[LinkedIssue, ...]) -> Iterator[LinkedIssue]:
    left = LINKED
    for issue in linked:
        body = issue.body if len(issue.body) <= left else issue.body[:left].rpartition("\n")[0]  # whole lines
        left -= min(left, len(issue.body))
        yield replace(issue, body=body)


def _named(verdict: Verdict, loaded: Loaded, section: str) -> Verdict:
    origins = (*loaded.files_for(section), "defaults")
    return replace(verdict, policy_version=loaded.version_for(section), policy_origins=origins)
