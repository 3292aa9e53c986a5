"""The digest: on somebody's morning it is written into its issue, calls who has to act, and goes to Slack."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from config.people import Role
from ghapp.context import Context, apart, standing_policy
from ghapp.errors import Again, Gone, Refused
from ghapp.github import pinned, read, write
from ghapp.github.facts import PolicyFile, SeenDigest, Thread
from ghapp.handover.digest import Digest, Source, digest, needs, of_contractor
from ghapp.handover.homes import Home, homes, ready_in, showable
from ghapp.handover.posted import TEAM, Posted, Told, Unsent, due_readers
from ghapp.render import digest as say
from ghapp.render.digest import Call
from ghapp.slack import Unsure
from ghapp.store import Kept, LastGood, Plan
from ghapp.subjects import Job, Kind, Subject

MOST = 15  # people whom one comment calls

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Morning:
    """A morning of some readers of one digest."""

    home: Home
    posted: Posted
    told: dict[str, Told]
    since: datetime  # on the team's clock

    @property
    def is_read(self) -> bool:
        """Whether the team or a contractor looks at it now; who else is of the team reads it with the team."""
        return any(reader == TEAM or self.home.readers[reader].side is Role.CONTRACTOR for reader in self.told)

    async def digest(self, sources: Sequence[Source], *, now: datetime) -> Digest:
        return await apart(lambda: digest(sources, since=self.since, now=now))

    def calls(self, whole: Digest) -> tuple[Call, ...]:
        """Who is called, and for what: those of whose things one began before their morning, and was not told yet."""
        found = []
        for reader, told in self.told.items():
            login = self.home.readers[reader].login
            waiting, undecided = needs(whole, login)
            fresh = [each.key for each in waiting if each.move.since < told.morning]
            fresh += [each.key for each in undecided if each.row.at < told.morning]
            new = frozenset(fresh) - told.keys
            if reader != TEAM and new:
                found.append(Call(login=login, day=told.day, waiting=waiting, undecided=undecided, new=new))
        return tuple(found)


async def handle(ctx: Context, job: Job) -> None:
    """Look at all digests of an account: GitHub and Slack are asked nothing but on somebody's morning."""
    plans: dict[int, Plan] = {}
    sources = [await _source(ctx, job.subject, kept, plans) for kept in await _by_repository(ctx, job.subject)]
    late: Again | None = None
    for home in homes(sources):
        try:
            due = await _look(ctx, job.subject.installation, home)
        except Again as error:  # the others need not wait for it
            late, due = error, ctx.now
        for each in home.sources:
            plans[each.repository] = replace(plans[each.repository], due=due)
    await ctx.store.keep_plans([*plans.values()])
    if late is not None:
        raise late


async def _by_repository(ctx: Context, where: Subject) -> list[list[Kept]]:
    found: defaultdict[int, list[Kept]] = defaultdict(list)
    for each in await ctx.store.handovers(installation=where.installation, ended=True):
        found[each.subject.repository].append(each)
    return [*found.values()]


async def _source(ctx: Context, where: Subject, kept: Sequence[Kept], plans: dict[int, Plan]) -> Source:
    """A repository with the policy that is kept of it; whatever changes that is seen on other jobs' way."""
    newest = max(kept, key=lambda each: (each.handover.ended_at is None, each.handover.picked_up_at))
    subject = replace(newest.subject, kind=Kind.POLICY, number=0)
    own = await ctx.store.policy(subject) or LastGood(oid="", text="")
    owners = await ctx.store.policy(Subject(kind=Kind.OWNER_POLICY, installation=where.installation))
    standing = await standing_policy(ctx.store, subject, PolicyFile(oid=own.oid, text=own.text))
    plans[subject.repository] = Plan(
        installation=where.installation,
        repository=subject.repository,
        policy=own.oid,
        owner_policy=owners.oid if owners else "",
    )
    return Source(
        repository=subject.repository,
        node=subject.repository_node,
        name=newest.handover.repository,
        policy=standing.loaded.policy,
        ledgers=tuple(each.handover for each in kept),
    )


async def _look(ctx: Context, installation: int, home: Home) -> datetime | None:
    """Tell whom it is the morning of; returns when to look next."""
    posted = await ctx.store.posted(installation, home.key)
    if posted.begun is None:  # or it was kept by name while the repository had no hand-over of its own
        posted = await ctx.store.posted(installation, home.name.casefold())
        posted = replace(posted, begun=posted.begun or ctx.now)
        await ctx.store.keep_posted(installation, home.key, posted)
    told = due_readers(posted, home.readers, home.clock, now=ctx.now)
    if told:
        begins = told.get(TEAM) or posted.readers.get(TEAM) or min(told.values(), key=lambda each: each.since)
        since = home.readers[TEAM].hours.local(begins.since)
        posted = await _tell(ctx, _Morning(home=home, posted=posted, told=told, since=since))
        await ctx.store.keep_posted(installation, home.key, posted)
    posted = await _send(ctx, installation, home, posted)
    return min(filter(None, (home.following(ctx.now), *(each.due for each in posted.unsent))), default=None)


async def _tell(ctx: Context, morning: _Morning) -> Posted:
    """Write and call on GitHub, and lay ready what goes to Slack; returns what is to be kept."""
    home, issue, called = morning.home, morning.posted.issue, frozenset[str]()
    plain = await morning.digest(home.sources, now=ctx.now)
    if morning.is_read or morning.calls(plain):
        try:
            seen = await _seen(ctx, home, issue)
            home = ready_in(home, {each.node: each.unassigned for each in seen.sources})
            thread, shown = await _write(ctx, replace(morning, home=home), seen)
            issue = thread.number if thread else 0  # kept even where calling is refused: it is pinned once
            called = await _call(ctx, morning, thread, shown) if thread else called
        except (Gone, Refused) as error:  # the next morning tries again; until then Slack has it at least
            log.warning("digest.unwritten", repository=home.name, reason=str(error))
    whole = await morning.digest(home.sources, now=ctx.now)
    kept = morning.posted.with_told(_keys(morning, whole, called), now=ctx.now)
    unsent = _unsent(ctx, replace(morning, home=home), whole) if ctx.slack else ()
    return replace(kept, issue=issue, unsent=(*kept.unsent, *unsent))


def _keys(morning: _Morning, whole: Digest, called: frozenset[str]) -> dict[str, Told]:
    """The readers with what was open when they were told."""
    found = {}
    for reader, told in morning.told.items():
        waiting, undecided = needs(whole, reader)
        theirs = frozenset((*(each.key for each in waiting), *(each.key for each in undecided)))
        keys = whole.keys if reader == TEAM else theirs
        is_told = reader == TEAM or reader in called
        found[reader] = replace(told, keys=keys if is_told else keys & told.keys)
    return found


async def _seen(ctx: Context, home: Home, issue: int) -> SeenDigest:
    labels = {each.policy.readiness.labels.ready for each in home.sources}
    nodes = [each.node for each in home.sources]
    return await read.digest(ctx.client, home.name, number=issue, sources=nodes, labels=labels)


async def _write(ctx: Context, morning: _Morning, seen: SeenDigest) -> tuple[Thread | None, Digest]:
    """Have the digest in its issue; returns that, None where there is none, and what may be shown there."""
    public = frozenset(each.node for each in seen.sources if each.is_public)
    home = morning.home.renamed(seen.place.repository)
    sources = showable(home.sources, home=seen.id, public=public, is_public=seen.is_public)
    if len(sources) < len(home.sources):
        log.warning("digest.withheld", repository=home.name, reason="it is public, and tells nothing of private ones")
    shown = await morning.digest(sources, now=ctx.now)
    text = say.issue(shown, web=ctx.web, home=seen.place.repository, as_of=ctx.now)
    return await _issue(ctx, morning, seen, text, is_empty=shown.is_empty), shown


async def _call(ctx: Context, morning: _Morning, thread: Thread, shown: Digest) -> frozenset[str]:
    """Call people in the issue, unless an earlier attempt did; returns who was called."""
    calls = () if not thread.is_open or thread.closed_to_us else morning.calls(shown)
    before = say.told_keys(each.text for each in thread.comments)
    new = [each for each in calls if say.told_key(each) not in before]
    for first in range(0, len(new), MOST):
        comment = say.comment(new[first : first + MOST], web=ctx.web, home=thread.place.repository)
        await write.reply(ctx.client, thread, comment)
    return frozenset(each.login.casefold() for each in calls)


async def _issue(ctx: Context, morning: _Morning, seen: SeenDigest, text: str, *, is_empty: bool) -> Thread | None:
    """The digest's issue, which says this text unless somebody closed it; None where there is none, and needs none."""
    if seen.issue is None and not is_empty:
        if seen.place.archived or not seen.has_issues:
            raise Refused("issues cannot be opened there")
        own = await read.own_digest(ctx.client, seen.place.repository, app=ctx.identity)
        own = own or await pinned.opened(ctx.client, seen.place, title=say.TITLE, text=text)
        seen = await _seen(ctx, morning.home, own.number)
        if seen.issue is not None and seen.issue.is_open:
            await pinned.pin(ctx.client, seen.place, own)
    thread = seen.issue
    if thread is not None and thread.is_open and not seen.place.archived and not say.same(seen.text, text):
        await pinned.edited(ctx.client, seen.place, thread.number, text=text)
    return thread


def _unsent(ctx: Context, morning: _Morning, whole: Digest) -> tuple[Unsent, ...]:
    """The messages of a morning: the whole for the team, or for each contractor what is theirs; none without news."""
    team = morning.told.get(TEAM)
    if team is not None and (whole.arrived or whole.keys - team.keys):
        return (_message(ctx, TEAM, team, whole, about=morning.home.name),)
    found = []
    for reader, told in morning.told.items():
        who = morning.home.readers[reader]
        if reader != TEAM and who.side is Role.CONTRACTOR:
            since = who.hours.local(told.since)
            mine = of_contractor(digest(morning.home.sources, since=since, now=ctx.now), who.login, since=since)
            if mine.arrived or any(each.since > since for each in mine.waiting):
                found.append(_message(ctx, reader, told, mine, about=f"{morning.home.name}, for {who.login}"))
    return tuple(found)


def _message(ctx: Context, reader: str, told: Told, shown: Digest, *, about: str) -> Unsent:
    return Unsent(reader=reader, sections=say.slack(shown, web=ctx.web, about=about), due=ctx.now, until=told.until)


async def _send(ctx: Context, installation: int, home: Home, posted: Posted) -> Posted:
    """Send what is due, each message taken out before: it may get lost with the process, and is never said twice."""
    for each in [each for each in posted.unsent if each.due <= ctx.now]:
        posted = replace(posted, unsent=tuple(other for other in posted.unsent if other != each))
        await ctx.store.keep_posted(installation, home.key, posted)
        later = await _sent(ctx, each, home)
        if later is not None:
            posted = replace(posted, unsent=(*posted.unsent, replace(each, due=later)))
            await ctx.store.keep_posted(installation, home.key, posted)
    return posted


async def _sent(ctx: Context, message: Unsent, home: Home) -> datetime | None:
    """Send a message; returns when to try again, None where that would be in vain, too late or a repetition."""
    if ctx.slack is None:
        return None
    if ctx.now >= message.until:
        log.warning("slack.unsent", repository=home.name, reason="it was not to be had until the morning was over")
        return None
    try:
        await ctx.slack.send(message.sections, now=ctx.now)
    except Again as error:
        later = error.at or ctx.now
        if later < message.until:
            log.warning("slack.later", repository=home.name, reason=str(error), at=later.isoformat())
            return later
        log.warning("slack.unsent", repository=home.name, reason=f"{error}, until the morning was over")
    except (Refused, Unsure) as error:
        log.warning("slack.unsent", repository=home.name, reason=str(error))
    return None
