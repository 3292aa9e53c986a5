"""A real PostgreSQL for tests: a server of our own in a temporary folder, with one fresh database for each test."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

from ghapp import database

SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")
TEMPLATE = "template_handoff"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: the one on PATH, or the newest of Debian's."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: float(path.parent.parent.name), default=None)
    return newest and newest.parent


@dataclass
class Server:
    """A running server; `fresh` makes a database that is migrated and empty."""

    folder: Path

    def __post_init__(self) -> None:
        self._numbers = count()

    def url(self, name: str) -> str:
        return f"postgresql://handoff@/{name}?host={self.folder}"

    def name(self, url: str) -> str:
        return url.removeprefix("postgresql://handoff@/").partition("?")[0]

    def fresh(self) -> str:
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self.url(name)

    def empty(self) -> str:
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    @contextmanager
    def gone(self, url: str) -> Iterator[None]:
        """Cut a database's connections and refuse new ones."""
        name = self.name(url)
        self.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        try:
            yield
        finally:
            self.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Stop the server as its operator would, and start it again."""
        _run("pg_ctl", "-D", f"{self.folder}/db", "-m", "fast", "-w", "stop", user=_user())
        try:
            yield
        finally:
            _start(self.folder)

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running() -> Iterator[Server]:
    """Start a server and stop it; under root as another user, since PostgreSQL refuses root."""
    folder = Path(tempfile.mkdtemp(prefix="handoff-pg-", dir="/tmp"))  # short: a socket's path has 107 characters
    user = _user()
    if user:
        shutil.chown(folder, user)
    try:
        _run("initdb", "-D", f"{folder}/db", "-U", "handoff", "-A", "trust", "-E", "UTF8", "--no-sync", user=user)
        _start(folder)
        try:
            server = Server(folder)
            server.execute(f"CREATE DATABASE {TEMPLATE}")
            database.migrate(server.url(TEMPLATE))
            yield server
        finally:
            _run("pg_ctl", "-D", f"{folder}/db", "-m", "immediate", "-w", "stop", user=user)
    finally:
        shutil.rmtree(folder)


def _start(folder: Path) -> None:
    options = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"unix_socket_directories={folder}"))
    _run("pg_ctl", "-D", f"{folder}/db", "-l", f"{folder}/log", "-o", options, "-w", "start", user=_user())


def _user() -> str | None:
    return None if os.geteuid() else next(name for name in ("postgres", "nobody") if _exists(name))


def _exists(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True, check=False).returncode == 0


def _run(program: str, *arguments: str, user: str | None) -> None:
    folder = programs()
    assert folder is not None
    # Not captured: the server would keep the pipe, and its reader, open.
    subprocess.run([folder / program, *arguments], user=user, cwd="/", stdout=subprocess.DEVNULL, check=True)
