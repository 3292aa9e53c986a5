"""A pull request that edits the policy: what its check run says of the file as the head has it.

It is judged by the policy of the default branch like every other; nothing here has a say in the conclusion.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.changes import changes
from config.load import PATH, Loaded
from ghapp.context import Context, standing_policy
from ghapp.github.facts import PolicyFile, SeenPull
from ghapp.handlers import dry_run
from ghapp.handlers.dry_run import Edit
from ghapp.render import check_run
from ghapp.render import policy_edit as render
from ghapp.render.check_run import CheckRun
from ghapp.render.policy_edit import DryRun
from ghapp.subjects import Job

KEPT = "dry-run"  # the key beside a verdict where the counts stand, so that they are made once


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A check run that tells what becomes of the policy, and what to keep beside the verdict."""

    run: CheckRun
    kept: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merge:
    """A pull request whose file has no mistakes: the policy in force, and the one after it."""

    seen: SeenPull
    file: PolicyFile
    old: Loaded
    new: Loaded

    @property
    def versions(self) -> list[str]:
        """What tells this comparison from others."""
        return [self.old.version, self.new.version]

    @property
    def deed(self) -> str:
        """What it does to the file; one that goes to another path is listed there only."""
        if not self.file.oid:
            return "removes" if any(each.path == PATH for each in self.seen.pull.files) else "moves"
        return "edits" if self.seen.place.policy_oid else "adds"

    @property
    def owner(self) -> str:
        """Whose policy it is, if that is more than the repository's."""
        return self.seen.place.repository.partition("/")[0] if self.seen.place.is_owners else ""


async def show(ctx: Context, job: Job, seen: SeenPull, old: Loaded, run: CheckRun) -> Shown:
    """The check run of a pull request with what it does to the policy, if it touches the file at all."""
    file, place = seen.policy_edit, seen.place
    if file is None:
        return Shown(run=run)
    if file.text is None:
        return Shown(run=check_run.with_policy_edit(run, render.NO_TEXT))
    found = await standing_policy(ctx.store, job.subject, place.merged(file))
    broken = found.broken_owner if place.is_owners else found.broken
    mistakes = broken.mistakes if broken else ()
    if seen.pull.base != place.default_branch:
        branches = render.Branches(base=seen.pull.base, default=place.default_branch)
        section = render.elsewhere(branches, mistakes, changes(old, found.loaded))
    elif mistakes:
        section = render.broken(mistakes)
    else:
        return await _valid(ctx, job, _Merge(seen=seen, file=file, old=old, new=found.loaded), run)
    title, marks = render.title(mistakes), render.annotations(mistakes, text=file.text)
    return Shown(run=check_run.with_policy_edit(run, section, title=title, annotations=marks))


async def _valid(ctx: Context, job: Job, merge: _Merge, run: CheckRun) -> Shown:
    changed, overruled = changes(merge.old, merge.new), merge.new.overruled
    counted = await _counted(ctx, job, merge) if changed else None
    section = render.valid(changed, counted, overruled=overruled, deed=merge.deed, owner=merge.owner)
    marks = render.annotations(overruled, text=merge.file.text or "")
    kept = {KEPT: dry_run.to_json(counted, of=merge.versions)} if counted else {}
    return Shown(run=check_run.with_policy_edit(run, section, annotations=marks), kept=kept)


async def _counted(ctx: Context, job: Job, merge: _Merge) -> DryRun:
    """What was counted for the same two policies, unless somebody asks anew; else counted now."""
    subject = dry_run.pull(job.subject, merge.seen.number)
    kept = None if job.again else await ctx.store.verdict(subject)
    before = dry_run.from_json(kept and kept.get(KEPT), of=merge.versions)
    return before or await dry_run.count(ctx, subject, Edit(merge.old.policy, merge.new.policy))
