"""A store and a queue in memory, with the promises that stories need and no more."""

from datetime import datetime

from ghapp.queue import Backlog, Run
from ghapp.store import Installation, LastGood
from ghapp.subjects import Delivery, Job, Subject


class MemoryStore:
    """What is known, in dictionaries."""

    def __init__(self) -> None:
        self.verdicts: dict[str, dict[str, object]] = {}
        self.comments: dict[str, int] = {}
        self.installations: dict[int, Installation] = {}
        self.policies: dict[str, LastGood] = {}
        self.forgotten: list[int] = []

    async def keep_verdict(self, subject: Subject, verdict: dict[str, object], *, at: datetime) -> None:
        self.verdicts[subject.key] = verdict

    async def verdict(self, subject: Subject) -> dict[str, object] | None:
        return self.verdicts.get(subject.key)

    async def keep_comment(self, subject: Subject, comment: int) -> None:
        self.comments[subject.key] = comment

    async def comment(self, subject: Subject) -> int | None:
        return self.comments.get(subject.key)

    async def keep_installation(self, installation: Installation) -> None:
        self.installations[installation.id] = installation

    async def installation(self, installation: int) -> Installation | None:
        return self.installations.get(installation)

    async def forget_installation(self, installation: int) -> None:
        self.installations.pop(installation, None)
        self.forgotten.append(installation)

    async def keep_policy(self, subject: Subject, policy: LastGood) -> None:
        self.policies[subject.key] = policy

    async def policy(self, subject: Subject) -> LastGood | None:
        return self.policies.get(subject.key)

    async def ready(self) -> None:
        pass

    async def close(self) -> None:
        pass


class MemoryQueue:
    """Jobs that wait, folded, one at a time for each subject; `drain` runs them to the last."""

    def __init__(self) -> None:
        self.waiting: list[Job] = []
        self.running: set[str] = set()

    async def ring(self, *jobs: Job, delivery: Delivery | None = None) -> bool:
        for job in jobs:
            if job.fold not in {other.fold for other in self.waiting}:
                self.waiting.append(job)
        return True

    async def backlog(self) -> Backlog:
        return Backlog(jobs=len(self.waiting), dead=0, oldest=None)

    async def drain(self, run: Run) -> None:
        """Run what may run; a subject that is being looked at, by whoever called this, has to wait for that."""
        while job := next((each for each in self.waiting if each.subject.key not in self.running), None):
            self.waiting.remove(job)
            self.running.add(job.subject.key)
            try:
                await run(job)
            finally:
                self.running.discard(job.subject.key)
