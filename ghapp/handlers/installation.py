"""Installations: kept as GitHub describes them, forgotten with everything known of them once deleted."""

from ghapp.context import Context
from ghapp.errors import Gone
from ghapp.subjects import Job


async def handle(ctx: Context, job: Job) -> None:
    """Look at an installation; its token goes, as what it may do was fixed when it was made."""
    ctx.drop_token(job.subject.installation)
    try:
        await ctx.renew_installation(job.subject.installation)
    except Gone:
        await ctx.store.forget_installation(job.subject.installation)
