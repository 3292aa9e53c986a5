import multiprocessing
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from ghapp import database, queue, store
from ghapp.database import address, engines, schema, tables
from ghapp.errors import StartError
from ghapp.subjects import Delivery, Job, Kind, Subject
from tests.ghapp.runs import depth
from tests.ghapp.trends.handed import week

ISSUE = Subject(kind=Kind.ISSUE, installation=5, repository=70, number=12)


FIRST_ROWS = (  # what a server of the first version may have left
    "INSERT INTO comments VALUES ('issue:70:12', 5, 7)",
    "INSERT INTO installations VALUES (5, 'acme', '2026-03-01 12:00:00', FALSE)",
    "INSERT INTO deliveries VALUES ('g', 'issue:70:12', 'issues', 'opened', '2026-03-01 12:00:00', NULL)",
    "INSERT INTO dead_letters VALUES (1, 'issue:70:13', '{}', 'no', 8, '2026-03-01 12:00:00')",
)


@pytest.fixture
def connected(empty_url):
    """Runs statements on a database, each in a transaction of its own."""
    place = address.read(empty_url)
    driver = "sqlite" if place.get_backend_name() == "sqlite" else "postgresql+psycopg"
    engine = create_engine(place.set(drivername=driver))
    yield engine
    engine.dispose()


def our_tables(connection) -> set[str]:
    engine = connection.dialect.name
    return {name for name, table in tables.metadata.tables.items() if table.info.get("engine", engine) == engine}


def compared(connection) -> list[object]:
    """How the tables differ from those that the code knows."""
    ours = our_tables(connection)
    options = {
        "version_table": schema.VERSION_TABLE,
        "include_name": lambda name, kind, _: kind != "table" or name in ours,
        "include_object": lambda _object, name, kind, _reflected, _other: kind != "table" or name in ours,
    }
    return compare_metadata(MigrationContext.configure(connection, opts=options), tables.metadata)


def make_first_version(url: str) -> None:
    """A database as the first version made it."""
    with schema._alone(address.read(url)) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        command.upgrade(config, "0001")
        if connection.dialect.name == "postgresql":
            schema._upgrade_procrastinate(connection, schema._missing(connection))


def migrate_at_once(url: str) -> list[int | None]:
    """Let three processes bring a database up to date at the same time; their exit codes."""
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=database.migrate, args=(url,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    return [process.exitcode for process in processes]


async def test_what_was_there_is_there_after_another_migration(empty_url):
    database.migrate(empty_url)
    known, ours = await store.open(empty_url), await queue.open(empty_url)
    await known.keep_comment(ISSUE, 7)
    await ours.ring(Job(subject=ISSUE, why="issues.opened"), delivery=Delivery(guid="g", event="issues"))
    database.migrate(empty_url)
    assert await known.comment(ISSUE) == 7
    assert await depth(ours) == 1
    await known.ready()
    await known.close()
    await ours.close()


def test_an_installation_of_the_first_version_lacks_nothing_after_the_upgrade(empty_url, connected):
    with connected.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO installations VALUES (5, 'acme', '2026-01-01 00:00:00', false)"))
    database.migrate(empty_url)
    with connected.connect() as connection:
        assert connection.execute(text("SELECT account, lacks FROM installations")).all() == [("acme", "")]


def test_the_migrations_make_the_tables_the_code_knows(empty_url, connected):
    database.migrate(empty_url)
    with connected.connect() as connection:
        assert compared(connection) == []
        assert our_tables(connection) <= set(inspect(connection).get_table_names())


def test_the_version_the_code_asks_for_is_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.VERSION]


def test_processes_that_start_at_once_do_not_disturb_each_other(empty_url):
    assert migrate_at_once(empty_url) == [0, 0, 0]


def test_a_database_of_the_first_version_is_brought_up_to_date_by_processes_that_start_at_once(empty_url, connected):
    make_first_version(empty_url)
    with connected.begin() as connection:
        for statement in FIRST_ROWS:
            connection.execute(text(statement))
    assert migrate_at_once(empty_url) == [0, 0, 0]
    with connected.connect() as connection:
        assert schema.is_current(connection)
        assert compared(connection) == []
        assert connection.execute(text("SELECT account, lacks FROM installations")).all() == [("acme", "")]
        assert connection.execute(text("SELECT comment FROM comments")).all() == [(7,)]
        assert connection.execute(text("SELECT guid, done_at FROM deliveries")).all() == [("g", None)]
        assert connection.execute(text("SELECT reason, attempts FROM dead_letters")).all() == [("no", 8)]


async def test_weeks_begin_where_ledgers_are_kept_already(empty_url, connected):
    with connected.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        command.upgrade(config, "0007")
        kept = "INSERT INTO handovers VALUES ('handover:70:1', 5, 70, 'R_1', 1, FALSE, '', NULL, '{}')"
        connection.execute(text(kept))
    database.migrate(empty_url)
    known = await store.open(empty_url)
    await known.keep_weeks(replace(ISSUE, kind=Kind.HANDOVER), [week(1, "2026-01-05")])
    assert await known.weeks_known() == ("acme/billing",)
    await known.close()
    with connected.connect() as connection:
        assert connection.execute(text("SELECT subject FROM handovers")).all() == [("handover:70:1",)]


def test_a_migration_that_fails_leaves_nothing_behind(empty_url, connected):
    with connected.begin() as connection:
        connection.execute(text(f"CREATE TABLE {schema.VERSION_TABLE} (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("CREATE TABLE parked (installation INTEGER)"))
    with pytest.raises(StartError, match="parked"):
        database.migrate(empty_url)
    with connected.connect() as connection:
        assert not inspect(connection).has_table("verdicts")


def test_a_database_of_a_newer_version_is_refused(empty_url, connected):
    database.migrate(empty_url)
    with connected.begin() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(StartError) as caught:
        database.migrate(empty_url)
    assert str(caught.value) == (
        "DATABASE_URL names a database that a newer Handoff has changed: run that version, or restore a backup."
    )


async def test_a_server_goes_on_while_a_newer_one_has_brought_the_database_up_to_date(empty_url, connected):
    database.migrate(empty_url)
    known = await store.open(empty_url)
    with connected.begin() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'"))
    await known.ready()
    with connected.begin() as connection:
        connection.execute(text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '0000'"))
    with pytest.raises(StartError, match="run `ghapp migrate`"):
        await known.ready()
    await known.close()


def test_the_command_says_what_it_has_come_to(empty_url, ghapp, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", empty_url)
    assert ghapp("migrate").output == "The database is up to date.\n"


def test_a_database_of_another_application_is_refused_and_left_alone(empty_url, connected):
    with connected.begin() as connection:
        connection.execute(text("CREATE TABLE deliveries (id INTEGER)"))
    with pytest.raises(StartError, match="another application"):
        database.migrate(empty_url)
    with connected.connect() as connection:
        assert inspect(connection).get_table_names() == ["deliveries"]


@pytest.mark.postgres
def test_a_newer_procrastinate_applies_the_scripts_that_an_older_database_lacks(postgres_server):
    url = postgres_server.fresh()
    trigger = "procrastinate_trigger_status_events_update_v1"
    with psycopg.connect(url) as older:
        older.execute("DELETE FROM procrastinate_migrations WHERE name LIKE '03.04.00_50%'")
        older.execute(f"DROP TRIGGER {trigger} ON procrastinate_jobs")
    database.migrate(url)
    with psycopg.connect(url) as newer:
        assert newer.execute("SELECT count(*) FROM pg_trigger WHERE tgname = %s", [trigger]).fetchone() == (1,)
        assert newer.execute("SELECT count(*) FROM procrastinate_migrations WHERE name LIKE '03.04%'").fetchone() == (
            2,
        )


def test_sqlite_writes_ahead_and_waits_for_the_disk(tmp_path):
    url = f"sqlite:///{tmp_path}/new folder/handoff.db"
    database.migrate(url)
    with engines.passing_sqlite_engine(address.read(url), busy=5).connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_sqlites_files_are_for_their_owner_only(tmp_path):
    before = os.umask(0o022)
    try:
        database.migrate(f"sqlite:///{tmp_path}/new folder/handoff.db")
        place = address.read(f"sqlite:///{tmp_path}/new folder/handoff.db")
        with engines.passing_sqlite_engine(place, busy=5).connect() as connection:
            connection.exec_driver_sql("INSERT INTO comments VALUES ('issue:1:1', 5, 7)")
            files = sorted((tmp_path / "new folder").iterdir())
            modes = {file.name: file.stat().st_mode & 0o777 for file in files}
    finally:
        os.umask(before)
    assert modes == {"handoff.db": 0o600, "handoff.db-shm": 0o600, "handoff.db-wal": 0o600}
    assert (tmp_path / "new folder").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_is_there_keeps_its_mode(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    database.migrate(f"sqlite:///{folder}/handoff.db")
    assert folder.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        pytest.param("handoff.db", "has no scheme we know", id="no scheme"),
        pytest.param("mysql://me:hunter2@host/name", "has no scheme we know", id="unknown scheme"),
        pytest.param("sqlite://", "names no file", id="no file"),
        pytest.param("sqlite:///:memory:", "names no file", id="memory"),
        pytest.param("postgresql://me:hun@ter2@host/name", "write @ in its password as %40", id="two ats"),
        pytest.param("postgresql://me:hunter2@host:port/name", "cannot be read", id="port in letters"),
        pytest.param("postgresql://me:hunter2@127.0.0.1:1/name", "start it, or correct", id="nobody answers"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_sentence_without_the_password(url, sentence):
    with pytest.raises(StartError) as caught:
        database.migrate(url)
    said = str(caught.value)
    assert said.startswith("DATABASE_URL")
    assert sentence in said
    assert "hun" not in said
    assert "ter2" not in said
    assert "\n" not in said


def test_a_file_under_a_file_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("here")
    with pytest.raises(StartError, match=r"^DATABASE_URL: .*/file/handoff.db cannot be made"):
        database.migrate(f"sqlite:///{tmp_path}/file/handoff.db")


def test_a_folder_in_place_of_the_file_is_one_sentence(tmp_path):
    with pytest.raises(StartError, match=r"^DATABASE_URL: .* cannot be opened: make its folder writable"):
        database.migrate(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_one_sentence(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("not a database " * 100)
    with pytest.raises(StartError, match="is not an SQLite database"):
        database.migrate(f"sqlite:///{file}")
    assert file.read_text() == "not a database " * 100


def test_a_locked_file_is_one_sentence(tmp_path):
    url = f"sqlite:///{tmp_path}/handoff.db?timeout=0.01"
    with closing(sqlite3.connect(tmp_path / "handoff.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StartError, match="is locked by another process"):
            database.migrate(url)


@pytest.mark.postgres
def test_a_server_that_refuses_is_one_sentence(postgres_server):
    with pytest.raises(StartError, match="PostgreSQL cannot be used"):
        database.migrate(postgres_server.url("not_there"))


def test_postgresql_without_its_extra_is_one_sentence():
    without = (
        "import sys; sys.modules['procrastinate'] = None; from ghapp import database; database.migrate(sys.argv[1])"
    )
    command = [sys.executable, "-c", without, "postgresql://me:hunter2@host/name"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()[-1]
    assert said == (
        "ghapp.errors.StartError: DATABASE_URL asks for PostgreSQL, which is an extra:"
        " pip install 'handoff-ghapp[postgres]'."
    )
