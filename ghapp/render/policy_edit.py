"""What a pull request does to the policy: the mistakes of its file at their lines, or what would change for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from config.changes import Change
from config.load import PATH
from config.mistakes import Mistake
from config.origin import Origin, Source
from ghapp.render import headline, quote
from ghapp.render.policy import cell, value

LISTED = 10  # mistakes in the summary
ANNOTATED = 50  # the most annotations that GitHub takes in one request

_OF = {Source.REPOSITORY: "the repository", Source.OWNER: "the organization"}
_IN_FORCE = "It is judged by the policy in force, not by its own."
_STAYS = "The last one without mistakes would stay, or the defaults where there was none."

# A picture, or a text larger than GitHub shows.
NO_TEXT = (
    f"**The policy file of this pull request is no text that can be read, so it would not come into force.** {_STAYS}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A sentence at a line of a file."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """How many open issues, or pull requests, would be judged another way; only those with a verdict are counted."""

    there: int  # all that are open
    seen: int  # as many of them were looked at
    judged: int = 0  # have a verdict
    lost: int = 0  # would pass no longer
    won: int = 0
    unjudged: int = 0  # would be judged no longer
    untold: int = 0  # cannot be told from what is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What a policy would do to what is open, and when that was counted."""

    issues: Shift
    pulls: Shift
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """The branch that a pull request goes into, and the one that the policy is read from."""

    base: str
    default: str


def elsewhere(branches: Branches, mistakes: Sequence[Mistake], changed: Sequence[Change]) -> str:
    """The pull request goes into a branch whose policy file nobody reads: what it would be on the one that is read."""
    base, default = quote.code(branches.base), quote.code(branches.default)
    lead = (
        f"**The policy does not change.** This pull request changes the policy file on {base}; "
        f"the policy is read from the default branch, {default}, and from nowhere else."
    )
    if mistakes:
        found = f"The file has {_count(mistakes)}, and would not come into force on {default} either."
        return f"{lead}\n\n{found}\n\n{_listing(mistakes)}"
    return f"{lead}\n\nOn {default} it would change this:\n\n{_table(changed)}" if changed else lead


def broken(mistakes: Sequence[Mistake]) -> str:
    """The file as the head has it would not come into force."""
    head = f"**The policy file of this pull request has {_count(mistakes)}, so it would not come into force.**"
    return f"{head} {_STAYS}\n\n{_listing(mistakes)}"


def _listing(mistakes: Sequence[Mistake]) -> str:
    marked = "\n\nThe first 50 are marked at their lines." if len(mistakes) > ANNOTATED else ""
    return f"{_lines(mistakes)}{marked}"


def title(mistakes: Sequence[Mistake]) -> str:
    """A passing check's title, which would hide the mistakes otherwise; "" where there are none."""
    return f"Passes; the new policy file has {_count(mistakes)}" if mistakes else ""


def annotations(mistakes: Sequence[Mistake], *, text: str) -> tuple[Annotation, ...]:
    """The first fifty mistakes at their lines; what is missing at the end of the file is said at its last line."""
    last = max(len(text.splitlines()), 1)
    return tuple(
        Annotation(path=PATH, line=min(each.line, last), message=quote.plain(_sentence(each), quote.SENTENCE))
        for each in mistakes[:ANNOTATED]
    )


def valid(
    changed: Sequence[Change], dry_run: DryRun | None, *, overruled: Sequence[Mistake], deed: str, owner: str = ""
) -> str:
    """What a file without mistakes would change, and what that would do.

    `deed` is what is done to it: "adds", "edits", "moves" or "removes"; `overruled` is what the owner's locks keep from
    holding; `owner` is named where the file is the policy of all its repositories.
    """
    outcome = "would change what is asked" if changed else "would change nothing that is in force"
    lead = f"**This pull request {deed} the policy file, and {outcome}.** {_IN_FORCE}{_for_all(owner)}"
    locked = f"What the organization locks would not hold:\n\n{_lines(overruled)}" if overruled else ""
    counted = _dry_run(dry_run) if dry_run else ""
    return "\n\n".join(part for part in (lead, _table(changed), counted, locked) if part)


def _table(changed: Sequence[Change]) -> str:
    rows = [
        f"| {quote.cell(each.key)} | {cell(each.old)}{_whose(each.old_origin)} | {_then(each)}{_whose(each.origin)} |"
        for each in changed
    ]
    return "\n".join(["| key | now | then |", "|---|---|---|", *rows]) if rows else ""


def _for_all(owner: str) -> str:
    if not owner:
        return ""
    return (
        f" The file is also the policy of every other repository of {quote.code(owner)} where the repository's own "
        "does not say otherwise; what is shown here is this repository only."
    )


def _lines(mistakes: Sequence[Mistake]) -> str:
    lines = [f"- line {each.line}: {quote.prose(_sentence(each))}" for each in mistakes[:LISTED]]
    return "\n".join([*lines, *([f"- {len(mistakes) - LISTED} more"] if len(mistakes) > LISTED else [])])


def _count(mistakes: Sequence[Mistake]) -> str:
    return "a mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"


def _sentence(mistake: Mistake) -> str:
    """A mistake without its file and line, beside which it stands."""
    hint = f"; did you mean `{mistake.nearest}`?" if mistake.nearest else ""
    return f"{mistake.path or 'the file'}: found {mistake.found}, allowed is {mistake.allowed}{hint}"


def _then(change: Change) -> str:
    """The value that would hold; of a list that is too long for a cell what differs."""
    old, new = change.old, change.new
    if not (isinstance(old, list) and isinstance(new, list) and old and len(value(new)) > quote.QUOTE):
        return cell(new)
    added, dropped = [each for each in new if each not in old], [each for each in old if each not in new]
    parts = (("with", added), ("without", dropped))
    return " and ".join(f"{word} {cell(some)}" for word, some in parts if some) or "in another order"


def _whose(origin: Origin | None) -> str:
    return f" ({_OF[origin.source] if origin else 'the default'})"


def _dry_run(dry_run: DryRun) -> str:
    issues = _counted(dry_run.issues, "open issue", lost="would no longer be ready", won="would become ready")
    pulls = _counted(dry_run.pulls, "other open pull request", lost="would fail", won="would pass")
    when = f"{dry_run.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{issues} {pulls} Counted {when} from the verdicts that are kept; `/handoff check` counts anew."


def _counted(shift: Shift, what: str, *, lost: str, won: str) -> str:
    words = (
        (shift.lost, lost),
        (shift.won, won),
        (shift.unjudged, "would no longer be judged"),
        (shift.untold, "cannot be told without judging anew"),
    )
    some = [f"{count} {said}" for count, said in words if count]
    counted = f"Of {headline.number(shift.judged, what)} with a verdict, {_listed(some) or 'none would change'}."
    if shift.seen < shift.there:
        counted += f" Only the {shift.seen} of {shift.there} that changed last were looked at."
    return counted if shift.judged else f"No {what} has a verdict."


def _listed(parts: Iterable[str]) -> str:
    *most, last = ("", *parts)
    first = ", ".join(part for part in most if part)
    return f"{first} and {last}" if first else last
