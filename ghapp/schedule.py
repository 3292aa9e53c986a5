"""The clock: a sender like GitHub, whose ticks are deliveries with ids of our own making.

The table of deliveries lets an id be once only, over all processes; so any number of them may keep the same time.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from ghapp import clock
from ghapp.errors import Again
from ghapp.queue import Queue
from ghapp.subjects import SWEEP, Delivery, Job

EVERY = timedelta(minutes=5)
# After the start: a sweep of the very minute may have ended before a delivery failed for want of us.
SECOND = timedelta(minutes=1)

log = structlog.get_logger(__name__)


async def keep(
    queue: Queue, *, ended: Callable[[float], Awaitable[bool]], now: Callable[[], datetime] = clock.now
) -> None:
    """Ring the sweep at the start, a minute later, and at every fifth minute of the hour.

    `ended` waits so many seconds, and says whether the end was asked for meanwhile.
    """
    await _sweep(queue, now())
    pause = SECOND
    while not await ended(pause.total_seconds()):
        await _sweep(queue, now())
        pause = EVERY - (now() - datetime.min.replace(tzinfo=now().tzinfo)) % EVERY


async def _sweep(queue: Queue, at: datetime) -> None:
    delivery = Delivery(guid=f"clock:sweep:{at:%Y-%m-%dT%H:%MZ}", event="clock", action="sweep")
    try:
        await queue.ring(Job(subject=SWEEP, why="clock.sweep", delivery=delivery.guid), delivery=delivery)
    except Again as error:
        log.warning("clock.late", reason=str(error))  # the next tick rings the same
