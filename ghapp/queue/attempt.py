"""One run of a job, the same for both engines."""

import asyncio
from typing import Any

from ghapp.errors import Gone
from ghapp.queue import Run, records


async def attempt(run: Run, packed: dict[str, Any]) -> Exception | None:
    """Run a job once; what went wrong, or None when it ended well or its subject is gone.

    A cancellation that nobody asked of this task, as of a request that several jobs waited for, is a failure like any
    other: taken for an interruption, the job would run again at once and for ever.

    Raises:
        asyncio.CancelledError: the job was interrupted.
    """
    try:
        await run(records.unpack(packed))
    except Gone:
        return None
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        return RuntimeError("what the job waited for was cancelled")
    except Exception as error:
        return error
    return None
