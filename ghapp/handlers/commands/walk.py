"""The reviewer's walk over the acceptance criteria: a comment with boxes to tick, or what the command itself says."""

from checks import walk as words
from ghapp.context import Context
from ghapp.errors import UserError
from ghapp.github import write
from ghapp.github.facts import SeenPull
from ghapp.handlers.commands.call import Call, Said
from ghapp.promises import promised
from ghapp.render import walk as say
from ghapp.render.commands import Answer


async def walk(ctx: Context, call: Call) -> Said | None:
    """Show the boxes, with what is known of each; or take the words, of which the ledger keeps what it understands.

    Raises:
        UserError: the issues promise nothing, or nothing that was said can be taken.
    """
    assert isinstance(call.thread, SeenPull)
    found = await promised(ctx, call.job.subject, call.thread)
    traced = await found.traced()
    names = [each.name for each in traced if each.is_asked]
    if not names or not found.ledgers:
        raise UserError(say.nothing_promised())
    if not call.given.rest:
        text = say.comment(traced, found.steps(traced), as_of=ctx.now)
        there = tuple(each for each in call.thread.comments if each.text.startswith(say.MARKER))
        await write.comment(ctx.client, call.thread, text, over=there, same=say.same)
        return None
    said = words.words(call.given.rest, names)
    faults = say.faults(said, names)
    if not said.steps:
        raise UserError(" ".join(faults))
    return Said(Answer.WALK, " ".join((say.kept(said.steps), *faults))) if faults else None
