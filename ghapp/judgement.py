"""The judgement as the server uses it: facts and a policy in, a verdict that names its policy out."""

from collections.abc import Iterator
from dataclasses import replace

from checks.subject import Issue, LinkedIssue, Pull
from checks.verdict import Verdict
from config.load import Loaded

LINKED = 128 * 1024  # characters of all linked issues together: ten of them may be as long as GitHub allows


def issue(subject: Issue, loaded: Loaded) -> Verdict:
    """Assess an issue's readiness."""
    from checks import readiness  # here, since a command line that judges one kind waits for one reader only

    policy = loaded.policy
    return _named(readiness.assess(subject, policy.readiness, language=policy.language), loaded)


def pull(subject: Pull, loaded: Loaded) -> Verdict:
    """Assess a pull request's rationale."""
    from checks import rationale

    policy = loaded.policy
    bounded = replace(subject, linked=tuple(_bounded(subject.linked)))
    return _named(rationale.assess(bounded, policy.rationale, language=policy.language), loaded)


def is_linked_text_cut(subject: Pull) -> bool:
    """Whether the linked issues are longer than what is read of them."""
    return sum(len(issue.body) for issue in subject.linked) > LINKED


def _bounded(linked: tuple[LinkedIssue, ...]) -> Iterator[LinkedIssue]:
    left = LINKED
    for issue in linked:
        body = issue.body if len(issue.body) <= left else issue.body[:left].rpartition("\n")[0]  # whole lines
        left -= min(left, len(issue.body))
        yield replace(issue, body=body)


def _named(verdict: Verdict, loaded: Loaded) -> Verdict:
    origins = tuple(dict.fromkeys(loaded.origins.values()))
    return replace(verdict, policy_version=loaded.version, policy_origins=(*origins, "defaults"))
