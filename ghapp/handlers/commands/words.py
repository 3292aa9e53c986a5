"""The commands that look and tell: they change nothing that is kept."""

from ghapp import judgement
from ghapp.context import Context, apart
from ghapp.errors import UserError
from ghapp.github.facts import SeenIssue, SeenPull
from ghapp.handlers.commands.call import Call, Said
from ghapp.promises import promised, untraced
from ghapp.render import commands, manual, templates, trace
from ghapp.render.commands import Answer
from ghapp.render.new_file import Editor
from ghapp.render.policy import in_force
from ghapp.subjects import Job, Kind, Subject, handover


async def check(ctx: Context, call: Call) -> None:
    """Have the subject looked at anew; what is there is written again, so that people see that it was."""
    await look_again(ctx, call.job.subject)


async def look_again(ctx: Context, subject: Subject) -> None:
    """Ring a look that writes even where nothing changed."""
    await ctx.ring(Job(subject=subject, why="command.check", again=True))


async def show_help(_ctx: Context, _call: Call) -> Said:
    """Show the table of commands."""
    return Said(Answer.HELP, commands.help_comment())


async def explain(ctx: Context, call: Call) -> Said:
    """Say what a criterion asks, what it counts here, and how this text came out when it was looked at last.

    Raises:
        UserError: there is no such criterion.
    """
    kind = "issue" if call.job.subject.kind is Kind.ISSUE else "pull"
    if not call.given.rest:
        raise UserError(f"{commands.lacks(call.command, 'a criterion')} {manual.names(kind)}")
    found = manual.find(kind, call.given.rest)
    if found is None:
        raise UserError(manual.unknown(kind, call.given.rest))
    held = await ctx.policy(call.job.subject, call.thread.place.policy)
    verdict = await ctx.store.verdict(call.job.subject) if found.kind == kind else None
    text = manual.explanation(found, held.loaded.policy, verdict=verdict, address=ctx.manual)
    return Said(Answer.EXPLANATION, text)


async def template(ctx: Context, call: Call) -> Said:
    """Answer with a skeleton of what this text lacks now, and with the templates of the policy.

    Where acceptance criteria were handed over, a table to trace them by comes with it.
    """
    place, thread = call.thread.place, call.thread
    held = await ctx.policy(call.job.subject, place.policy)
    editor = Editor(web=ctx.web, repository=place.repository, branch=place.default_branch)
    if isinstance(thread, SeenPull):
        found = await promised(ctx, call.job.subject, thread)
        traced = await found.traced()
        verdict = await apart(lambda: judgement.pull(found.pull, held.loaded))
        return Said(Answer.TEMPLATE, templates.answer(verdict, held.loaded.policy, editor, traced))
    assert isinstance(thread, SeenIssue)
    verdict = await apart(lambda: judgement.issue(thread.issue, held.loaded))
    text = templates.answer(verdict, held.loaded.policy, editor)
    ledger = await ctx.store.handover(handover(call.job.subject))
    if ledger is not None and ledger.ended_at is None:
        text = "\n\n".join(filter(None, (trace.offer(await apart(lambda: untraced(thread, ledger))), text)))
    return Said(Answer.TEMPLATE, text)


async def policy(ctx: Context, call: Call) -> Said:
    """Show the policy in force here, with the origin of each value."""
    held = await ctx.policy(call.job.subject, call.thread.place.policy)
    return Said(Answer.POLICY, in_force(held.loaded, held.notes, as_of=ctx.now))
