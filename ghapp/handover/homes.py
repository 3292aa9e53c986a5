"""Where digests are shown, each with the repositories it is of, and the clocks of those who read it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from config.people import Role
from config.policy import Policy
from ghapp import hours
from ghapp.handover import mornings
from ghapp.handover.digest import Source, people
from ghapp.handover.posted import TEAM, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One digest; `sources` are in the order of their names."""

    key: str  # by which what was told in it is kept
    name: str  # of the repository
    repository: int  # its id, 0 where it is none of the sources
    sources: tuple[Source, ...]

    @property
    def policy(self) -> Policy:
        """What says when it comes: the first repository's; all have the same where the owner's file says it."""
        return self.sources[0].policy

    @property
    def clock(self) -> time:
        """The hour of the morning."""
        return time.fromisoformat(self.policy.digest.at)

    @property
    def readers(self) -> dict[str, Reader]:
        """The team, and everybody who has to do with it and whose zone is known: by login, casefolded."""
        found = {TEAM: Reader(login=TEAM, side=Role.TEAM, hours=hours.of(TEAM, self.policy))}
        begun: dict[str, datetime] = {}
        for source in self.sources:
            for login, side, since in people(source):
                theirs, key = hours.of(login, source.policy), login.casefold()
                begun[key] = min(since, begun.get(key, since))
                if theirs.is_known:
                    found.setdefault(key, Reader(login=login, side=side, hours=theirs))
        return {key: replace(each, since=begun.get(key)) for key, each in found.items()}

    def following(self, now: datetime) -> datetime | None:
        """When the next morning of anybody begins; None when none is in sight."""
        found = (mornings.following(each.hours, self.clock, now) for each in self.readers.values())
        return min(filter(None, found), default=None)

    def renamed(self, name: str) -> "Home":
        """The same by the name that it has now; a ledger has the one of its last look."""
        own = (replace(each, name=name) if each.repository == self.repository else each for each in self.sources)
        return replace(self, name=name, sources=tuple(own))


def homes(sources: Sequence[Source]) -> Iterator[Home]:
    """One for each repository that the policies name, in the order of names; none for those that have it off."""
    by_name = {each.name.casefold(): each for each in sources}
    wanted = [each for each in sources if each.policy.digest.enabled and each.policy.handover.enabled]
    grouped: defaultdict[str, list[Source]] = defaultdict(list)
    for each in wanted:
        grouped[(each.policy.digest.repository or each.name).casefold()].append(each)
    for key, group in sorted(grouped.items()):
        own = by_name.get(key)
        yield Home(
            key=str(own.repository) if own else key,
            name=own.name if own else group[0].policy.digest.repository or key,
            repository=own.repository if own else 0,
            sources=tuple(sorted(group, key=lambda each: each.name.casefold())),
        )


def ready_in(home: Home, unassigned: Mapping[str, tuple[tuple[int, str], ...]]) -> Home:
    """The same with the issues that are ready and that nobody has, by the repositories' GraphQL ids."""
    return replace(home, sources=tuple(replace(each, ready=unassigned.get(each.node, ())) for each in home.sources))


def showable(sources: Sequence[Source], *, home: int, public: Collection[str], is_public: bool) -> tuple[Source, ...]:
    """What may be shown in a repository of what another one holds: whoever reads the first may not read the second.

    All of its own, and of what everybody may read; of a private one no words, and where everybody reads nothing.
    """
    found = []
    for each in sources:
        is_open = each.repository == home or each.node in public
        if is_open or not is_public:
            found.append(replace(each, is_quoted=is_open))
    return tuple(found)
