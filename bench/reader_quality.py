"""The reader by itself: how well it finds the lines that play each role."""

from collections.abc import Callable, Iterator, Sequence

from bench.corpus import Corpus, Row, owner
from bench.measures import Line, f1, measure
from checks.reader import LocalReader
from checks.reading import Reading, Role
from checks.subject import Issue, Pull

ISSUE_ROLES = ("present", "wanted", "io", "check", "bound", "failure", "reason", "open", "hidden", "vague", "noise")
PULL_ROLES = ("what", "why", "decision", "verification", "link", "template", "noise")


def lines(corpus: Corpus) -> Iterator[Line]:
    """F1 of each role over the lines of texts whose roles are known."""
    issues = [row for row in corpus.rows("issues", part="train") if row.get("work_order", True)]
    yield from _roles("issues", issues, ISSUE_ROLES, _read_issue)
    yield from _roles("pull requests", corpus.rows("pulls", part="train"), PULL_ROLES, _read_pull)


def _read_issue(row: Row) -> Reading:
    return LocalReader().issue(Issue(title=row["title"], body=row["body"] or ""))


def _read_pull(row: Row) -> Reading:
    return LocalReader().pull(Pull(title=row["title"], body=row["body"] or ""))


def _roles(name: str, rows: Sequence[Row], roles: Sequence[str], read: Callable[[Row], Reading]) -> Iterator[Line]:
    readings = [read(row) for row in rows]
    for role in roles if rows else ():
        truth, said, owners = [], [], []
        for row, reading in zip(rows, readings, strict=True):
            marked, found = _marked(row, role), _found(reading, role)
            for line in marked | found | {unit["line"] for unit in row["units"]} | {0}:
                truth.append(line in marked)
                said.append(line in found)
                owners.append(owner(row))
        yield Line(f"lines of {name}", f"F1 of {role}", measure(f1, truth, said, owners))


def _marked(row: Row, role: str) -> set[int]:
    """The lines that were labelled with a role; "T" is the title."""
    lines = {unit["i"]: unit["line"] for unit in row["units"]} | {"T": 0}
    return {lines[unit] for unit in row["roles"].get(role.replace("-", "_"), ())}


def _found(reading: Reading, role: str) -> set[int]:
    return {unit.line for unit in reading.units(Role(role), without=())}
