"""The dry run of a policy: what it would do to what is open, told from the verdicts that are kept.

A verdict keeps how each criterion came out, so it can be weighed anew without its text. Where the text would have to be
read again, that is counted as untold.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any, TypeAlias

from checks import assess
from checks.rationale import exemption
from checks.subject import Kind as Judged
from checks.verdict import Evidence, Finding, Outcome, Status, Verdict
from config.policy import Mode, Policy, Rationale, RationaleCriteria, ReadinessCriteria
from ghapp.context import Context
from ghapp.github import manners, read
from ghapp.github.facts import OpenPull
from ghapp.render.policy_edit import DryRun, Shift
from ghapp.subjects import Kind, Subject

Kept: TypeAlias = Mapping[str, Any]  # a verdict as JSON, see `Verdict.to_json`

_ENGLISH = "en"  # the language that texts can be told to be in
_GATE = "language"


@dataclass(frozen=True, slots=True)
class Edit:
    """A policy, and what would take its place."""

    old: Policy
    new: Policy


class Stand(Enum):
    """How a subject would fare under a policy."""

    PASSES = auto()
    FAILS = auto()
    UNJUDGED = auto()
    UNTOLD = auto()


async def count(ctx: Context, subject: Subject, edit: Edit) -> DryRun:
    """What would become of a repository's open issues, and of its pull requests beside `subject`.

    It takes a call for each hundred. Nothing would of those that a person decided.
    """
    found = await read.backlog(ctx.client, subject)
    first_day = await ctx.first_day(subject)
    issues = [replace(subject, kind=Kind.ISSUE, number=number, sha="").key for number in found.issues]
    pulls = {pull(subject, each.number).key: each for each in found.pulls if each.number != subject.number}
    kept = await ctx.store.kept_verdicts((*issues, *pulls))
    newest = await ctx.store.newest_overrides(subject.repository)
    decided = {key for key, override in newest.items() if override.stands(ctx.now)}
    same = (Stand.PASSES, Stand.PASSES)
    of_issues = [same if key in decided else _issue(kept[key], edit) for key in issues if key in kept]
    of_pulls = [
        same if key in decided else _Pull(kept[key], each, first_day).fares(edit)
        for key, each in pulls.items()
        if key in kept
    ]
    return DryRun(
        issues=_shift(of_issues, there=found.all_issues, seen=len(issues)),
        pulls=_shift(of_pulls, there=found.all_pulls - len(found.pulls) + len(pulls), seen=len(pulls)),
        at=ctx.now,
    )


def pull(subject: Subject, number: int) -> Subject:
    """A pull request of the same repository."""
    return replace(subject, kind=Kind.PULL, number=number, sha="")


def to_json(dry_run: DryRun, of: Sequence[str]) -> dict[str, object]:
    """A dry run as it is kept, with the versions that it compared."""
    return {
        "of": list(of),
        "at": dry_run.at.isoformat(),
        "issues": asdict(dry_run.issues),
        "pulls": asdict(dry_run.pulls),
    }


def from_json(kept: Any, of: Sequence[str]) -> DryRun | None:  # noqa: ANN401 - the store's JSON, as `to_json` made it
    """A dry run that was kept, if there is one and it compared the same versions."""
    if not kept or kept["of"] != list(of):
        return None
    return DryRun(issues=Shift(**kept["issues"]), pulls=Shift(**kept["pulls"]), at=datetime.fromisoformat(kept["at"]))


def _shift(pairs: Sequence[tuple[Stand, Stand]], *, there: int, seen: int) -> Shift:
    times = Counter(pairs)
    return Shift(
        there=there,
        seen=seen,
        judged=len(pairs),
        lost=times[Stand.PASSES, Stand.FAILS],
        won=times[Stand.FAILS, Stand.PASSES],
        unjudged=times[Stand.PASSES, Stand.UNJUDGED] + times[Stand.FAILS, Stand.UNJUDGED],
        untold=sum(number for pair, number in times.items() if Stand.UNTOLD in pair),
    )


def _issue(kept: Kept, edit: Edit) -> tuple[Stand, Stand]:
    """How an issue fares under both policies; nothing changes for one that cannot be judged under either."""
    if _is_skipped(kept) and _gates(edit.old) == _gates(edit.new):
        return Stand.PASSES, Stand.PASSES
    return _issue_under(kept, edit.old), _issue_under(kept, edit.new)


def _issue_under(kept: Kept, policy: Policy) -> Stand:
    readiness = policy.readiness
    if not readiness.enabled:
        return Stand.UNJUDGED
    weighed = _weighed(kept, readiness.criteria, language=policy.language, threshold=readiness.threshold)
    return _stand(weighed, skipped=Stand.UNJUDGED)


@dataclass(frozen=True, slots=True)
class _Pull:
    """A pull request and its verdict, which tells nothing of what the files and the text would be under new rules."""

    kept: Kept
    seen: OpenPull
    first_day: datetime

    def fares(self, edit: Edit) -> tuple[Stand, Stand]:
        """How it fares under both policies."""
        if _is_skipped(self.kept) and _exempts(edit.old) == _exempts(edit.new):
            return Stand.PASSES, Stand.PASSES
        return self._under(edit.old), self._under(
            edit.new, is_untold=_asks_more(edit.old.rationale, edit.new.rationale)
        )

    def _under(self, policy: Policy, *, is_untold: bool = False) -> Stand:
        rationale, pull = policy.rationale, self.seen.pull
        if exemption(pull, rationale) or (pull.is_draft and not rationale.drafts):
            return Stand.PASSES
        if is_untold:
            return Stand.UNTOLD
        is_old = manners.is_old_work(self.seen.created_at, rationale, first_day=self.first_day)
        criteria = rationale.criteria.as_advice() if is_old else rationale.criteria
        return _stand(_weighed(self.kept, criteria, language=policy.language, threshold=0), skipped=Stand.PASSES)


def _asks_more(old: Rationale, new: Rationale) -> bool:
    """Whether a policy asks what only files or texts can tell."""
    is_split = old.size != new.size and new.criteria.size.mode is Mode.REQUIRED
    return is_split or (old.small_change, old.exempt.paths) != (new.small_change, new.exempt.paths)


def _weighed(
    kept: Kept, criteria: ReadinessCriteria | RationaleCriteria, *, language: str, threshold: int
) -> Verdict | None:
    """A verdict weighed anew as the checks weigh it; None where it does not hold all that is asked."""
    findings = [_finding(each) for each in kept["findings"]]
    modes = {name.replace("_", "-"): getattr(criteria, name).mode for name in type(criteria).model_fields}
    asked = {name for name, mode in modes.items() if mode is not Mode.OFF and (name != _GATE or language == _ENGLISH)}
    if _is_skipped(kept) or asked - {each.criterion for each in findings}:
        return None
    kind = Judged(kept["kind"])
    is_foreign = any(each.criterion == _GATE and each.is_gap for each in findings)
    if is_foreign and not (language == _ENGLISH and modes[_GATE] is Mode.REQUIRED):
        return assess.skipped(kind, assess.FOREIGN)
    weighed = (each for each in findings if each.criterion in asked)
    return assess.verdict(kind, weighed, criteria, threshold=threshold)


def _stand(verdict: Verdict | None, *, skipped: Stand) -> Stand:
    if verdict is None:
        return Stand.UNTOLD
    if verdict.outcome is Outcome.SKIPPED:
        return skipped
    return Stand.PASSES if verdict.outcome is Outcome.READY else Stand.FAILS


def _finding(kept: Kept) -> Finding:
    evidence = tuple(Evidence(each["line"], each["quote"]) for each in kept["evidence"])
    return Finding(criterion=kept["criterion"], status=Status(kept["status"]), evidence=evidence, advice=kept["advice"])


def _is_skipped(kept: Kept) -> bool:
    return bool(kept["verdict"] == Outcome.SKIPPED)


def _gates(policy: Policy) -> tuple[object, ...]:
    """What decides whether an issue can be judged."""
    readiness = policy.readiness
    return readiness.enabled, policy.language, readiness.criteria.language.mode


def _exempts(policy: Policy) -> tuple[object, ...]:
    """What decides whether a pull request is judged."""
    rationale = policy.rationale
    return rationale.enabled, rationale.exempt, policy.language, rationale.criteria.language.mode
