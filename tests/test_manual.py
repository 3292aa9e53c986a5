"""The manual holds what the code holds: each log event, table, permission and page has its place, and no more."""

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Column, Table, TypeDecorator, create_engine, func, insert, select

from docs.manifest import permissions
from ghapp import database, store
from ghapp.database.tables import metadata
from ghapp.errors import See
from ghapp.render import manual_page

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
CODE = sorted((ROOT / "ghapp").rglob("*.py"))
WRITES = {"debug", "info", "warning", "error", "exception"}  # a line of the log
ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)

OURS, THEIRS = 5, 6  # installations
OF_ACCOUNTS = [table for table in metadata.sorted_tables if "installation" in table.c or table.name == "installations"]
PASSING = {"jobs", "parked"}  # what waits, and until when: both end by themselves


def text(page: str) -> str:
    return (DOCS / f"{page}.md").read_text(encoding="utf-8")


def part(page: str, anchor: str) -> str:
    found = manual_page.page(page)
    assert found is not None
    [heading] = [each for each in found.headings if each.anchor == anchor]
    return found.part(heading)


def events() -> Iterator[str]:
    """Every event that the code writes to the log."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="log" | "logger" | "write"), attr=method), args=[first, *_]
                ):
                    if method in WRITES:
                        yield from words(first)
                case ast.Call(func=ast.Name(id="write"), args=[ast.Constant(value=str(event)), *_]):
                    yield event


def words(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(event)):
            yield event
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*words(body), *words(orelse))


def test_every_event_of_the_log_is_explained_and_no_other():
    assert ROW.findall(part("troubleshooting", "the-log-line-by-line")) == sorted(set(events()))


def test_every_place_that_errors_name_is_named_by_one():
    source = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    assert [place.name for place in See if f"See.{place.name}" not in source] == []


def test_every_page_is_in_the_index():
    listed = re.findall(r"^- \[.+?\]\(([a-z_-]+\.md)\)", text("index"), re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in DOCS.glob("*.md") if path.name != "index.md")


def test_the_page_on_permissions_has_each_with_what_it_is_for():
    manifest = yaml.safe_load((ROOT / "app.yaml").read_text(encoding="utf-8"))
    assert ROW.findall(permissions()) == [*manifest["default_permissions"], *manifest["default_events"]]


def test_the_page_on_privacy_has_every_table():
    assert sorted(ROW.findall(text("privacy"))) == sorted(metadata.tables)


def test_the_page_on_privacy_says_of_each_table_of_an_account_that_it_is_deleted():
    deleted = part("privacy", "how-it-is-deleted")
    assert [table.name for table in OF_ACCOUNTS if f"`{table.name}`" not in deleted and table.name not in PASSING] == []


SAMPLES = {
    datetime: datetime(2026, 3, 2, tzinfo=UTC),
    date: date(2026, 3, 2),
    bool: False,
    dict: {},
}


def sample(column: Column, installation: int) -> object:
    """A value of a column's type that tells rows of two accounts apart."""
    kind = column.type.impl.python_type if isinstance(column.type, TypeDecorator) else column.type.python_type
    if kind in SAMPLES:
        return SAMPLES[kind]
    return installation if kind is int else f"x{installation}"


@pytest.mark.parametrize(
    "table", [table for table in OF_ACCOUNTS if table.name not in PASSING], ids=lambda table: table.name
)
async def test_uninstalling_deletes_every_row_of_the_account_and_no_other(tmp_path, table: Table):
    url = f"sqlite:///{tmp_path}/handoff.db"
    database.migrate(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        for number in (OURS, THEIRS):
            connection.execute(insert(table).values({column.name: sample(column, number) for column in table.c}))
    known = await store.open(url)
    await known.forget_installation(OURS)
    await known.close()
    with engine.connect() as connection:
        left = connection.scalar(select(func.count()).select_from(table))
    engine.dispose()

    assert left == 1


def test_the_wheel_carries_every_page_and_nothing_else_of_docs(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()

    assert sorted(name for name in names if name.startswith("ghapp/manual/")) == sorted(
        f"ghapp/manual/{path.name}" for path in DOCS.glob("*.md")
    )
    assert [name for name in names if name.startswith("docs/")] == []


def test_where_the_package_has_pages_of_its_own_they_are_read(tmp_path):
    assert manual_page.folder(tmp_path) == DOCS

    (tmp_path / "manual").mkdir()
    assert manual_page.folder(tmp_path) == tmp_path / "manual"
