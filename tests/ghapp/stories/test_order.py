"""Deliveries that come twice, late, in another order or in a crowd: what people see is what GitHub says last."""

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ghapp import database, handlers, queue
from ghapp.github import events
from ghapp.subjects import Delivery, Job
from tests import fakes
from tests.ghapp.runs import PATIENCE, depth, opened, working
from tests.world import World

BODIES = (
    "Adds a table.",
    "Invoices that fail are tried again, because customers were billed twice last week.",
    "The worker in `billing/worker.py` retries failed invoices every 10 minutes, since finance sends forty by hand.",
)
EDITS = 50
ISSUE, PULL = 1, 5
EVENTS = {ISSUE: ("issues", "issue"), PULL: ("pull_request", "pull_request")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One delivery of an edit: after how many further edits it comes, and whether with a GUID of its own."""

    later: int
    anew: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a person did to a subject, what GitHub sent of it, and whether the queue is worked off afterwards."""

    body: str
    is_push: bool
    sent: tuple[Sent, ...]
    worked: bool


class Stage:
    """A world whose deliveries go through a real queue."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.world = World()
        self.github = self.world.github
        self.github.issue(ISSUE, labels=["handoff"])
        self.github.pull(PULL)

    def edit(self, number: int, turn: int, *, body: str, is_push: bool = False) -> dict[str, Any]:
        """Change a subject; the payload of its delivery, with the text of this moment."""
        thread = self.github.repository.issues[number]
        thread.body, thread.title = body, f"Retry invoices, edit {turn}"
        action = "edited"
        if is_push and isinstance(thread, fakes.FakePull):
            thread.head, action = f"{turn:040x}", "synchronize"
        event, key = EVENTS[number]
        return fakes.delivery(event) | {"action": action, key: {"number": number, "body": body}}

    async def ring(self, ours: queue.Queue, number: int, payload: dict[str, Any], guid: str) -> None:
        event, _ = EVENTS[number]
        await ours.ring(*events.jobs(event, payload, app=fakes.US), delivery=Delivery(guid=guid, event=event))

    async def run(self, job: Job) -> None:
        await handlers.handle(self.world.context(), job)

    async def work(self) -> None:
        """Work all off that waits."""
        async with opened(self.url) as ours, working(ours, self.run), asyncio.timeout(PATIENCE):
            while await depth(ours):
                pass

    def shown(self, number: int) -> tuple[object, ...]:
        """What people see; a comment that says that a failure is over is there only where the failure was seen."""
        thread = self.github.repository.issues[number]
        runs = [run.sent for run in self.github.repository.runs if run.sha == getattr(thread, "head", "")]
        comments = [comment.text for comment in self.github.ours(number) if "Resolved:" not in comment.text]
        return [(run["conclusion"], run["output"]) for run in runs], comments, sorted(thread.labels)


SENT = st.builds(Sent, later=st.integers(0, 4), anew=st.booleans())
EDIT = st.builds(
    Edit,
    body=st.sampled_from(BODIES),
    is_push=st.booleans(),
    sent=st.lists(SENT, min_size=1, max_size=3).map(tuple),
    worked=st.booleans(),
)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory) -> Path:
    """A database to copy, since to make one takes longer than a story."""
    file = tmp_path_factory.mktemp("order") / "handoff.db"
    database.migrate(f"sqlite:///{file}")
    return file


@pytest.mark.parametrize("number", [ISSUE, PULL], ids=["issue", "pull request"])
@settings(max_examples=20, deadline=None)
@given(edits=st.lists(EDIT, min_size=1, max_size=5), chance=st.randoms(use_true_random=False))
async def test_deliveries_in_any_order_and_number_come_to_what_one_look_at_the_end_shows(
    migrated, number, edits, chance
):
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(f"sqlite:///{shutil.copy(migrated, folder)}")
        await tell(stage, number, edits, chance)
    assert stage.shown(number) == await shown_by_one_look(number, edits)


async def shown_by_one_look(number: int, edits: Sequence[Edit]) -> tuple[object, ...]:
    """What people see when all edits have happened before the first look."""
    stage = Stage("")
    for turn, edit in enumerate(edits):
        payload = stage.edit(number, turn, body=edit.body, is_push=edit.is_push)
    for job in events.jobs(EVENTS[number][0], payload, app=fakes.US):
        await stage.run(job)
    return stage.shown(number)


async def tell(stage: Stage, number: int, edits: Sequence[Edit], chance: Any) -> None:
    """Let the edits happen one after the other, and their deliveries come when they come."""
    coming: list[tuple[int, dict[str, Any], str]] = []
    for turn, edit in enumerate(edits):
        payload = stage.edit(number, turn, body=edit.body, is_push=edit.is_push)
        for copy, sent in enumerate(edit.sent):
            coming.append((turn + sent.later, payload, f"{turn}-{copy if sent.anew else 'same'}"))
        here = [each for each in coming if each[0] <= turn or turn == len(edits) - 1]
        coming = [each for each in coming if each not in here]
        chance.shuffle(here)
        async with opened(stage.url) as ours:
            for _, delivered, guid in here:
                await stage.ring(ours, number, delivered, guid)
        if edit.worked:
            await stage.work()
    await stage.work()


@pytest.mark.parametrize("number", [ISSUE, PULL], ids=["issue", "pull request"])
async def test_of_fifty_edits_in_a_burst_the_first_is_judged_at_once_and_the_last_wins(url, number):
    stage = Stage(url)
    edits = [Edit(body=BODIES[turn % 2], is_push=False, sent=(), worked=False) for turn in range(EDITS)]
    looked = asyncio.Event()

    async def burst() -> None:
        """The other edits happen when the first look has read the facts and writes, which nobody held back for them."""
        looked.set()
        for turn, edit in enumerate(edits[1:], start=1):
            await stage.ring(ours, number, stage.edit(number, turn, body=edit.body), str(turn))

    await pay_once(stage)
    stage.github.meanwhile.append(("^POST /repos", burst))
    async with opened(url) as ours, working(ours, stage.run), asyncio.timeout(PATIENCE):
        await stage.ring(ours, number, stage.edit(number, 0, body=edits[0].body), "0")
        await looked.wait()
        while await depth(ours):
            pass
    assert stage.shown(number) == await shown_by_one_look(number, edits)
    assert len(stage.github.calls) <= 6


async def pay_once(stage: Stage) -> None:
    """What costs calls for the first issue of an installation and a repository, and for no other."""
    await stage.world.context().renew_installation(fakes.INSTALLATION)
    stage.github.repository.labels["handoff: not ready"] = "d93f0b"
    stage.github.calls.clear()
