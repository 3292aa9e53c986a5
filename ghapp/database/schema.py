"""Brings a database's tables up to date: ours by Alembic, the PostgreSQL queue's by procrastinate's own scripts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from sqlalchemy import URL, Connection, column, create_engine, inspect, select, table, text
from sqlalchemy.pool import NullPool

from ghapp.database import address, engines, file, tables
from ghapp.errors import See, StartError

VERSION = "0008"  # the newest file in migrations/versions
VERSION_TABLE = "handoff_version"
PATIENCE = 30  # seconds to wait for another process that is at it
LOCK = 0x48414E44  # PostgreSQL's advisory locks are numbers: "HAND"


def migrate(url: str) -> None:
    """Bring the database up to date; safe to repeat, and when several processes start at once.

    Raises:
        StartError: the database cannot be used as it is.
    """
    place = address.read(url)
    with address.opening(place), _alone(place) as connection:
        _refuse_foreign(connection)
        if is_current(connection):
            return
        _upgrade(connection)
        if connection.dialect.name == "postgresql" and (missing := _missing(connection)):
            _upgrade_procrastinate(connection, missing)


def is_current(connection: Connection) -> bool:
    """Whether nothing is left for `migrate` to do."""
    return _version(connection) == VERSION and serves(connection)


def serves(connection: Connection) -> bool:
    """Whether this version can work: a newer one may have been here, as each leaves the one before it what it needs."""
    return _version(connection) >= VERSION and not (connection.dialect.name == "postgresql" and _missing(connection))


def _version(connection: Connection) -> str:
    """The newest migration that was applied; their names are numbers of the same length."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return ""
    return connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE))) or ""


@contextmanager
def _alone(place: URL) -> Iterator[Connection]:
    """One transaction that no other process migrates beside."""
    if place.get_backend_name() == "sqlite":
        file.make(address.path(place))
        with engines.passing_sqlite_engine(place, busy=PATIENCE).connect() as connection:
            yield from _exclusive(connection)
        return
    with create_engine(engines.server(place), poolclass=NullPool, hide_parameters=True).begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection


def _exclusive(connection: Connection) -> Iterator[Connection]:
    _refuse_foreign(connection)  # before the mode of somebody else's file is changed
    connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    connection.exec_driver_sql("BEGIN EXCLUSIVE")
    try:
        yield connection
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")


def _refuse_foreign(connection: Connection) -> None:
    names = set(inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql":
        names &= {*tables.metadata.tables, "procrastinate_jobs", VERSION_TABLE}
    if names and VERSION_TABLE not in names:
        raise StartError(
            "DATABASE_URL names a database with another application's tables: give Handoff its own.", see=See.DATABASE
        )


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(files("ghapp.database") / "migrations"))
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise StartError(
            "DATABASE_URL names a database that a newer Handoff has changed: run that version, or restore a backup.",
            see=See.NEWER,
        ) from None


def _upgrade_procrastinate(connection: Connection, missing: Sequence[Path]) -> None:
    """Apply the whole schema to a new database, and to an old one the scripts it lacks, in the order of their names.

    See "Database migrations" in procrastinate's manual.
    """
    from procrastinate.schema import SchemaManager

    new = len(missing) == len(_scripts())
    for script in (SchemaManager.get_schema(),) if new else (path.read_text("utf-8") for path in missing):
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(script)  # not by SQLAlchemy: many statements, with per cent signs that are no parameters
    # Without it taking a job is slow when many wait: every candidate's lock is looked for among all of them.
    connection.execute(text("CREATE INDEX IF NOT EXISTS handoff_jobs_lock ON procrastinate_jobs (lock)"))
    connection.execute(tables.procrastinate_migrations.insert(), [{"name": path.name} for path in missing])


def _missing(connection: Connection) -> list[Path]:
    applied = set(connection.scalars(select(tables.procrastinate_migrations.c.name)))
    return [path for path in _scripts() if path.name not in applied]


@cache
def _scripts() -> tuple[Path, ...]:
    from procrastinate.schema import SchemaManager

    return tuple(sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql")))
