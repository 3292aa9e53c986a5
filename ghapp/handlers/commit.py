"""Commits whose checks were asked to run again: every open pull request with this head is looked at."""

from dataclasses import replace

from ghapp.context import Context
from ghapp.github import read
from ghapp.subjects import Job, Kind


async def handle(ctx: Context, job: Job) -> None:
    """Ring for each pull request; the commit is named by GitHub, its pull requests are not, for forks."""
    seen = await read.commit(ctx.client, job.subject, app=ctx.identity.id)
    for number in seen.pulls:
        subject = replace(job.subject, kind=Kind.PULL, number=number, sha="")
        await ctx.ring(Job(subject=subject, why=job.why, again=job.again))
