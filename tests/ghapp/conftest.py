"""Databases for the tests of the store and the queue, and the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from ghapp import database
from ghapp.cli import app
from tests import postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    with postgres.running() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request, tmp_path) -> str:
    """A database that nobody has touched."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_server").empty()
    return f"sqlite:///{tmp_path}/handoff.db"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request, tmp_path) -> str:
    """A database that is up to date and empty."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_server").fresh()
    address = f"sqlite:///{tmp_path}/handoff.db"
    database.migrate(address)
    return address


@pytest.fixture
def ghapp():
    """Run the command line, and leave no log of its making to the tests that come after it."""

    def run(*arguments: str | Path, text: str | bytes | None = None):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=text, prog_name="ghapp")

    yield run
    structlog.reset_defaults()
