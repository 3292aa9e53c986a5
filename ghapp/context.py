"""What a handler is given: a client, the store, the time, who we are, and the policy in force."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from checks.verdict import Verdict
from config.load import PATH, Loaded, load
from ghapp.github import read, write
from ghapp.github.client import Client
from ghapp.github.facts import Comment, PolicyFile, SeenInstallation, Thread
from ghapp.github.identity import Identity
from ghapp.render import notes
from ghapp.render.sticky import MARKER
from ghapp.store import Installation, LastGood, Store
from ghapp.subjects import Job, Kind, Subject

T = TypeVar("T")

Same = Callable[[str, str], bool]

DELETED = 0  # kept in the place of a comment's id once a person deleted it: it is not looked for again
UNREADABLE = "\0"  # a policy text that has a mistake, for a file that is no text

# Two, so that a long text does not hold up all others; more would take turns with the event loop for one interpreter.
_THREADS = ThreadPoolExecutor(2, thread_name_prefix="judge")
_load = lru_cache(maxsize=256)(load)  # every job brings its policy file's text, and the files seldom change


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
    """The policy that holds, and what people have to know about its file."""

    loaded: Loaded
    notes: tuple[str, ...] = ()


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

    async def policy(self, subject: Subject, file: PolicyFile) -> InForce:
        """The policy of a subject's repository: its file, or the last good one when the file has mistakes."""
        where = replace(subject, kind=Kind.POLICY, number=0, sha="")
        loaded = await apart(lambda: _load(UNREADABLE if file.text is None else file.text))
        known = await self.store.policy(where)
        if not loaded.mistakes:
            if known is None or known.oid != file.oid:
                await self.store.keep_policy(where, LastGood(oid=file.oid, text=file.text or ""))
            return InForce(loaded=loaded)
        said = notes.broken_policy(PATH, loaded.mistakes, kept=bool(known and known.text))
        return InForce(loaded=_load(known.text if known else ""), notes=said)

    async def installation(self, number: int) -> Installation:
        """An installation as it is kept, or as GitHub describes it when its delivery never came."""
        return await self.store.installation(number) or await self.renew_installation(number)

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
