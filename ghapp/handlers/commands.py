"""Commands in comments: who may, the acknowledgement, and the one thing each sets off."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from ghapp.context import Context
from ghapp.github import read, write
from ghapp.github.command import command
from ghapp.github.facts import CommandComment, Thread
from ghapp.render.commands import COMMANDS, Command, Who, help_comment, refusal
from ghapp.subjects import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """A command as it was given, and where."""

    job: Job
    thread: Thread
    comment: CommandComment
    word: str


async def handle(ctx: Context, job: Job) -> None:
    """Obey the command of a comment as the comment is now, or say once why not."""
    thread = await read.thread(ctx.client, job.subject, app=ctx.identity.id)
    comment = await read.command_comment(ctx.client, thread.place, job.command)
    asked = command(comment.text)
    if asked is None or not comment.by_person or thread.closed_to_us:
        return
    call = _Call(job=job, thread=thread, comment=comment, word=asked.word)
    known = next((each for each in COMMANDS if each.name == asked.word), None)
    await write.reaction(ctx.client, thread.place, job.command)
    if known is None:
        await _refuse(ctx, call, f"`/handoff {asked.word}` is not a command.")
    elif not await _may(ctx, call, known):
        await _refuse(ctx, call, f"`{known.usage}` is for {known.who}.")
    else:
        await OBEY[known.name](ctx, call)


async def _check(ctx: Context, call: _Call) -> None:
    await ctx.ring(Job(subject=call.job.subject, why="command.check", again=True))


async def _help(ctx: Context, call: _Call) -> None:
    await write.reply(ctx.client, call.thread, help_comment(), to=call.comment, app=ctx.identity)


OBEY: Mapping[str, Callable[[Context, _Call], Awaitable[None]]] = {"check": _check, "help": _help}


async def _may(ctx: Context, call: _Call, known: Command) -> bool:
    involved = (call.thread.author, *call.thread.assignees)
    if known.who is Who.ANYBODY or call.comment.author in involved:
        return True
    return await read.may_triage(ctx.client, call.thread.place, call.comment.author)


async def _refuse(ctx: Context, call: _Call, reason: str) -> None:
    await write.reply(ctx.client, call.thread, refusal(reason), to=call.comment, app=ctx.identity)
