"""What GitHub refused to one installation, taken up again once it lets us."""

from ghapp.errors import Refused
from ghapp.queue import Queue


async def replay_refused(queue: Queue, installation: int) -> None:
    """Ring anew what was given up because GitHub did not let us, for one installation."""
    for letter in await queue.dead_letters():
        ours = letter.job is not None and letter.job.subject.installation == installation
        if ours and letter.reason.startswith(f"{Refused.__name__}:"):
            await queue.replay(letter.id)
