"""The policy file of a default branch: the last version without mistakes is kept, for the day it has some."""

from ghapp.context import Context, Done
from ghapp.github import read
from ghapp.subjects import Job


async def handle(ctx: Context, job: Job) -> Done:
    """Look at a policy file that was pushed."""
    place = await read.policy(ctx.client, job.subject)
    await ctx.policy(job.subject, place.policy)
    return Done(repository=place.repository)
