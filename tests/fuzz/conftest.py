"""A server to knock at."""

import shutil

import pytest

from ghapp import database
from tests.fuzz.door import opened


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """A database that is up to date and empty; copied, since its making takes longer than most tests."""
    file = tmp_path_factory.mktemp("empty") / "handoff.db"
    database.migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
async def door(tmp_path, empty_file):
    """Served over a database of its own; whatever was sent, no exception may stand in its log."""
    file = shutil.copy(empty_file, tmp_path)
    async with opened(f"sqlite:///{file}") as served:
        yield served
        assert served.faults == []
