"""The backlog report for programs: its figures as JSON, and each subject as a row of CSV."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from urllib.parse import quote

from checks.subject import Kind
from checks.verdict import Outcome, Status
from ghapp.backlog.figures import STEP, Figures
from ghapp.backlog.rows import Row
from ghapp.render.cells import harmless, table
from ghapp.render.quote import visible

COLUMNS = (
    "kind",
    "number",
    "address",
    "title",
    "outcome",
    "score",
    "missing",
    "in part",
    "ready once mended",
    "says why",
    "author",
    "association",
    "labels",
    "assigned",
    "opened",
    "reason",
)

_PLACES = {Kind.ISSUE: "issues", Kind.PULL: "pull"}


def address(web: str, repository: str, row: Row) -> str:
    """Where people read a subject: built here, never taken from an answer."""
    return f"{web}/{quote(repository)}/{_PLACES[row.kind]}/{row.number}"


def as_json(figures: Figures, web: str) -> dict[str, object]:
    """A report's figures (schema 1)."""
    asked, issues, pulls = figures.asked, figures.issues, figures.pulls
    return {
        "schema": 1,
        "repository": figures.repository,
        "at": figures.ended.isoformat(),
        "policy": {
            "version": asked.version,
            "files": list(asked.files),
            "broken": asked.broken,
            "threshold": asked.threshold,
        },
        "issues": {name.replace("_", "-"): count for name, count in asdict(issues).items()} | {"judged": issues.judged},
        "scores": [
            {"from": index * STEP, **{outcome.value: value for outcome, value in count.items()}}
            for index, count in enumerate(figures.scores)
        ],
        "gaps": [asdict(gap) for gap in figures.gaps],
        "best": [_best(row, figures.repository, web) for row in figures.best],
        "lifts": [asdict(lift) for lift in figures.lifts],
        "pulls": {name.replace("_", "-"): count for name, count in asdict(pulls).items()} | {"judged": pulls.judged},
    }


def as_csv(rows: Iterable[Row], repository: str, web: str) -> str:
    """A line for each subject, safe to open in a spreadsheet: no cell of others' words is a formula."""
    return table(COLUMNS, (_cells(row, address(web, repository, row)) for row in rows))


def _cells(row: Row, where: str) -> tuple[str | int, ...]:
    return (
        row.kind.value,
        row.number,
        where,
        harmless(row.title),
        row.outcome.value,
        "" if row.outcome is Outcome.SKIPPED else row.score,
        _named(row.gaps, Status.MISSING),
        _named(row.gaps, Status.PARTLY),
        ", ".join(row.mended_by),
        row.why.value if row.why else "",
        harmless(row.author),
        row.association.lower(),
        harmless(", ".join(row.labels)),
        "yes" if row.assigned else "no",
        row.opened.isoformat(),
        harmless(row.reason),
    )


def _best(row: Row, repository: str, web: str) -> dict[str, object]:
    return {
        "number": row.number,
        "address": address(web, repository, row),
        "title": visible(row.title),
        "outcome": row.outcome.value,
        "score": row.score,
        "missing": [criterion for criterion, status in row.gaps.items() if status is Status.MISSING],
    }


def _named(gaps: Mapping[str, Status], status: Status) -> str:
    return ", ".join(criterion for criterion, found in gaps.items() if found is status)
