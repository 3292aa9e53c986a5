"""`ghapp check`: texts in, verdicts out, with an exit code that scripts can use."""

import json
import sys
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

import config.load
from checks.subject import Kind
from checks.verdict import Outcome, Verdict
from config.load import Loaded
from ghapp.errors import UserError
from ghapp.submission import IssueSubmission, PullSubmission, judge, read

READY, GAPS, CANNOT = 0, 1, 2


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


def run(kind: Kind, file: str, *, title: str, policy: Path | None, form: Form) -> int:
    """Judge a file and print what was found; the exit code."""
    try:
        loaded = _policy(policy)
        text = _text(file)
        if form is Form.JSONL:
            return _many(kind, text.splitlines(), loaded)
        submission = _submission(kind, text, title)
    except UserError as error:
        sys.stderr.write(f"ghapp: {error}\n")
        return CANNOT
    verdict = judge(submission, loaded)
    _print(submission, verdict, form)
    return exit_code(verdict)


def exit_code(verdict: Verdict) -> int:
    """0 when nothing stands in the way, 1 when there are gaps."""
    return READY if verdict.outcome in (Outcome.READY, Outcome.SKIPPED) else GAPS


def _many(kind: Kind, lines: Iterable[str], loaded: Loaded) -> int:
    worst = READY
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            fields = _object(line)
            name = fields.pop("id", None)
            verdict = judge(read({"kind": kind.value, **fields}), loaded)
            answer: dict[str, object] = verdict.to_json() if name is None else {"id": name, **verdict.to_json()}
            worst = max(worst, exit_code(verdict))
        except UserError as error:
            answer = {"line": number, "error": str(error)}
            worst = CANNOT
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return worst


def _print(submission: IssueSubmission | PullSubmission, verdict: Verdict, form: Form) -> None:
    if form is Form.JSON:
        sys.stdout.write(json.dumps(verdict.to_json(), ensure_ascii=False, indent=2) + "\n")
        return
    from ghapp.cli.show import show

    show(verdict, title=submission.title)


def _policy(file: Path | None) -> Loaded:
    if file is None:
        return Loaded()
    loaded = config.load.load(_text(str(file)), file=str(file))
    if loaded.mistakes:
        raise UserError("the policy has mistakes:\n" + "\n".join(map(str, loaded.mistakes)))
    return loaded


def _text(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}): give a file, or - for standard input.") from None
    return raw.decode("utf-8-sig", errors="replace")


def _submission(kind: Kind, text: str, title: str) -> IssueSubmission | PullSubmission:
    fields = _object(text) if text.lstrip().startswith("{") else _markdown(text, title)
    return read({"kind": kind.value, **fields, **({"title": title} if title else {})})


def _markdown(text: str, title: str) -> dict[str, object]:
    """The title is the option, else a first line that is a heading of the first level; lines stay the file's."""
    first, _, rest = text.partition("\n")
    if not title and first.startswith("# "):
        return {"title": first[2:].strip(), "body": f"\n{rest}"}
    return {"title": title, "body": text}


def _object(text: str) -> dict[str, object]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise UserError('this is not JSON: expected an object such as {"title": "...", "body": "..."}.') from None
    if not isinstance(fields, dict):
        raise UserError('this is not a JSON object such as {"title": "...", "body": "..."}.')
    return fields
