"""The tables: what we know of subjects, what was delivered, what waits, what was given up."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)


def storable(text: str) -> str:
    """The text without what PostgreSQL cannot store: NUL and lone surrogates."""
    return text.replace("\0", "").encode(errors="replace").decode()


class Moment(TypeDecorator[datetime]):
    """A time in UTC, on SQLite as well, which forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Our time as the database keeps it."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The database's time as ours."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text from outside, whatever it holds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """The text as every database takes it."""
        return value and storable(value)


Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only as INTEGER

metadata = MetaData()

verdicts = Table(
    "verdicts",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("verdict", JSON, nullable=False),
    Column("judged_at", Moment, nullable=False),
)

comments = Table(
    "comments",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("comment", BigInteger, nullable=False),
)

policies = Table(
    "policies",
    metadata,
    Column("repository", BigInteger, primary_key=True, autoincrement=False),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("oid", Text, nullable=False),
    Column("text", Words, nullable=False),
)

installations = Table(
    "installations",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("account", Words, nullable=False),
    Column("installed_at", Moment, nullable=False),
    Column("suspended", Boolean, nullable=False),
    Column("lacks", Words, nullable=False, server_default=""),  # permissions, a comma between them
)

# How far recovery has come: when a subject was last looked over whole, and the page where a look that was cut short
# goes on.
sweeps = Table(
    "sweeps",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("at", Moment),
    Column("page", Integer, nullable=False),
)

# Deliveries that GitHub could not hand over and that never came since.
missed = Table(
    "missed",
    metadata,
    Column("guid", Words, primary_key=True),
    Column("delivery", BigInteger, nullable=False),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("event", Words, nullable=False),
    Column("failed_at", Moment, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("due", Moment, nullable=False, index=True),
)

# When content was written, for an hour: all processes together stay below GitHub's limits on it.
written = Table(
    "written",
    metadata,
    Column("id", Id, primary_key=True),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
)

# The newest report on a repository's whole backlog, as page 0, and the pages of one that is under way. `name` is
# owner/name, as it was called then.
scans = Table(
    "scans",
    metadata,
    Column("repository", BigInteger, primary_key=True, autoincrement=False),
    Column("page", Integer, primary_key=True, autoincrement=False),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("content", JSON, nullable=False),
)

# The ledger of each hand-over, under its issue. `due` is when it is looked at though nobody does anything.
handovers = Table(
    "handovers",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("repository", BigInteger, nullable=False, index=True),
    Column("repository_node", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("has_ended", Boolean, nullable=False),
    Column("pulls", Text, nullable=False),  # the numbers of the pull requests that answer it: "#5,#17,"
    Column("due", Moment, index=True),
    Column("ledger", JSON, nullable=False),
)

# What each week of a hand-over held, under its issue and its pick-up: a later pick-up leaves it. `name` is owner/name,
# as it was called then.
weeks = Table(
    "weeks",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("picked_up_at", Moment, primary_key=True),
    Column("monday", Date, primary_key=True),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("repository", BigInteger, nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("content", JSON, nullable=False),
)

# When the digest of a repository's hand-overs is due, and the policy files that this was told by; nothing is due where
# they have it off.
digests = Table(
    "digests",
    metadata,
    Column("repository", BigInteger, primary_key=True, autoincrement=False),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("policy", Text, nullable=False),
    Column("owner_policy", Text, nullable=False),
    Column("due", Moment, index=True),
)

# What was told of a digest, to whom and when; `home` is the repository it is shown in.
posted = Table(
    "posted",
    metadata,
    Column("installation", BigInteger, primary_key=True, autoincrement=False),
    Column("home", Words, primary_key=True),
    Column("posted", JSON, nullable=False),
)

# What people said over a verdict, each with the comment that said so and its place there. Nothing of it changes but
# `told`: whether the subject was rung since the word's last day.
overrides = Table(
    "overrides",
    metadata,
    Column("comment", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("installation", BigInteger, nullable=False, index=True),
    Column("repository", BigInteger, nullable=False, index=True),
    Column("repository_node", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("name", Words, nullable=False),  # owner/name, as it was called then
    Column("word", Text, nullable=False),
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Date),
    Column("told", Boolean, nullable=False),
)

# A row for each job that a delivery rings, or one with no fold; the delivery is done when all its rows are.
deliveries = Table(
    "deliveries",
    metadata,
    Column("guid", Words, primary_key=True),
    Column("fold", Text, primary_key=True),
    Column("event", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    sqlite_with_rowid=False,
)
_open = deliveries.c.done_at.is_(None)
Index("ix_deliveries_open", deliveries.c.fold, sqlite_where=_open, postgresql_where=_open)
Index("ix_deliveries_done", deliveries.c.done_at, sqlite_where=~_open, postgresql_where=~_open)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", Id, primary_key=True),
    Column("fold", Text, nullable=False, unique=True),
    Column("job", JSON, nullable=False),
    Column("reason", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("died_at", Moment, nullable=False),
)

parked = Table(
    "parked",
    metadata,
    Column("installation", BigInteger, primary_key=True, autoincrement=False),
    Column("until", Moment, nullable=False),
)

# SQLite only; on PostgreSQL the jobs are procrastinate's.
jobs = Table(
    "jobs",
    metadata,
    Column("fold", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("installation", BigInteger, nullable=False),
    Column("job", JSON, nullable=False),
    Column("rung", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
    info={"engine": "sqlite"},
)

# PostgreSQL only; which of procrastinate's own migrations were applied.
procrastinate_migrations = Table(
    "procrastinate_migrations",
    metadata,
    Column("name", Text, primary_key=True),
    info={"engine": "postgresql"},
)
