"""The weeks of hand-overs, in memory: as JSON, so that what cannot be kept is seen."""

import json
from collections.abc import Sequence

from ghapp.subjects import Subject
from ghapp.trends.weeks import Week, as_json, from_json


class MemoryWeeks:
    """The part of a store that trends are told by."""

    def __init__(self) -> None:
        self.kept_weeks: dict[str, str] = {}

    async def keep_weeks(self, subject: Subject, weeks: Sequence[Week]) -> None:
        self.kept_weeks[subject.key] = json.dumps([as_json(each) for each in weeks])

    async def weeks(self, subject: Subject) -> tuple[Week, ...]:
        return self._read(self.kept_weeks.get(subject.key, "[]"))

    async def weeks_of(self, name: str) -> tuple[Week, ...]:
        every = [week for text in self.kept_weeks.values() for week in self._read(text)]
        return tuple(each for each in every if name in (each.repository, each.repository.partition("/")[0]))

    async def weeks_known(self) -> tuple[str, ...]:
        names = {week.repository for text in self.kept_weeks.values() for week in self._read(text)}
        return tuple(sorted(names))

    def _read(self, text: str) -> tuple[Week, ...]:
        return tuple(filter(None, map(from_json, json.loads(text))))
