"""The commands by which a person overrules a verdict, and takes that back: kept for ever, and looked at at once."""

from datetime import date

from ghapp import overrides
from ghapp.context import Context
from ghapp.errors import UserError
from ghapp.github import manners, write
from ghapp.github.facts import SeenIssue
from ghapp.handlers.commands.call import Call
from ghapp.overrides import Override, Word
from ghapp.render import commands
from ghapp.store import Overruled
from ghapp.subjects import Job

COLOUR = "0e8a16"  # of GitHub's own palette


async def exempt(ctx: Context, call: Call) -> None:
    """Let a subject pass for a reason.

    Raises:
        UserError: the reason is missing, or the day is none.
    """
    await _keep(ctx, call, _given(call, Word.EXEMPT))


async def ready(ctx: Context, call: Call) -> None:
    """Declare an issue ready for a reason; its labels are changed whoever set them, as this is a person's newer word.

    Raises:
        UserError: the reason is missing, or the day is none.
    """
    override = _given(call, Word.READY)
    newest = await ctx.store.override(call.job.subject)
    if isinstance(call.thread, SeenIssue) and (newest is None or newest.order < override.order):
        policy = await ctx.policy(call.job.subject, call.thread.place.policy)
        change = manners.labels_of_ready(call.thread, policy.loaded.policy.readiness.labels)
        await write.labels(ctx.client, call.thread, add=change.add, remove=change.remove, colour=COLOUR)
    await _keep(ctx, call, override)


async def unexempt(ctx: Context, call: Call) -> None:
    """Take back what was said last.

    Raises:
        UserError: nothing that was said stands.
    """
    override = _said(call, Word.UNEXEMPT)
    newest = await ctx.store.override(call.job.subject)
    is_known = newest is not None and newest.order >= override.order  # it is tried again
    if not is_known and (newest is None or not newest.stands(ctx.now)):
        raise UserError("Nothing is exempt or declared ready here.")
    await _keep(ctx, call, override)


def _given(call: Call, word: Word) -> Override:
    # Counted from when it was written: a retry after midnight says what the first attempt said.
    reason, until = overrides.asked(call.given.rest, now=call.at)
    if not any(letter.isalnum() for letter in reason):
        raise UserError(commands.lacks(call.command, "a reason"))
    return _said(call, word, reason=reason, until=until)


def _said(call: Call, word: Word, *, reason: str = "", until: date | None = None) -> Override:
    by, comment = call.asker.login, call.job.command
    return Override(word=word, by=by, reason=reason, at=call.at, until=until, comment=comment, place=call.place)


async def _keep(ctx: Context, call: Call, override: Override) -> None:
    said = Overruled(subject=call.job.subject, repository=call.thread.place.repository, override=override)
    await ctx.store.keep_override(said)
    await ctx.ring(Job(subject=call.job.subject, why=f"command.{override.word}"))
