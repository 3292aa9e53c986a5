"""When digests are due and what was told of them, in memory: as JSON, so that what cannot be kept is seen."""

import json
from collections.abc import Sequence
from datetime import datetime

from ghapp.handover.posted import Posted, from_json
from ghapp.store.digests import Plan
from tests.memory_handovers import MemoryHandovers


class MemoryDigests(MemoryHandovers):
    """The part of a store that digests keep their mornings in."""

    def __init__(self) -> None:
        super().__init__()
        self.plans: dict[int, Plan] = {}
        self.told: dict[tuple[int, str], str] = {}

    async def keep_plans(self, plans: Sequence[Plan]) -> None:
        self.plans |= {each.repository: each for each in plans}

    async def due_digests(self, now: datetime) -> tuple[int, ...]:
        subjects = {each.subject.repository: each.subject.installation for each, _ in self.ledgers.values()}
        return tuple(sorted({owner for each, owner in subjects.items() if self._is_due(each, owner, now)}))

    async def keep_posted(self, installation: int, home: str, posted: Posted) -> None:
        self.told[installation, home] = json.dumps(posted.to_json())

    async def posted(self, installation: int, home: str) -> Posted:
        kept = self.told.get((installation, home))
        return from_json(json.loads(kept)) if kept else Posted()

    def _is_due(self, repository: int, installation: int, now: datetime) -> bool:
        plan = self.plans.get(repository)
        if plan is None or (plan.due is not None and plan.due <= now):
            return True
        kept = self.policies  # of the whole store
        own, owners = kept.get(f"policy:{repository}:0"), kept.get(f"owner-policy:{installation}")
        return (plan.policy, plan.owner_policy) != (own.oid if own else "", owners.oid if owners else "")
