"""The stage for stories of hand-overs: people on two sides, and a clock that goes on between their deeds."""

from datetime import UTC, datetime, timedelta
from typing import Any

from ghapp import handlers
from ghapp.handover.ledger import Handover
from ghapp.subjects import Job, Kind, Subject
from tests.fake_handover import FakeDeed
from tests.fakes import US, FakeComment, FakePull
from tests.world import World

ISSUE = Subject(kind=Kind.HANDOVER, installation=99, repository=12, repository_node="R_acme_billing", number=1)


class HandoverWorld(World):
    """Issue 1 of acme/billing, which dana of the team hands to sari, and pull request 5 that answers it."""

    def __init__(self, policy: str = "people: {sari: {role: contractor}}") -> None:
        super().__init__()
        self.github.repository.policy = policy
        self.github.repository.roles = {"dana": "maintain", "sari": "write"}
        self._reviews = iter(range(5_001, 10**6))

    @property
    def now(self) -> datetime:
        """What the clock says, to us and to GitHub."""
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        self._now = self.github.now = moment

    def at(self, moment: str) -> None:
        """Let it be a moment, as in 2026-03-02T09:00+08:00."""
        self.now = datetime.fromisoformat(moment).astimezone(UTC)

    async def assign(self, to: str = "sari", by: str = "dana", number: int = 1) -> None:
        """Let somebody be assigned."""
        issue = self.github.repository.issues[number]
        issue.assignees.append(to)
        issue.assigned_by = by
        self._do("AssignedEvent", number, by, to=to)
        await self.issue("assigned", number)

    async def unassign(self, who: str = "sari", by: str = "dana", number: int = 1) -> None:
        """Let somebody be assigned no more."""
        self.github.repository.issues[number].assignees.remove(who)
        self._do("UnassignedEvent", number, by, to=who)
        await self.issue("unassigned", number)

    async def edit(self, body: str, number: int = 1) -> None:
        """Let the issue say something else."""
        self.github.repository.issues[number].body = body
        await self.issue("edited", number)

    async def say(self, number: int, text: str, author: str = "dana", *, on_pull: bool = False) -> FakeComment:
        """Let somebody write a comment now."""
        return await super().say(number, text, author, on_pull=on_pull or number in self._pulls())

    async def tick_box(self, line: str, by: str = "dana", number: int = 5) -> None:
        """Let somebody tick a box of our comment."""
        comment = next(each for each in self.github.ours(number) if f"[ ] {line}" in each.text)
        comment.text = comment.text.replace(f"[ ] {line}", f"[x] {line}")
        comment.edited_by, comment.edited_at = by, self.now
        issue = {"number": number, "pull_request": {}}
        ours = {"id": comment.id, "body": comment.text, "user": {"login": US.login, "type": "Bot"}}
        await self.deliver("issue_comment", "edited", issue=issue, comment=ours, sender={"login": by, "type": "User"})

    async def open_pull(self, number: int = 5, author: str = "sari", **changes: Any) -> FakePull:
        """Let the contractor open a pull request that answers issue 1."""
        pull = self.github.pull(number, author=author, created_at=self.now, **{"closes": [1], **changes})
        await self.pull("opened", number)
        return pull

    async def push(self, number: int = 5, by: str = "sari") -> None:
        """Let somebody push a commit."""
        self._do("PullRequestCommit", number, by)
        await self.pull("synchronize", number)

    async def review(
        self, state: str, text: str = "", *, by: str = "dana", number: int = 5, inline: tuple[str, ...] = ()
    ) -> None:
        """Let somebody review: APPROVED, CHANGES_REQUESTED or COMMENTED."""
        review = FakeDeed(
            "PullRequestReview", number, self.now, by, id=next(self._reviews), text=text, state=state, inline=[*inline]
        )
        self.github.repository.timeline.append(review)
        sender = {"login": by, "type": "User"}
        await self.deliver("pull_request_review", "submitted", pull_request={"number": number}, sender=sender)

    async def ask_review(self, to: str, by: str = "sari", number: int = 5) -> None:
        """Let somebody be asked for a review."""
        self._do("ReviewRequestedEvent", number, by, to=to)
        await self.pull("review_requested", number)

    async def turn(self, kind: str, action: str, by: str = "sari", number: int = 5) -> None:
        """Let a pull request turn: ReadyForReviewEvent, ConvertToDraftEvent, ClosedEvent or ReopenedEvent."""
        pull: Any = self.github.repository.issues[number]
        pull.draft = {"ReadyForReviewEvent": False, "ConvertToDraftEvent": True}.get(kind, pull.draft)
        pull.state = {"ClosedEvent": "CLOSED", "ReopenedEvent": "OPEN"}.get(kind, pull.state)
        self._do(kind, number, by)
        await self.pull(action, number)

    async def merge(self, by: str = "dana", number: int = 5) -> None:
        """Let a pull request be merged, and the issue be closed by it."""
        pull = self.github.repository.issues[number]
        pull.state = "MERGED"
        self._do("MergedEvent", number, by)
        self._do("ClosedEvent", number, by)
        await self.pull("closed", number)
        await self.close(by)

    async def close(self, by: str = "dana", number: int = 1) -> None:
        """Let the issue be closed."""
        self.github.repository.issues[number].state = "CLOSED"
        self._do("ClosedEvent", number, by)
        await self.issue("closed", number)

    async def pass_until(self, moment: str, *, step: timedelta = timedelta(minutes=5)) -> None:
        """Let time go by, with the clock's sweeps."""
        end = datetime.fromisoformat(moment).astimezone(UTC)
        while self.now < end:
            self.now = min(self.now + step, end)
            await self.tick()

    async def ledger(self, number: int = 1) -> Handover | None:
        """The ledger as it is kept."""
        subject = Subject(kind=Kind.HANDOVER, installation=99, repository=12, number=number)
        return await self.store.handover(subject)

    async def look(self, why: str) -> None:
        """Look at the hand-over of issue 1, and let what it raises come out."""
        await handlers.handle(self.context(), Job(subject=ISSUE, why=why))

    async def next(self) -> str:
        """Whose turn it is, and for what."""
        ledger = await self.ledger()
        move = ledger and ledger.move
        return f"{move.owner} {move.why}" if move else "nobody"

    def said(self, number: int = 1) -> list[str]:
        """What we said unasked in a conversation: our comments but the sticky one."""
        return [each.text for each in self.github.ours(number) if "handoff:sticky" not in each.text]

    def sticky(self, number: int = 1) -> str:
        """Our sticky comment."""
        return next(each.text for each in self.github.ours(number) if "handoff:sticky" in each.text)

    def _do(self, kind: str, number: int, by: str, to: str = "") -> None:
        self.github.repository.timeline.append(FakeDeed(kind, number, self.now, by, to=to))

    def _pulls(self) -> set[int]:
        return {number for number, each in self.github.repository.issues.items() if hasattr(each, "head")}


__all__ = ["ISSUE", "US", "HandoverWorld"]
