"""The judgement as the server uses it: facts and a policy in, a verdict that names its policy out."""

from dataclasses import replace

from checks import rationale, readiness
from checks.subject import Issue, Pull
from checks.verdict import Verdict
from config.load import Loaded


def issue(subject: Issue, loaded: Loaded) -> Verdict:
    """Assess an issue's readiness."""
    policy = loaded.policy
    return _named(readiness.assess(subject, policy.readiness, language=policy.language), loaded)


def pull(subject: Pull, loaded: Loaded) -> Verdict:
    """Assess a pull request's rationale."""
    policy = loaded.policy
    return _named(rationale.assess(subject, policy.rationale, language=policy.language), loaded)


def _named(verdict: Verdict, loaded: Loaded) -> Verdict:
    origins = tuple(dict.fromkeys(loaded.origins.values()))
    return replace(verdict, policy_version=loaded.version, policy_origins=(*origins, "defaults"))
