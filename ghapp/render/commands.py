"""The commands people write in comments: the one table of them, and what is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from ghapp.errors import See
from ghapp.render import more, quote
from ghapp.subjects import Kind

LONGEST = 65_000  # bytes of an answer: GitHub takes 65,536 characters of a comment, and each text has 60,000 at most
MOST = 5  # commands of one comment that are obeyed
KINDS = {Kind.ISSUE: "issues", Kind.PULL: "pull requests"}


class Who(StrEnum):
    """Who may use a command, in the words of the table; "access" is what GitHub's permission endpoint says."""

    ANYBODY = "anybody"
    INVOLVED = "the author, an assignee, anybody with triage access"
    TRIAGE = "anybody with triage access"
    WRITE = "anybody with write access"


class Answer(StrEnum):
    """What a command is answered with in words."""

    HELP = "help"
    REFUSAL = "refusal"
    EXPLANATION = "explanation"
    POLICY = "policy"
    TEMPLATE = "template"
    REASON = "reason"  # asks for one
    UPDATE = "update"
    WALK = "walk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: `/handoff NAME` at the start of a line."""

    name: str
    takes: str = ""
    does: str
    example: str
    who: Who
    only: Kind | None = None  # what it is for, where that is not issues and pull requests alike

    @property
    def usage(self) -> str:
        """The command with the names of what it takes."""
        return f"/handoff {self.name} {self.takes}".rstrip()


COMMANDS = (
    Command(
        name="check",
        does="Judges this issue or pull request anew, and comments on an issue that had no comment yet.",
        example="/handoff check",
        who=Who.INVOLVED,
    ),
    Command(
        name="explain",
        takes="CRITERION",
        does="Says what a criterion asks and why, what it counts here, and how this text came out.",
        example="/handoff explain scope",
        who=Who.ANYBODY,
    ),
    Command(
        name="template",
        does="Answers with a skeleton of the missing parts, and with templates that ask for all of it from the start.",
        example="/handoff template",
        who=Who.ANYBODY,
    ),
    Command(
        name="policy",
        does="Shows the policy in force here, and for each value the file and line it comes from.",
        example="/handoff policy",
        who=Who.INVOLVED,
    ),
    Command(
        name="exempt",
        takes="REASON [until DATE]",
        does="Lets this pull request pass, or leaves this issue unjudged; DATE is the last day, in UTC.",
        example="/handoff exempt copied from the vendor as it is until 2026-12-31",
        who=Who.WRITE,
    ),
    Command(
        name="ready",
        takes="REASON [until DATE]",
        does="Declares this issue ready, whatever its verdict: the label says so, and the comment who did and why.",
        example="/handoff ready the open points are agreed with the contractor",
        who=Who.TRIAGE,
        only=Kind.ISSUE,
    ),
    Command(
        name="unexempt",
        does="Takes an exemption back, or that an issue was declared ready; the verdict counts again.",
        example="/handoff unexempt",
        who=Who.TRIAGE,
    ),
    Command(
        name="question",
        takes="TEXT",
        does="Lists a question about the work that is handed over; a question in a comment of the contractor's is "
        "listed without it.",
        example="/handoff question Does the retry stop after five attempts?",
        who=Who.INVOLVED,
    ),
    Command(
        name="answer",
        takes="[Q1] TEXT",
        does="Answers a question that is listed: the one that is named, else the oldest open one.",
        example="/handoff answer Q1 It stops after five attempts.",
        who=Who.INVOLVED,
    ),
    Command(
        name="decide",
        takes="[D1] TEXT",
        does="Decides what is listed as needing a decision: what is named, else the oldest; or notes a decision that "
        "nobody asked for.",
        example="/handoff decide D1 We keep the queue, as it is paid for already.",
        who=Who.TRIAGE,
    ),
    Command(
        name="update",
        does="Makes its comment the contractor's written update, and says what that leaves out; alone, it answers with "
        "one to fill in.",
        example="/handoff update",
        who=Who.INVOLVED,
    ),
    Command(
        name="walk",
        takes="[AC1 met, AC2 partly: REMARK, AC3 not]",
        does="Keeps what a reviewer finds of each acceptance criterion; alone, it shows boxes to tick.",
        example="/handoff walk AC1 met, AC2 partly: no test",
        who=Who.TRIAGE,
        only=Kind.PULL,
    ),
    Command(name="help", does="Shows this table.", example="/handoff help", who=Who.ANYBODY),
)


def find(word: str) -> Command | None:
    """The command with this name."""
    return next((each for each in COMMANDS if each.name == word), None)


def table() -> str:
    """All commands in a table."""
    rows = [f"| `{each.usage}` | {each.does} | {each.who} | `{each.example}` |" for each in COMMANDS]
    return "\n".join(["| command | what it does | who may use it | example |", "|---|---|---|---|", *rows])


def help_comment() -> str:
    """All commands, and how one is written."""
    first = "**Commands.** Write one at the start of a line of a new comment, outside code and quotes."
    return f"{first}\n\n{table()}"


def refusal(reason: str, *, manual: str) -> str:
    """Why a command was not obeyed; the reason is one sentence."""
    link = more.link("More on refusals", See.NOT_OBEYED, manual=manual)
    said = f"**Not done.** {quote.prose(reason)} `/handoff help` lists the commands and who may use them."
    return f"{said} {link}." if link else said


def unknown(word: str) -> str:
    """There is no such command: the nearest one that there is."""
    if not word:
        return "A command is missing after `/handoff`."
    near = get_close_matches(word[: quote.QUOTE], [each.name for each in COMMANDS], n=1)
    hint = f"; did you mean `/handoff {near[0]}`?" if near else "."
    return f"{quote.code(f'/handoff {word}', 40)} is not a command{hint}"


def not_for(command: Command) -> str:
    """Somebody may not use a command."""
    return f"`{command.usage}` is for {command.who}."


def not_here(command: Command) -> str:
    """A command does not work on this kind of subject."""
    return f"`{command.usage}` is for {KINDS[command.only or Kind.ISSUE]} only."


def works_on(command: Command, kind: Kind) -> bool:
    """Whether a command is for this kind of subject."""
    return command.only in (None, kind)


def lacks(command: Command, what: str) -> str:
    """A command lacks something that it takes: "a reason"."""
    return f"`/handoff {command.name}` needs {what}, for example `{command.example}`."


def too_many() -> str:
    """A comment holds more commands than are obeyed."""
    return f"Only the first {MOST} commands of a comment are obeyed."


def reason_wanted(command: Command) -> str:
    """A button was pressed for what needs a reason: how to give one."""
    return f"**A reason is missing.** Give it in a new comment: `{command.usage}`, for example `{command.example}`."


def together(answers: Iterable[str]) -> str:
    """The answers to the commands of one comment as one, each once, and as many as a comment takes."""
    text = ""
    for answer in dict.fromkeys(answers):
        longer = f"{text}\n\n{answer}" if text else answer
        text = longer if len(longer.encode()) <= LONGEST else text
    return text


def addressed(text: str, answer: Answer, *, to: str, about: str) -> str:
    """An answer that can be found again by what it is, whom it was given to, and what was asked."""
    return f"{text}\n\n{_address(answer, to)}{about} -->"


def is_addressed(texts: Iterable[str], answer: Answer, *, to: str) -> bool:
    """Whether one of our comments holds such an answer to this person."""
    return any(line.startswith(_address(answer, to)) for text in texts for line in text.splitlines())


def is_about(texts: Iterable[str], about: str) -> bool:
    """Whether one of our comments answers this."""
    return any(line.endswith(f" about {about} -->") for text in texts for line in text.splitlines())


def _address(answer: Answer, to: str) -> str:
    return f"<!-- handoff:{answer} to {to} about "  # logins have letters, digits, dashes and underscores only
