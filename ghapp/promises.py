"""What the issues of a pull request promised when they were handed over, and what a reviewer found of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checks.subject import LinkedIssue, Pull
from checks.trace import Traced
from checks.walk import Step
from ghapp import judgement
from ghapp.context import Context, apart
from ghapp.github.facts import SeenIssue, SeenPull
from ghapp.handover.ledger import Handover
from ghapp.subjects import Subject, handover


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A pull request whose issues carry their acceptance criteria of the pick-up, and their ledgers by number."""

    pull: Pull
    ledgers: Mapping[int, Handover]

    async def traced(self) -> tuple[Traced, ...]:
        """What the author says of each acceptance criterion."""
        return await apart(lambda: judgement.traced(self.pull))

    def steps(self, traced: tuple[Traced, ...]) -> tuple[Step, ...]:
        """What a reviewer found, under the names of the trace."""
        found = {
            f"{ledger.repository}#{ledger.number} {each.criterion}": each
            for ledger in self.ledgers.values()
            for each in ledger.walked
        }
        said = ((each.name, found.get(f"{each.issue} {each.criterion.id}")) for each in traced)
        return tuple(Step(name, each.grade, each.remark) for name, each in said if each)


async def promised(ctx: Context, subject: Subject, seen: SeenPull) -> Promised:
    """Look up what is kept of the hand-overs that a pull request answers; those of its own repository are followed."""
    kept = {each.number: await ctx.store.handover(handover(subject, each.number)) for each in linked_here(seen)}
    ledgers = {number: ledger for number, ledger in kept.items() if ledger is not None}
    linked = tuple(_with_kept(each, seen, ledgers) for each in seen.pull.linked)
    return Promised(pull=replace(seen.pull, linked=linked), ledgers=ledgers)


def untraced(seen: SeenIssue, ledger: Handover) -> tuple[Traced, ...]:
    """The acceptance criteria of an issue in hand, of which no pull request says anything yet."""
    issue = seen.issue
    linked = LinkedIssue(
        repository=seen.place.repository, number=seen.number, title=issue.title, body=issue.body, kept=ledger.criteria
    )
    return judgement.traced(Pull(title="", body="", linked=(linked,)))


def linked_here(seen: SeenPull) -> tuple[LinkedIssue, ...]:
    """The issues of its own repository that a pull request answers."""
    return tuple(each for each in seen.pull.linked if each.repository == seen.place.repository)


def _with_kept(issue: LinkedIssue, seen: SeenPull, ledgers: Mapping[int, Handover]) -> LinkedIssue:
    ledger = ledgers.get(issue.number) if issue.repository == seen.place.repository else None
    return replace(issue, kept=ledger.criteria) if ledger else issue
