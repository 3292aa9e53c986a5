"""The merge queue: its commits get the same check at once, or the queue waits until it gives up."""

from ghapp.context import Context, Done
from ghapp.github import read, write
from ghapp.github.events import QUEUE
from ghapp.render import check_run
from ghapp.subjects import Job


async def handle(ctx: Context, job: Job) -> Done:
    """Pass a commit of the queue: its pull requests were judged before they were queued."""
    seen = await read.commit(ctx.client, job.subject, app=ctx.identity.id)
    if seen.run is None or job.again:
        head = write.Head(place=seen.place, sha=job.subject.sha, external_id=QUEUE)
        await write.check_run(
            ctx.client, head, check_run.queue(manual=ctx.manual, as_of=ctx.now), over=seen.run, at=ctx.now
        )
    return Done(repository=seen.place.repository)
