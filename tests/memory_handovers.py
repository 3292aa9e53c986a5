"""The ledgers of hand-overs, in memory: as JSON, so that what cannot be kept is seen."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from ghapp.handover.ledger import Handover, from_json
from ghapp.store.handovers import Kept
from ghapp.subjects import Subject
from tests.memory_weeks import MemoryWeeks


class MemoryHandovers(MemoryWeeks):
    """The part of a store that keeps ledgers."""

    def __init__(self) -> None:
        super().__init__()
        self.ledgers: dict[str, tuple[Kept, str]] = {}

    async def keep_handover(self, kept: Kept) -> None:
        self.ledgers[kept.subject.key] = kept, json.dumps(kept.handover.to_json())

    async def forget_handover(self, subject: Subject) -> None:
        self.ledgers.pop(subject.key, None)

    def ruin(self, subject: Subject) -> None:
        """Let a ledger be one of another version."""
        kept, _ = self.ledgers[subject.key]
        self.ledgers[subject.key] = kept, "[]"

    async def handover(self, subject: Subject) -> Handover | None:
        found = self.ledgers.get(subject.key)
        with suppress(ValueError):
            return found and from_json(json.loads(found[1]))
        return None

    async def handovers(self, *, installation: int, repository: int = 0, ended: bool = False) -> tuple[Kept, ...]:
        kept = [replace(each, handover=from_json(json.loads(text))) for each, text in self.ledgers.values()]
        return tuple(
            each
            for each in sorted(kept, key=lambda each: (each.subject.repository, each.subject.number))
            if each.subject.installation == installation
            and repository in (0, each.subject.repository)
            and (ended or each.handover.ended_at is None)
        )

    async def handovers_of(self, pull: Subject) -> tuple[Kept, ...]:
        every = await self.handovers(installation=pull.installation, repository=pull.repository, ended=True)
        return tuple(each for each in every if pull.number in each.handover.pulls)

    async def due_handovers(self, now: datetime) -> tuple[Subject, ...]:
        due = [(each.due, each.subject) for each, _ in self.ledgers.values() if each.due and each.due <= now]
        return tuple(subject for _, subject in sorted(due, key=lambda each: each[0]))
