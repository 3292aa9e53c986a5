"""A store and a queue in memory, with the promises that stories need and no more."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from ghapp.backlog.scans import Page, Scan
from ghapp.overrides import Override
from ghapp.queue import Backlog, Run
from ghapp.store import Installation, LastGood, Missed, Overruled, Swept
from ghapp.subjects import Delivery, Job, Subject
from tests.memory_digests import MemoryDigests


class MemoryStore(MemoryDigests):
    """What is known, in dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self.verdicts: dict[str, dict[str, object]] = {}
        self.comments: dict[str, int] = {}
        self.known_installations: dict[int, Installation] = {}
        self.policies: dict[str, LastGood] = {}
        self.forgotten: list[int] = []
        self.looked_over: dict[str, Swept] = {}
        self.lacking: dict[str, Missed] = {}
        self.words: dict[tuple[int, int], Overruled] = {}  # by comment and place
        self.told_until: date = date.min
        self.taken: set[str] = set()  # GUIDs
        self.buried: set[str] = set()  # keys of subjects
        self.content: list[tuple[int, datetime]] = []  # by installation
        self.pages: dict[int, list[Page]] = {}  # of scans under way, by repository
        self.scans: dict[int, Scan] = {}  # whole ones

    async def keep_verdict(self, subject: Subject, verdict: dict[str, object], *, at: datetime) -> None:
        self.verdicts[subject.key] = verdict

    async def verdict(self, subject: Subject) -> dict[str, object] | None:
        return self.verdicts.get(subject.key)

    async def kept_verdicts(self, keys: Collection[str]) -> dict[str, dict[str, object]]:
        return {key: self.verdicts[key] for key in keys if key in self.verdicts}

    async def keep_comment(self, subject: Subject, comment: int) -> None:
        self.comments[subject.key] = comment

    async def comment(self, subject: Subject) -> int | None:
        return self.comments.get(subject.key)

    async def keep_installation(self, installation: Installation) -> None:
        self.known_installations[installation.id] = installation

    async def installation(self, installation: int) -> Installation | None:
        return self.known_installations.get(installation)

    async def installations(self) -> tuple[Installation, ...]:
        return tuple(self.known_installations.values())

    async def forget_installation(self, installation: int) -> None:
        self.known_installations.pop(installation, None)
        self.forgotten.append(installation)

    async def keep_policy(self, subject: Subject, policy: LastGood) -> None:
        self.policies[subject.key] = policy

    async def policy(self, subject: Subject) -> LastGood | None:
        return self.policies.get(subject.key)

    async def keep_swept(self, subject: Subject, swept: Swept) -> None:
        self.looked_over[subject.key] = swept

    async def swept(self, subject: Subject) -> Swept | None:
        return self.looked_over.get(subject.key)

    async def held(self, guids: Collection[str]) -> frozenset[str]:
        return frozenset(guids) & self.taken

    async def note_missed(self, missed: Sequence[Missed]) -> None:
        for each in missed:
            self.lacking.setdefault(each.guid, each)

    async def missed(self, *, now: datetime, most: int) -> tuple[Missed, ...]:
        self.lacking = {guid: each for guid, each in self.lacking.items() if guid not in self.taken}
        due = [each for each in self.lacking.values() if each.due <= now]
        return tuple(sorted(due, key=lambda each: each.failed_at, reverse=True)[:most])

    async def keep_missed(self, missed: Missed) -> None:
        self.lacking[missed.guid] = missed

    async def forget_missed(self, guid: str) -> None:
        del self.lacking[guid]

    async def given_up(self, subjects: Collection[Subject]) -> frozenset[str]:
        return self.buried & {subject.key for subject in subjects}

    async def keep_override(self, overruled: Overruled) -> None:
        self.words.setdefault(overruled.override.order, overruled)

    async def override(self, subject: Subject) -> Override | None:
        said = (each.override for each in self.words.values() if each.subject.key == subject.key)
        return max(said, key=lambda each: each.order, default=None)

    async def overrides(self, repository: str = "") -> tuple[Overruled, ...]:
        return tuple(each for each in self.words.values() if repository in ("", each.repository))

    async def newest_overrides(self, repository: int) -> dict[str, Override]:
        ours = [each for each in self.words.values() if each.subject.repository == repository]
        return {each.subject.key: each.override for each in sorted(ours, key=lambda each: each.override.order)}

    async def lapsed(self, today: date) -> tuple[Subject, ...]:
        ends = ((each.subject, each.override.until) for each in self.words.values())
        return tuple(subject for subject, until in ends if until and self.told_until <= until < today)

    async def note_lapsed(self, today: date) -> None:
        self.told_until = today

    async def keep_scan_page(self, subject: Subject, page: Page) -> None:
        self.pages.setdefault(subject.repository, []).append(page)

    async def last_scan_page(self, subject: Subject) -> Page | None:
        return next(reversed(self.pages.get(subject.repository, [])), None)

    async def scan_pages(self, subject: Subject) -> tuple[Page, ...]:
        return tuple(self.pages.get(subject.repository, ()))

    async def drop_scan_pages(self, subject: Subject) -> None:
        self.pages.pop(subject.repository, None)

    async def end_scan(self, subject: Subject, scan: Scan) -> None:
        self.scans[subject.repository] = scan
        self.pages.pop(subject.repository, None)

    async def scan(self, repository: str) -> Scan | None:
        return next((each for each in self.scans.values() if each.repository == repository), None)

    async def scanned(self, repositories: Collection[int]) -> frozenset[int]:
        return frozenset(repositories) & (self.scans.keys() | self.pages.keys())

    async def written(self, installation: int, *, since: datetime) -> tuple[datetime, ...]:
        return tuple(at for whose, at in self.content if whose == installation and at > since)

    async def keep_written(self, installation: int, *, at: datetime, forget: datetime) -> None:
        self.content = [*(each for each in self.content if each[1] >= forget), (installation, at)]

    async def ready(self) -> None:
        pass

    async def try_writing(self, *, now: datetime) -> None:
        pass

    async def close(self) -> None:
        pass


class MemoryQueue:
    """Jobs that wait, folded, one at a time for each subject; `drain` runs them to the last."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.replayed: list[int] = []
        self.waiting: list[Job] = []
        self.running: set[str] = set()

    async def ring(self, *jobs: Job, delivery: Delivery | None = None) -> bool:
        if delivery is not None:
            if delivery.guid in self.taken:
                return False
            self.taken.add(delivery.guid)
        for job in jobs:
            if job.fold not in {other.fold for other in self.waiting}:
                self.waiting.append(job)
        return True

    async def backlog(self) -> Backlog:
        return Backlog(jobs=len(self.waiting), dead=0, oldest=None)

    async def replay_refused(self, installation: int) -> None:
        self.replayed.append(installation)

    async def drain(self, run: Run) -> None:
        """Run what may run; a subject that is being looked at, by whoever called this, has to wait for that."""
        while job := next((each for each in self.waiting if each.subject.key not in self.running), None):
            self.waiting.remove(job)
            self.running.add(job.subject.key)
            try:
                await run(job)
            finally:
                self.running.discard(job.subject.key)
