"""Group commit: changes that arrive while one transaction is written share the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from ghapp.errors import Again

PATIENCE = (
    8.0  # seconds for a ring, since GitHub hangs up after ten, and those before it may each wait for the database
)

Change = TypeVar("Change")
Answer = TypeVar("Answer")


class Commits(Generic[Change, Answer]):
    """Writes changes in batches: one at a time, each as large as it has become, none waiting for company.

    `commit` writes some changes in one transaction and answers each.
    """

    def __init__(self, commit: Callable[[Sequence[Change]], Awaitable[Sequence[Answer]]]) -> None:
        self._commit = commit
        self._waiting: list[tuple[Change, asyncio.Future[Answer]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, change: Change, *, within: float | None = None) -> Answer:
        """Return when the change is on disk.

        Raises:
            Again: it is not there within so many seconds; if it is being written, it may yet come there.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, answer))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        try:
            async with asyncio.timeout(within):
                return await answer
        except TimeoutError:
            self._waiting = [waiting for waiting in self._waiting if not waiting[1].done()]
            raise Again("the database is busy") from None

    async def close(self) -> None:
        """Wait for what is being written."""
        if self._writer is not None:
            await self._writer

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._write_batch(batch)
            except Exception as error:  # whatever it was, nobody may wait for ever
                for _, answer in batch:
                    if not answer.done():
                        answer.set_exception(error)

    async def _write_batch(self, batch: list[tuple[Change, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._commit([change for change, _ in batch])
        except Again:
            raise
        except Exception:
            if len(batch) == 1:
                raise
            await self._write_each(batch)  # one of them is bad; the others must not suffer for it
            return
        for (_, answer), value in zip(batch, answers, strict=True):
            if not answer.done():  # whoever asked may have gone
                answer.set_result(value)

    async def _write_each(self, batch: list[tuple[Change, asyncio.Future[Answer]]]) -> None:
        for one in batch:
            try:
                await self._write_batch([one])
            except Exception as error:
                if not one[1].done():
                    one[1].set_exception(error)
