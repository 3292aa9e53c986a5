"""What a handler is given: a client, the store, the time, who we are, and the policy in force."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from config.load import PATH, Loaded, load
from ghapp.github import read
from ghapp.github.client import Client
from ghapp.github.facts import Comment, PolicyFile, Thread
from ghapp.github.identity import Identity
from ghapp.render import notes
from ghapp.render.sticky import MARKER
from ghapp.store import Installation, LastGood, Store
from ghapp.subjects import Job, Kind, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The policy that holds, and what people have to know about its file."""

    loaded: Loaded
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything a handler may touch, for one job."""

    client: Client  # as the job's installation
    as_app: Client  # as our App itself
    drop_token: Callable[[int], None]
    identity: Identity
    store: Store
    ring: Callable[[Job], Awaitable[object]]
    now: datetime
    manual: str  # address below which each criterion has its page

    async def policy(self, subject: Subject, file: PolicyFile) -> InForce:
        """The policy of a subject's repository: its file, or the last good one when the file has mistakes."""
        where = replace(subject, kind=Kind.POLICY, number=0, sha="")
        loaded = load(file.text) if file.text is not None else load("\0")
        known = await self.store.policy(where)
        if not loaded.mistakes:
            if known is None or known.oid != file.oid:
                await self.store.keep_policy(where, LastGood(oid=file.oid, text=file.text or ""))
            return InForce(loaded=loaded)
        said = notes.broken_policy(PATH, loaded.mistakes, kept=known is not None)
        return InForce(loaded=load(known.text if known else ""), notes=said)

    async def installation(self, number: int) -> Installation:
        """An installation as it is kept, or as GitHub describes it when its delivery never came."""
        return await self.store.installation(number) or await self.renew_installation(number)

    async def renew_installation(self, number: int) -> Installation:
        """An installation as GitHub describes it now; it is kept.

        Raises:
            Gone: it is deleted.
        """
        seen = await read.installation(self.as_app, number)
        found = Installation(id=number, account=seen.account, installed_at=seen.installed_at, suspended=seen.suspended)
        await self.store.keep_installation(found)
        return found

    async def sticky(self, subject: Subject, thread: Thread) -> tuple[Comment, ...]:
        """Our sticky comments of a conversation; by its kept id when it is not among the first comments."""
        found = tuple(comment for comment in thread.comments if comment.text.startswith(MARKER))
        kept = None if found else await self.store.comment(subject)
        if not kept:
            return found
        comment = await read.own_comment(self.client, thread.place, kept, app=self.identity)
        if comment is None:
            await self.store.keep_comment(subject, 0)  # a person deleted it: do not look for it again
            return ()
        return (comment,)
