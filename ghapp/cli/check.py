"""`ghapp check`: texts in, verdicts out, with an exit code that scripts can use."""

import json
import re
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from io import TextIOWrapper
from pathlib import Path

import config.load
from checks import assess
from checks.subject import Kind
from checks.verdict import Outcome, Verdict
from config.load import Loaded
from ghapp.cli import markdown, source
from ghapp.cli.failed import say, tell
from ghapp.errors import See, StartError, UserError
from ghapp.submission import IssueSubmission, PullSubmission, judge, read, traced

READY, GAPS, CANNOT = 0, 1, 2

_OBJECT = re.compile(r"\s*\{\s*[\"}]")  # Markdown may begin with a brace, but hardly with a key after it
_LIST = re.compile(r"\s*\[\s*\{")
_KEPT = ("id", "number")  # of one line of many: they say which text an answer is about


class Form(Enum):
    """How verdicts are printed."""

    PEOPLE = "people"
    JSON = "json"
    JSONL = "jsonl"

    @classmethod
    def of(cls, *, as_json: bool, jsonl: bool) -> "Form":
        """The form that two flags ask for."""
        if jsonl:
            return cls.JSONL
        return cls.JSON if as_json else cls.PEOPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be judged, and how the verdict is printed."""

    kind: Kind
    file: str
    title: str
    policy: Path | None
    form: Form


def run(order: Order) -> int:
    """Judge a file and print what was found; the exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a letter that cannot be printed must not stop the others
    try:
        return _run(order)
    except UserError as error:
        say(error)
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:  # what nobody foresaw must not be taken for a verdict, nor fill a screen
        tell(_fault(error), See.COMMAND)
    return CANNOT


def exit_code(verdict: Verdict) -> int:
    """0 when nothing stands in the way, 1 when there are gaps, 2 when the text could not be judged."""
    if assess.is_foreign(verdict):
        return CANNOT
    return READY if verdict.outcome in (Outcome.READY, Outcome.SKIPPED) else GAPS


def _run(order: Order) -> int:
    if order.form is Form.JSONL and order.title:
        raise UserError("--title is for one text: with --jsonl each line has its own.")
    loaded = _policy(order.policy)
    if order.form is Form.JSONL:
        return _judge_many(order, loaded)
    submission = _submission(order)
    verdict = judge(submission, loaded)
    _print(submission, verdict, order.form)
    return exit_code(verdict)


def _judge_many(order: Order, loaded: Loaded) -> int:
    worst = None
    for code, answer in _answers(order, loaded):
        worst = max(worst or READY, code)
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if worst is None:  # an empty list must not pass for texts that were found ready
        raise UserError("there is nothing to judge: --jsonl takes a JSON object a line.")
    return worst


def _answers(order: Order, loaded: Loaded) -> Iterator[tuple[int, dict[str, object]]]:
    """For each line its exit code and its verdict, or what is wrong with it; no line stops the others."""
    for number, line in source.lines(order.file):
        try:
            if isinstance(line, UserError):
                raise line
            fields = _object(line)
            kept = {name: fields.pop(name) for name in _KEPT if name in fields}
            verdict = judge(read({"kind": order.kind.value, **fields}), loaded)
            yield exit_code(verdict), {**kept, **verdict.to_json()}
        except UserError as error:
            yield CANNOT, {"line": number, "error": str(error)}
        except Exception as error:  # see `run`
            yield CANNOT, {"line": number, "error": _fault(error)}


def _fault(error: Exception) -> str:
    """An unforeseen failure in one sentence; where it happened, only for who asked to see such things."""
    from ghapp import settings

    try:
        if settings.load().log_level == "debug":
            traceback.print_exception(error)
    except StartError:
        pass
    return f"Handoff stopped with a fault of its own ({type(error).__name__}); LOG_LEVEL=debug shows where."


def _print(submission: IssueSubmission | PullSubmission, verdict: Verdict, form: Form) -> None:
    if form is Form.JSON:
        sys.stdout.write(json.dumps(verdict.to_json(), ensure_ascii=False, indent=2) + "\n")
        return
    from ghapp.cli.show import show

    is_judged = verdict.outcome is not Outcome.SKIPPED
    show(verdict, title=submission.title, traced=traced(submission) if is_judged else ())


def _policy(file: Path | None) -> Loaded:
    if file is None:
        return Loaded()
    text = source.whole(str(file), remedy="give a policy file, or leave --policy out for the defaults", form="YAML")
    loaded = config.load.load(text, file=str(file))
    if loaded.mistakes:
        raise UserError("the policy has mistakes:\n" + "\n".join(map(str, loaded.mistakes)))
    return loaded


def _submission(order: Order) -> IssueSubmission | PullSubmission:
    text = source.whole(order.file)
    if _LIST.match(text) and _is_json(text):
        raise UserError("this is a list: print one object a line (jq -c '.[]') and judge them with --jsonl.")
    if not _OBJECT.match(text):
        return read({"kind": order.kind.value, **markdown.fields(text, title=order.title)})
    title = {"title": order.title} if order.title else {}
    return read({"kind": order.kind.value, **_object(text), **title})


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _object(text: str) -> dict[str, object]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise UserError('this is not JSON: expected an object such as {"title": "...", "body": "..."}.') from None
    if not isinstance(fields, dict):
        raise UserError('this is not a JSON object such as {"title": "...", "body": "..."}.')
    return fields
