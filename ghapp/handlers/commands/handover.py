"""The commands of a hand-over: they say what its ledger takes up from the comment itself, and refuse what it would not.

Nothing is kept here: the ledger is derived from the comments, so that a repeat changes nothing.
"""

from checks import updates
from checks.verdict import Status
from config.people import Role
from config.policy import Policy
from ghapp.context import Context
from ghapp.errors import UserError
from ghapp.handlers.commands.call import Call, Said
from ghapp.handover.heard import addressed, without_commands
from ghapp.handover.ledger import Handover
from ghapp.handover.parties import Parties
from ghapp.render import commands
from ghapp.render import handover as say
from ghapp.render.commands import Answer
from ghapp.subjects import Kind, handover


async def question(ctx: Context, call: Call) -> None:
    """List a question.

    Raises:
        UserError: it says nothing, or nothing is handed over here.
    """
    _require(call, "a question")
    await _ledgers(ctx, call)


async def answer(ctx: Context, call: Call) -> None:
    """Answer a question that is listed.

    Raises:
        UserError: it says nothing, or no such question is open.
    """
    ledgers = await _ledgers(ctx, call)
    named, text = addressed("Q", call.given.rest)
    open_ = [each.id for ledger in ledgers for each in ledger.open_questions]
    known = [each.id for ledger in ledgers for each in ledger.questions]
    if not _says(text):
        raise UserError(commands.lacks(call.command, "an answer"))
    if named not in ("", *known) or not (named or open_):
        raise UserError(say.no_row("question", named, open_))


async def decide(ctx: Context, call: Call) -> None:
    """Decide what needs a decision, or note one.

    Raises:
        UserError: it says nothing, names no row, or comes from the contractor.
    """
    ledgers = await _ledgers(ctx, call)
    named, text = addressed("D", call.given.rest)
    if not _says(text):
        raise UserError(commands.lacks(call.command, "a decision"))
    if named and named not in {each.id for ledger in ledgers for each in ledger.decisions}:
        raise UserError(say.no_row("decision", named, [each.id for it in ledgers for each in it.open_decisions]))
    held = await _policy(ctx, call)
    for ledger in ledgers:
        parties = Parties(contractor=ledger.contractor, by=ledger.by, policy=held, outside=frozenset())
        if parties.side_of(call.asker.login) is Role.CONTRACTOR:
            raise UserError(say.not_by_contractor(call.command.usage))


async def update(ctx: Context, call: Call) -> Said | None:
    """Take a comment for a written update: what it leaves out is said; without words, the answer is one to fill in.

    Raises:
        UserError: nothing is handed over here.
    """
    first, *_ = await _ledgers(ctx, call)
    parts = (await _policy(ctx, call)).updates.parts
    words = without_commands(call.text)
    if not _says(words):
        return Said(Answer.UPDATE, say.update_form(parts, first))
    gaps = [each for each in updates.judge(words, parts) if each.status is Status.MISSING]
    return Said(Answer.UPDATE, say.update_lacks(gaps)) if gaps else None


def _require(call: Call, what: str) -> None:
    if not _says(call.given.rest):
        raise UserError(commands.lacks(call.command, what))


def _says(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


async def _policy(ctx: Context, call: Call) -> Policy:
    held = await ctx.policy(call.job.subject, call.thread.place.policy)
    return held.loaded.policy


async def _ledgers(ctx: Context, call: Call) -> list[Handover]:
    """The open hand-overs that a conversation is part of: a pull request may answer several issues.

    Raises:
        UserError: it is part of none, or none is followed.
    """
    if not (await _policy(ctx, call)).handover.enabled:
        raise UserError(say.not_followed())
    where = call.job.subject
    if where.kind is Kind.ISSUE:
        own = await ctx.store.handover(handover(where))
        found = [own] if own is not None and own.ended_at is None else []
    else:
        found = [each.handover for each in await ctx.store.handovers_of(where) if each.handover.ended_at is None]
    if not found:
        raise UserError(say.not_handed(where.kind))
    return found
