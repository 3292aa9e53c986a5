"""The commands people write in comments: the one table of them, and what is answered."""

from dataclasses import dataclass
from enum import StrEnum

from ghapp.render import quote


class Who(StrEnum):
    """Who may use a command, in the words of the table."""

    ANYBODY = "anybody"
    INVOLVED = "the author, an assignee, anybody with triage access"


class Answer(StrEnum):
    """What a command is answered with in words."""

    HELP = "help"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: `/handoff NAME` at the start of a line."""

    name: str
    usage: str
    does: str
    example: str
    who: Who


COMMANDS = (
    Command(
        name="check",
        usage="/handoff check",
        does="Judges this issue or pull request anew, and comments on an issue that had no comment yet.",
        example="/handoff check",
        who=Who.INVOLVED,
    ),
    Command(name="help", usage="/handoff help", does="Shows this table.", example="/handoff help", who=Who.ANYBODY),
)


def help_comment() -> str:
    """All commands in a table."""
    rows = [f"| `{each.usage}` | {each.does} | {each.who} | `{each.example}` |" for each in COMMANDS]
    table = ["| command | what it does | who may use it | example |", "|---|---|---|---|", *rows]
    first = "**Commands.** Write one at the start of a line of a new comment, outside code and quotes."
    return "\n".join([first, "", *table])


def refusal(reason: str) -> str:
    """Why a command was not obeyed; the reason is one sentence."""
    return f"**Not done.** {quote.prose(reason)} `/handoff help` lists the commands and who may use them."


def addressed(text: str, answer: Answer, *, to: str) -> str:
    """An answer that can be found again by what it is and whom it was given to."""
    return f"{text}\n\n{_address(answer, to)}"


def is_addressed(text: str, answer: Answer, *, to: str) -> bool:
    """Whether a comment of ours is such an answer to this person."""
    return text.rstrip().endswith(_address(answer, to))


def _address(answer: Answer, to: str) -> str:
    return f"<!-- handoff:{answer} to {to} -->"  # logins have letters, digits, dashes and underscores only
