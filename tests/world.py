"""Everything a story needs: a fake GitHub, a store, a queue, and the way a delivery takes through them."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from ghapp import handlers, schedule
from ghapp.context import Context
from ghapp.errors import Gone
from ghapp.github import events
from ghapp.slack import Messenger
from ghapp.subjects import Job
from tests.fakes import NOON, US, FakeComment, FakeGitHub, delivery
from tests.memory import MemoryQueue, MemoryStore


class World:
    """A story's stage: deliveries in, the state of GitHub out."""

    def __init__(self) -> None:
        self.github = FakeGitHub()
        self.store = MemoryStore()
        self.queue = MemoryQueue(self.store.taken)
        self.dropped_tokens: list[int] = []
        self.slack: Messenger | None = None
        self.now = NOON

    async def deliver(self, event: str, action: str, **parts: Any) -> None:
        """Let GitHub deliver an event, and do all the work that comes of it; `parts` replace parts of the recording."""
        payload = delivery(event) | {"action": action} | parts
        await self.queue.ring(*events.jobs(event, payload, app=US))
        await self.queue.drain(self._run)

    async def issue(self, action: str, number: int = 1, **parts: Any) -> None:
        """Let GitHub deliver that something happened to an issue."""
        await self.deliver("issues", action, issue={"number": number}, **parts)

    async def pull(self, action: str, number: int = 5, **parts: Any) -> None:
        """Let GitHub deliver that something happened to a pull request."""
        await self.deliver("pull_request", action, pull_request={"number": number}, **parts)

    async def say(self, number: int, text: str, author: str = "dana", *, on_pull: bool = False) -> FakeComment:
        """Let somebody write a comment."""
        comment = self.github.comment(number, text, author)
        issue = {"number": number} | ({"pull_request": {}} if on_pull else {})
        account = {"login": author, "type": "Bot" if author.endswith("[bot]") else "User"}
        await self.deliver(
            "issue_comment",
            "created",
            issue=issue,
            comment={"id": comment.id, "body": text, "user": account},
            sender=account,
        )
        return comment

    async def press(self, button: str, by: str = "dana", number: int = 5) -> None:
        """Let somebody press a button of our newest check run."""
        run = self.github.repository.runs[-1]
        pressed = {"head_sha": run.sha, "external_id": run.sent["external_id"], "app": {"id": US.id}}
        action = {"identifier": button}
        sender = {"login": by, "type": "Bot" if by.endswith("[bot]") else "User"}
        assert button in [each["identifier"] for each in run.sent["actions"]], "there is no such button"
        await self.deliver("check_run", "requested_action", check_run=pressed, requested_action=action, sender=sender)

    async def tick(self, **later: float) -> None:
        """Let time go by, then let a process start: its clock rings the sweep."""
        self.now += timedelta(**later)

        async def ended(_seconds: float) -> bool:
            return True

        await schedule.keep(self.queue, ended=ended, now=lambda: self.now)
        await self.queue.drain(self._run)

    async def calls_of(self, deed: Any) -> int:
        """How many calls a deed costs."""
        before = len(self.github.calls)
        await deed
        return len(self.github.calls) - before

    async def _run(self, job: Job) -> None:
        with suppress(Gone):
            await handlers.handle(self.context(), job)

    def context(self) -> Context:
        """What a handler is given here."""
        return Context(
            client=self.github,
            as_app=self.github,
            drop_token=self.dropped_tokens.append,
            identity=US,
            store=self.store,
            ring=self.queue.ring,
            replay_refused=self.queue.replay_refused,
            now=self.now,
            manual="https://handoff.example/criteria",
            web="https://github.com",
            slack=self.slack,
        )
