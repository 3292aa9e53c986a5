"""Databases for the tests of the store and the queue."""

import os
from collections.abc import Iterator

import pytest

from ghapp import database
from tests import postgres

ABSENT = "no PostgreSQL here (initdb not found): its tests are left out"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if postgres.programs() is not None:
        return
    chosen = [item for item in items if item.get_closest_marker("postgres")]
    if chosen and os.environ.get("CI") == "true":
        raise pytest.UsageError(ABSENT.replace("its tests are left out", "install it, CI runs every test"))
    config.hook.pytest_deselected(items=chosen)
    items[:] = [item for item in items if item not in chosen]
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if chosen and reporter is not None:
        reporter.write_line(ABSENT)


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
