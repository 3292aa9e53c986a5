"""Commands in comments, and the check run's buttons: who may, the acknowledgement, and what each sets off."""

from collections.abc import Mapping, Sequence

from ghapp.context import Context, Done
from ghapp.errors import UserError
from ghapp.github import read, write
from ghapp.github.command import commands
from ghapp.handlers.commands import handover, overrides, walk, words
from ghapp.handlers.commands.call import Asker, Call, Obey, Said
from ghapp.render import buttons
from ghapp.render import commands as say
from ghapp.render.commands import Answer, Who
from ghapp.subjects import Job

SEEN, DONE, NOT_DONE = "eyes", "+1", "confused"  # reactions, as GitHub calls them

OBEY: Mapping[str, Obey] = {
    "check": words.check,
    "explain": words.explain,
    "template": words.template,
    "policy": words.policy,
    "exempt": overrides.exempt,
    "ready": overrides.ready,
    "unexempt": overrides.unexempt,
    "question": handover.question,
    "answer": handover.answer,
    "decide": handover.decide,
    "update": handover.update,
    "walk": walk.walk,
    "help": words.show_help,
}


async def handle(ctx: Context, job: Job) -> Done:
    """Obey the commands of a comment as the comment is now, or say once why not."""
    thread = await read.thread(ctx.client, job.subject, app=ctx.identity.id)
    comment = await read.command_comment(ctx.client, thread.place, job.command)
    asked = commands(comment.text)
    done = Done(repository=thread.place.repository, number=thread.number)
    if not asked or not comment.by_person or thread.closed_to_us:
        return done
    await write.reaction(ctx.client, thread.place, job.command, SEEN)
    asker = Asker(ctx.client, thread, comment.author)
    said = [
        await _obeyed(
            ctx,
            Call(
                job=job, thread=thread, asker=asker, given=each, place=place, at=comment.written_at, text=comment.text
            ),
        )
        for place, each in enumerate(asked[: say.MOST])
    ]
    if len(asked) > say.MOST:
        said.append(_refused(ctx, say.too_many()))
    answers = [each for each in said if each is not None]
    await _answer(ctx, asker, answers, about=str(job.command))
    refused = any(each.answer is Answer.REFUSAL for each in answers)
    await write.reaction(ctx.client, thread.place, job.command, NOT_DONE if refused else DONE)
    return done


async def pressed(ctx: Context, job: Job) -> Done:
    """Do what a button of a pull request's check run says, for whoever may use the command of the same name."""
    seen = await read.pull(ctx.client, job.subject, app=ctx.identity.id)
    done = Done(repository=seen.place.repository, number=seen.number)
    command = say.find(job.button)
    if command is None or job.button not in (buttons.CHECK.identifier, buttons.EXEMPT.identifier):
        return done  # another version's
    asker = Asker(ctx.client, seen, job.by)
    if not await asker.may(command.who):
        await _answer(ctx, asker, [_refused(ctx, say.not_for(command))], about=seen.head)
    elif job.button == buttons.CHECK.identifier:
        await words.look_again(ctx, job.subject)
    else:
        await _answer(ctx, asker, [Said(Answer.REASON, say.reason_wanted(command))], about=seen.head)
    return done


async def _obeyed(ctx: Context, call: Call) -> Said | None:
    """Obey one command, if this person may use it here; what there is to say of it."""
    try:
        command = call.command
        if not await call.asker.may(command.who):
            raise UserError(say.not_for(command))
        if not say.works_on(command, call.job.subject.kind):
            raise UserError(say.not_here(command))
        return await OBEY[command.name](ctx, call)
    except UserError as error:
        return _refused(ctx, str(error))


def _refused(ctx: Context, reason: str) -> Said:
    return Said(Answer.REFUSAL, say.refusal(reason, manual=ctx.manual))


async def _answer(ctx: Context, asker: Asker, said: Sequence[Said], *, about: str) -> None:
    """Answer in one comment, unless an earlier attempt did; `about` is what was asked.

    A stranger is answered once in a conversation, so that nobody makes us fill it; the reaction is for each.
    """
    thread = asker.thread
    there = [comment.text for comment in thread.comments]
    if thread.closed_to_us or say.is_about(there, about):
        return
    new = [each for each in said if thread.is_read_whole and not say.is_addressed(there, each.answer, to=asker.login)]
    if len(new) < len(said) and not await asker.may(Who.INVOLVED):
        said = new
    if said:
        texts = (say.addressed(each.text, each.answer, to=asker.login, about=about) for each in said)
        await write.reply(ctx.client, thread, say.together(texts))
