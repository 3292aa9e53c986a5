"""Policy files of default branches: the last version without mistakes is kept, and what depends on one is looked at.

A look at an issue or a pull request brings both files with it, so nothing has to be told of a change but what nobody
touches: open subjects that were judged under another version.
"""

from dataclasses import replace

import structlog

from config import standing
from config.load import PATH, Loaded
from config.standing import File
from ghapp.context import TOLD, Context, Done, InForce, apart
from ghapp.github import read
from ghapp.github.facts import OwnerFile
from ghapp.store import LastGood
from ghapp.subjects import Job, Kind, Subject

SECTIONS = {Kind.ISSUE: "readiness", Kind.PULL: "rationale"}

log = structlog.get_logger(__name__)


async def handle(ctx: Context, job: Job) -> Done:
    """Look at a repository's policy file, and ring what is open and was judged under another version."""
    place = await read.policy(ctx.client, job.subject)
    policy = await ctx.policy(job.subject, place.policy)
    found = await read.backlog(ctx.client, job.subject)
    there = [replace(job.subject, kind=Kind.ISSUE, number=number) for number in found.issues]
    there += [replace(job.subject, kind=Kind.PULL, number=each.number) for each in found.pulls]
    kept = await ctx.store.kept_verdicts([each.key for each in there])
    versions = {kind: policy.loaded.version_for(section) for kind, section in SECTIONS.items()}
    stale = [each for each in there if each.key in kept and _is_stale(kept[each.key], versions[each.kind], policy)]
    await ctx.ring(*(Job(subject=each, why="policy.changed") for each in stale))
    log.info("policy.looked-at", repository=place.repository, open=len(there), stale=len(stale))
    return Done(repository=place.repository)


async def handle_owner(ctx: Context, job: Job) -> Done:
    """Look at an owner's policy file; where it asks something else, ring the owner's repositories."""
    known = await ctx.store.policy(job.subject)
    file = await read.owner_policy(ctx.client, job.subject, was_there=bool(known and known.text))
    before, after = await apart(lambda: (_asks(File(text=known.text if known else ""), file), _asks(_now(file), file)))
    if after is None:
        log.warning("policy.broken", repository=file.repository)
        return Done(repository=file.repository)
    await ctx.store.keep_policy(job.subject, LastGood(oid=file.oid, text=file.text or ""))
    if before is None or (before.policy, before.locks.keys()) != (after.policy, after.locks.keys()):
        await _ring_repositories(ctx, job.subject)
    return Done(repository=file.repository)


async def _ring_repositories(ctx: Context, owner: Subject) -> None:
    page, is_last = 1, False
    while not is_last:
        found = await read.repositories(ctx.client, page)
        places = zip(found.numbers, found.nodes, strict=True)
        subjects = (
            Subject(kind=Kind.POLICY, installation=owner.installation, repository=number, repository_node=node)
            for number, node in places
        )
        await ctx.ring(*(Job(subject=subject, why="policy.owner") for subject in subjects))
        page, is_last = page + 1, found.is_last


def _now(file: OwnerFile) -> File:
    return File(text=file.text)


def _asks(text: File, file: OwnerFile) -> Loaded | None:
    """What an owner's text asks; None when it has mistakes."""
    found = standing.stand(File(), text, owner_file=f"{file.repository}/{PATH}")
    return None if found.broken_owner else found.over


def _is_stale(verdict: dict[str, object], version: str, policy: InForce) -> bool:
    """Whether a verdict was made under another version, or tells of a mistake in a file that is mended."""
    made_under = verdict["policy"]
    is_other = not isinstance(made_under, dict) or made_under["version"] != version
    return is_other or verdict.get(TOLD, list(policy.notes)) != list(policy.notes)
