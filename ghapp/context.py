"""What a handler is given: a client, the store, the time, who we are, and the policy in force."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from checks.verdict import Verdict
from config import standing
from config.load import BARE, PATH, Loaded
from config.standing import File, Standing
from ghapp.github import read, write
from ghapp.github.client import Client
from ghapp.github.facts import Comment, PolicyFile, SeenInstallation, Thread
from ghapp.github.identity import Identity
from ghapp.overrides import Override
from ghapp.render import notes
from ghapp.render.sticky import MARKER
from ghapp.slack import Messenger
from ghapp.store import Installation, LastGood, Store
from ghapp.subjects import Job, Kind, Subject

T = TypeVar("T")

Same = Callable[[str, str], bool]

TOLD = "policy-notes"  # the key beside a verdict
DELETED = 0  # kept in the place of a comment's id once a person deleted it: it is not looked for again

# Two, so that a long text does not hold up all others; more would take turns with the event loop for one interpreter.
_THREADS = ThreadPoolExecutor(2, thread_name_prefix="judge")


async def apart(work: Callable[[], T]) -> T:
    """Do work that only computes beside the event loop: a long hostile text takes seconds, a webhook has none."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work)


def kept(seen: SeenInstallation) -> Installation:
    """An installation as it is kept."""
    return Installation(
        id=seen.id,
        account=seen.account,
        installed_at=seen.installed_at,
        suspended=seen.suspended,
        lacks=seen.lacks,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The policy that holds, and what people have to know about its files."""

    loaded: Loaded
    notes: tuple[str, ...] = ()
    over: Loaded = BARE  # the owner's policy, which the repository's file is laid over

    @property
    def told(self) -> dict[str, object]:
        """What is kept beside a verdict of what people were told, so that it is taken back once it holds no more."""
        return {TOLD: list(self.notes)} if self.notes else {}


def owner_policy(subject: Subject) -> Subject:
    """The owner's policy file, as seen from one of the owner's repositories."""
    return Subject(kind=Kind.OWNER_POLICY, installation=subject.installation, repository_node=subject.repository_node)


async def standing_policy(store: Store, subject: Subject, file: PolicyFile) -> Standing:
    """The policy of a subject's repository, as the default branches and what is kept have it."""
    return await _stand(file, *await _kept_policies(store, subject))


async def _kept_policies(store: Store, subject: Subject) -> tuple[LastGood | None, LastGood | None]:
    """The last good files of a repository and of its owner."""
    return await store.policy(_repository_policy(subject)), await store.policy(owner_policy(subject))


async def _stand(file: PolicyFile, kept: LastGood | None, owner_kept: LastGood | None) -> Standing:
    """An owner's file that was there counts as gone only once the job that looks after it has kept that."""
    last, owner_last = (each.text if each else "" for each in (kept, owner_kept))
    own = File(text=file.text, last=last)
    owner = File(text=file.owner.text if file.owner.is_there else owner_last, last=owner_last)
    name = f"{file.owner.repository}/{PATH}"
    return await apart(lambda: standing.stand(own, owner, owner_file=name))


def in_force(found: Standing, file: PolicyFile) -> InForce:
    """A policy with what people have to know about its files."""
    said: tuple[str, ...] = ()
    owner = file.owner.repository
    if broken := found.broken_owner:
        tell = notes.broken_policy if file.is_owners else notes.broken_owner_policy
        said += tell(PATH if file.is_owners else owner, broken.mistakes, kept=broken.last_holds)
    if broken := found.broken:
        instead = {"instead": f"that of `{owner}` is in force"} if found.over.origins else {}
        said += notes.broken_policy(PATH, broken.mistakes, kept=broken.last_holds, **instead)
    said += notes.overruled(PATH, found.loaded.overruled, owner=owner)
    return InForce(loaded=found.loaded, notes=said, over=found.over)


def _repository_policy(subject: Subject) -> Subject:
    return replace(subject, kind=Kind.POLICY, number=0, sha="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a job came to, for the log; a job may look at no single issue or pull request, and judge none."""

    repository: str
    number: int = 0
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything a handler may touch, for one job."""

    client: Client  # as the job's installation
    as_app: Client  # as our App itself
    drop_token: Callable[[int], None]
    identity: Identity
    store: Store
    ring: Callable[[Job], Awaitable[object]]
    replay_refused: Callable[[int], Awaitable[object]]  # by installation: what GitHub did not let us do there
    now: datetime
    manual: str  # address below which each criterion has its page
    web: str  # GitHub's address for people
    slack: Messenger | None = None  # where the operator set one

    async def policy(self, subject: Subject, file: PolicyFile) -> InForce:
        """The policy of a subject's repository; a file without mistakes is kept, and an owner's news is passed on."""
        kept, owner_kept = await _kept_policies(self.store, subject)
        found = await _stand(file, kept, owner_kept)
        if found.broken is None and (kept is None or kept.oid != file.oid):
            await self.store.keep_policy(_repository_policy(subject), LastGood(oid=file.oid, text=file.text or ""))
        # Of a public file that we are not installed on no push reaches us.
        if found.broken_owner is None and file.owner.oid != (owner_kept.oid if owner_kept else ""):
            await self.ring(Job(subject=owner_policy(subject), why="policy.noticed"))
        return in_force(found, file)

    async def override(self, subject: Subject) -> Override | None:
        """A person's word that stands over the verdicts on a subject."""
        newest = await self.store.override(subject)
        return newest if newest is not None and newest.stands(self.now) else None

    async def installation(self, number: int) -> Installation:
        """An installation as it is kept, or as GitHub describes it when its delivery never came."""
        return await self.store.installation(number) or await self.renew_installation(number)

    async def first_day(self, subject: Subject) -> datetime:
        """When Handoff came to a subject's repository: with the installation, or once the repository joined it."""
        installed_at = (await self.installation(subject.installation)).installed_at
        joined = await self.store.swept(replace(subject, kind=Kind.REPOSITORY, number=0, sha=""))
        return max(installed_at, joined.at) if joined and joined.at else installed_at

    async def renew_installation(self, number: int) -> Installation:
        """An installation as GitHub describes it now; it is kept.

        Raises:
            Gone: it is deleted.
        """
        found = kept(await read.installation(self.as_app, number))
        await self.store.keep_installation(found)
        return found

    async def sticky(self, subject: Subject, thread: Thread) -> tuple[Comment, ...]:
        """Our sticky comments of a conversation; by its kept id when it is in neither end of a long one."""
        found = _sticky(thread.comments)
        kept = None if found else await self.store.comment(subject)
        if not kept:
            return found
        comment = await read.own_comment(self.client, thread.place, kept, app=self.identity)
        if comment is None:
            await self.store.keep_comment(subject, DELETED)
            return ()
        return (comment,)

    async def speak(
        self, subject: Subject, thread: Thread, text: str, *, over: tuple[Comment, ...], same: Same
    ) -> None:
        """Have one sticky comment with this text, in the place of those in `over`, and keep its id.

        Before a first one is written in a conversation that was not read whole, all of it is: an id may be lost.
        """
        if not over and not thread.is_read_whole and await self.store.comment(subject) is None:
            over = _sticky(await read.own_comments(self.client, thread, app=self.identity))
        comment = await write.comment(self.client, thread, text, over=over, same=same)
        await self.store.keep_comment(subject, comment)


def _sticky(comments: tuple[Comment, ...]) -> tuple[Comment, ...]:
    return tuple(comment for comment in comments if comment.text.startswith(MARKER))
