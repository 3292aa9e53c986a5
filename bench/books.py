"""What a load has to come to: what GitHub shows of a subject, against the newest delivery of it that was accepted."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.fake_github import GitHub
from tests import fakes

PUSHED = 0.2  # of the edits of pull requests, with a new head
READY, NOT_READY = "handoff: ready", "handoff: not ready"
WANTING = "Adds a table."
PULL = "Invoices that fail are tried again, because customers were billed twice last week."
ISSUE = (Path(__file__).parent.parent / "tests" / "cases" / "good-feature" / "issue.md").read_text(encoding="utf-8")

_EDIT = re.compile(r"edit ([0-9]+)")


@dataclass
class Subject:
    """An issue or a pull request whose title and text say how often it was edited."""

    thread: fakes.FakeIssue
    edits: int = 0
    accepted: int = 0  # the newest edit whose delivery was answered 202
    heads: list[str] = field(default_factory=list)

    @property
    def event(self) -> str:
        """The event that tells of its edits."""
        return "pull_request" if isinstance(self.thread, fakes.FakePull) else "issues"

    def edit(self, chance: random.Random) -> str:
        """Change it as a person would; the action of the delivery that tells of it."""
        self.edits += 1
        self.thread.title = f"Retry invoices, edit {self.edits}"
        good = PULL if isinstance(self.thread, fakes.FakePull) else ISSUE
        self.thread.body = f"{chance.choice((WANTING, good))}\n\nThis is edit {self.edits}."
        if isinstance(self.thread, fakes.FakePull) and (not self.heads or chance.random() < PUSHED):
            self.thread.head = f"{self.thread.number:08x}{self.edits:032x}"
            self.heads.append(self.thread.head)
            return "synchronize"
        return "edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What came of a load."""

    accepted: int
    refused: Counter[str]  # why -> how many
    subjects: int  # with an accepted delivery
    lost: tuple[str, ...]
    duplicated: tuple[str, ...]
    writes: Counter[str]

    @property
    def are_balanced(self) -> bool:
        """Whether nothing was lost and nothing was written twice."""
        return self.subjects > 0 and not self.lost and not self.duplicated

    def __str__(self) -> str:
        lines = (
            f"  accepted {self.accepted}, refused {self.refused.total()} {_told(self.refused)}",
            f"  {self.subjects} subjects: {self.subjects - len(self.lost)} reflected, {len(self.lost)} lost",
            f"  {len(self.duplicated)} duplicated",
            f"  writes at GitHub: {self.writes.total()} {_told(self.writes)}",
            *(f"  lost: {what}" for what in self.lost),
            *(f"  duplicated: {what}" for what in self.duplicated),
        )
        return "\n".join(lines)


def _told(counted: Counter[str]) -> str:
    return f"({', '.join(f'{count} {what}' for what, count in sorted(counted.items()))})" if counted else ""


def lost(github: GitHub, subject: Subject) -> str:
    """What is missing of a subject's newest accepted edit, in words; nothing when all of it is shown."""
    number = subject.thread.number
    comments = [comment.text for comment in github.ours(number)]
    spoken = max(map(_edit, comments), default=0)
    if subject.event == "issues":
        label = READY if any("**Ready to hand over" in text for text in comments) else NOT_READY
        if spoken < subject.accepted:
            return f"issue {number}: the comment shows edit {spoken} of {subject.accepted}"
        return "" if label in subject.thread.labels else f"issue {number}: no label {label}"
    run = max(_runs(github, subject), key=lambda run: _edit(json.dumps(run.sent)), default=None)
    shown = _edit(json.dumps(run.sent)) if run else 0
    if run is None or shown < subject.accepted:
        return f"pull request {number}: the check shows edit {shown} of {subject.accepted}"
    if run.conclusion == "failure" and spoken < subject.accepted:
        return f"pull request {number}: the comment shows edit {spoken} of {subject.accepted}"
    if run.conclusion == "success" and spoken:
        return f"pull request {number}: it passes and its comment says that it does not"
    return ""


def duplicated(github: GitHub, subject: Subject) -> Iterator[str]:
    """What was written twice of a subject: comments, labels, check runs of one head."""
    number = subject.thread.number
    if (comments := len(github.ours(number))) > 1:
        yield f"{subject.event} {number}: {comments} comments"
    labels = [label for label in subject.thread.labels if label in (READY, NOT_READY)]
    if len(labels) > 1:
        yield f"{subject.event} {number}: labels {', '.join(labels)}"
    for head, runs in Counter(run.sha for run in _runs(github, subject)).items():
        if runs > 1:
            yield f"{subject.event} {number}: {runs} check runs on {head}"


def _runs(github: GitHub, subject: Subject) -> list[fakes.FakeRun]:
    return [run for run in github.repository.runs if run.sha in subject.heads]


def _edit(text: str) -> int:
    """The newest edit that a text speaks of."""
    return max(map(int, _EDIT.findall(text)), default=0)
