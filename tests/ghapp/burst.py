"""A process that rings and works until it is killed: `python burst.py URL FIRST`; says what it rang and what it ran."""

import asyncio
import os
import sys
from itertools import count

from ghapp import queue
from ghapp.subjects import Delivery, Job, Kind, Subject

AT_ONCE = 20


def say(what: str, number: int) -> None:
    os.write(1, f"{what} {number}\n".encode())  # at once, in one piece: the next moment may not come


async def run(job: Job) -> None:
    await asyncio.sleep(0.001)  # a while in which a kill can strike
    say("ran", job.subject.number)


async def ring(ours: queue.Queue, numbers: "count[int]") -> None:
    for number in numbers:
        job = Job(subject=Subject(kind=Kind.ISSUE, installation=1, repository=1, number=number), why="issues.edited")
        if await ours.ring(job, delivery=Delivery(guid=str(number), event="issues", action="edited")):
            say("rang", number)


async def main(url: str, first: int) -> None:
    ours = await queue.open(url)
    numbers = count(first)
    await asyncio.gather(ours.work(run), *(ring(ours, numbers) for _ in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
