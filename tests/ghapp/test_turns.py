"""Writers of one SQLite file wait for each other in a row."""

from contextlib import nullcontext

from ghapp.database import address
from ghapp.database.turns import turn


def at(path):
    return turn(address.read(f"sqlite:///{path}"))


async def test_whoever_writes_the_same_file_takes_the_same_turn(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert at(tmp_path / "a.db") is at("a.db")
    assert at(tmp_path / "a.db") is not at(tmp_path / "b.db")


async def test_postgresql_has_many_writers():
    assert isinstance(turn(address.read("postgresql://user@host/name")), nullcontext)
