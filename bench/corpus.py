"""Labelled texts to measure the judgement on: a folder of JSON lines; its README says what each file holds."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from checks import rationale, readiness
from checks.subject import Issue, Pull
from checks.verdict import Verdict
from config.policy import DEFAULTS

Row = Mapping[str, Any]


class Corpus:
    """The sets of one folder; a set that is not there has no rows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def rows(self, name: str, *, part: str = "*") -> list[Row]:
        """The rows of `NAME-PART.jsonl`, wherever it lies; the part for fitting is read only when it is named."""
        files = sorted(self._folder.rglob(f"{name}-{part}.jsonl"))
        wanted = [file for file in files if part == "train" or not file.stem.endswith("-train")]
        lines = (line for file in wanted for line in file.read_text(encoding="utf-8").split("\n"))
        return [json.loads(line) for line in lines if line]


def owner(row: Row) -> str:
    """Whose text it is: rows of one owner are alike."""
    return str(row["repo"]).split("/", maxsplit=1)[0]


@cache
def issue(title: str, body: str) -> Verdict:
    """The shipped judgement of an issue under the default policy."""
    return readiness.assess(Issue(title=title, body=body), DEFAULTS.readiness)


@cache
def pull(title: str, body: str) -> Verdict:
    """The shipped judgement of a pull request under the default policy."""
    return rationale.assess(Pull(title=title, body=body), DEFAULTS.rationale)


def issues(rows: list[Row]) -> list[Verdict]:
    """The verdicts on rows with a title and a body."""
    return [issue(row.get("title") or "", row.get("body") or "") for row in rows]


def pulls(rows: list[Row]) -> list[Verdict]:
    """The verdicts on rows with a title and a description."""
    return [pull(row.get("title") or "", row.get("body") or "") for row in rows]
