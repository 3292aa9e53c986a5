"""Commands in comments: who may, the acknowledgement, and the one thing each sets off."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from ghapp.context import Context, Done
from ghapp.github import read, write
from ghapp.github.command import command
from ghapp.github.facts import CommandComment, Thread
from ghapp.render.commands import COMMANDS, Answer, Command, Who, addressed, help_comment, is_addressed, refusal
from ghapp.subjects import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """A command as it was given, and where."""

    job: Job
    thread: Thread
    comment: CommandComment
    word: str


async def handle(ctx: Context, job: Job) -> Done:
    """Obey the command of a comment as the comment is now, or say once why not."""
    thread = await read.thread(ctx.client, job.subject, app=ctx.identity.id)
    comment = await read.command_comment(ctx.client, thread.place, job.command)
    asked = command(comment.text)
    done = Done(repository=thread.place.repository, number=thread.number)
    if asked is None or not comment.by_person or thread.closed_to_us:
        return done
    call = _Call(job=job, thread=thread, comment=comment, word=asked.word)
    known = next((each for each in COMMANDS if each.name == asked.word), None)
    await write.reaction(ctx.client, thread.place, job.command)
    if known is None:
        await _refuse(ctx, call, f"`/handoff {asked.word}` is not a command.")
    elif not await _may(ctx, call, known):
        await _refuse(ctx, call, f"`{known.usage}` is for {known.who}.")
    else:
        await OBEY[known.name](ctx, call)
    return done


async def _check(ctx: Context, call: _Call) -> None:
    await ctx.ring(Job(subject=call.job.subject, why="command.check", again=True))


async def _help(ctx: Context, call: _Call) -> None:
    await _answer(ctx, call, help_comment(), Answer.HELP)


OBEY: Mapping[str, Callable[[Context, _Call], Awaitable[None]]] = {"check": _check, "help": _help}


async def _may(ctx: Context, call: _Call, known: Command) -> bool:
    return known.who is Who.ANYBODY or await _is_trusted(ctx, call)


async def _is_trusted(ctx: Context, call: _Call) -> bool:
    if call.comment.author in (call.thread.author, *call.thread.assignees):
        return True
    return await read.may_triage(ctx.client, call.thread.place, call.comment.author)


async def _refuse(ctx: Context, call: _Call, reason: str) -> None:
    await _answer(ctx, call, refusal(reason), Answer.REFUSAL)


async def _answer(ctx: Context, call: _Call, text: str, answer: Answer) -> None:
    """Answer in words: a stranger once in a conversation, so that nobody makes us fill it; the reaction is for each."""
    author = call.comment.author
    known = any(is_addressed(comment.text, answer, to=author) for comment in call.thread.comments)
    if (known or not call.thread.is_read_whole) and not await _is_trusted(ctx, call):
        return
    said = addressed(text, answer, to=author)
    await write.reply(ctx.client, call.thread, said, to=call.comment, app=ctx.identity)
