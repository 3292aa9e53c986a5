"""The backlog report: once for each repository after the installation, by itself and without a word on GitHub.

The look at an installation's repositories rings it. A job reads one page and rings the next, so that none is long and
people's own work goes between.
"""

from functools import partial

import structlog

from ghapp import scan
from ghapp.context import Context, Done
from ghapp.subjects import Job

log = structlog.get_logger(__name__)


async def handle(ctx: Context, job: Job) -> Done:
    """Take the next step of a repository's scan."""
    page = await scan.step(
        scan.Scanning(
            client=ctx.client,
            subject=job.subject,
            kept=scan.InStore(store=ctx.store, subject=job.subject),
            policy=partial(scan.kept_policy, ctx.store, job.subject),
            judge=scan.judge,
            now=lambda: ctx.now,
        )
    )
    if page.next:
        await ctx.ring(job)
    else:
        log.info("scan.ended", repository=page.repository, issues=page.open)
    return Done(repository=page.repository)
