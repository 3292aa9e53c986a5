"""The seam between reading and judging: a reader gives units their roles, criteria look at roles only."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from checks.subject import Issue, Pull
from checks.text import Document, Unit
from checks.verdict import TITLE_LINE, Evidence


class Role(StrEnum):
    """What a unit does for a reader who has to start the work, or to review it."""

    # issues
    PRESENT = "present"  # today's system, its behaviour, the cause
    WANTED = "wanted"  # what is to be different
    IO = "io"  # concrete input, output, API, step, actual or expected value
    CHECK = "check"  # verifies that it is done
    BOUND = "bound"  # limits the work
    FAILURE = "failure"  # errors, limits, empty input, migration
    REASON = "reason"  # why it matters
    OPEN = "open"  # undecided
    HIDDEN = "hidden"  # leans on private talk, a link that a stranger cannot open, a person
    VAGUE = "vague"  # wishful where a fact is needed
    ENGAGEMENT = "engagement"  # timeline, review, effort, deliverable
    ONGOING = "ongoing"  # ownership without an end, an epic
    BLOCKED = "blocked"  # cannot begin before something else is finished
    # pull requests
    WHAT = "what"
    WHY = "why"
    DECISION = "decision"
    NEEDS_DECISION = "needs-decision"
    VERIFICATION = "verification"
    # both
    LINK = "link"  # to another ticket; in a pull request to the issue it answers
    TEMPLATE = "template"  # left over from a template
    NOISE = "noise"  # logs, greetings, dumps, text of robots


class IssueKind(StrEnum):
    """What an issue asks for, as its text says; it decides what answers what, and no label is needed for it."""

    BUG = "bug"
    FEATURE = "feature"
    CHORE = "chore"  # migrate, upgrade, rename, remove, refactor
    DOCS = "docs"
    SPIKE = "spike"  # find something out
    QUESTION = "question"  # asks for help: nothing to deliver
    RECORD = "record"  # tells of work that is done: a log, release notes, a pull request's text, a robot's notice
    NOTHING = "nothing"  # a text that asks for nothing, or no text


NOT_WORK = frozenset({IssueKind.QUESTION, IssueKind.RECORD, IssueKind.NOTHING})  # what has to change comes first


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with the roles of its units, one set for each unit, in the same order."""

    document: Document
    roles: tuple[frozenset[Role], ...]
    english: bool = True
    kind: IssueKind | None = None  # of an issue

    def units(self, *wanted: Role, without: Iterable[Role] = (Role.TEMPLATE, Role.NOISE)) -> tuple[Unit, ...]:
        """The units that have one of the wanted roles and none of those in `without`, unless they are wanted."""
        asked = frozenset(wanted)
        barred = frozenset(without) - asked
        pairs = zip(self.document.units, self.roles, strict=True)
        # Most units lack the role: the cheaper question first, since every criterion asks this of every unit.
        return tuple(unit for unit, roles in pairs if roles & asked and not roles & barred)

    def evidence(self, *wanted: Role, most: int = 3) -> tuple[Evidence, ...]:
        """The first few units with one of the wanted roles, quoted."""
        return tuple(quote(unit) for unit in self.units(*wanted)[:most])


class Reader(Protocol):
    """Gives each unit its roles: the default is local and deterministic, another may be set in its place."""

    def issue(self, issue: Issue) -> Reading:
        """Read an issue."""
        ...

    def pull(self, pull: Pull) -> Reading:
        """Read a pull request."""
        ...


def quote(unit: Unit) -> Evidence:
    """A unit as evidence."""
    return Evidence(unit.line, unit.text)


def excerpt(unit: Unit, most: int = 60) -> str:
    """The first words of a unit in quotation marks, short enough for a sentence of advice."""
    return shortened(unit.text, most)


def shortened(written: str, most: int = 60) -> str:
    """The first words of a text in quotation marks."""
    text = " ".join(written[: 4 * most].split())
    return f'"{text}"' if len(text) <= most else f'"{text[: most - 3].rsplit(" ", 1)[0]} ..."'


def beside(unit: Unit) -> str:
    """Where a sentence of advice wants something added: the title is named, other words are quoted."""
    return "Below the title" if unit.line == TITLE_LINE else f"Beside {excerpt(unit)}"
