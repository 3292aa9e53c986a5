"""A command as it was given: by whom, where, and what that person may do there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from ghapp.context import Context
from ghapp.errors import UserError
from ghapp.github import read
from ghapp.github.client import Client
from ghapp.github.command import Command as Given
from ghapp.github.facts import Access, Thread
from ghapp.render import commands as say
from ghapp.render.commands import Answer, Command, Who
from ghapp.subjects import Job


class Asker:
    """Who asks for something in a conversation; what they may do is asked of GitHub once, and only where it matters."""

    def __init__(self, client: Client, thread: Thread, login: str) -> None:
        self._client = client
        self._access: Access | None = None
        self.thread = thread
        self.login = login

    async def may(self, who: Who) -> bool:
        """Whether this person is one of those who may use a command."""
        if who is Who.ANYBODY:
            return True
        if who is Who.INVOLVED and self.login in (self.thread.author, *self.thread.assignees):
            return True
        return await self._access_here() >= (Access.WRITE if who is Who.WRITE else Access.TRIAGE)

    async def _access_here(self) -> Access:
        if self._access is None:
            self._access = await read.access(self._client, self.thread.place, self.login)
        return self._access


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One command of a comment."""

    job: Job
    thread: Thread
    asker: Asker
    given: Given
    place: int  # among the commands of that comment
    at: datetime  # when the comment was written
    text: str = ""  # the whole comment

    @property
    def command(self) -> Command:
        """The command of the table.

        Raises:
            UserError: there is none of that name.
        """
        found = say.find(self.given.word)
        if found is None:
            raise UserError(say.unknown(self.given.word))
        return found


@dataclass(frozen=True, slots=True)
class Said:
    """What a command is answered with in words."""

    answer: Answer
    text: str


Obey = Callable[[Context, Call], Awaitable[Said | None]]
