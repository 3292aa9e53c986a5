"""First light: subjects, deliveries, jobs and dead letters."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _subjects()
    _queue()
    if op.get_bind().dialect.name == "sqlite":
        _jobs()
    else:
        op.create_table("procrastinate_migrations", sa.Column("name", sa.Text, primary_key=True))


def _subjects() -> None:
    op.create_table(
        "verdicts",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("installation", sa.BigInteger, nullable=False, index=True),
        sa.Column("verdict", sa.JSON, nullable=False),
        sa.Column("judged_at", MOMENT, nullable=False),
    )
    op.create_table(
        "comments",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("installation", sa.BigInteger, nullable=False, index=True),
        sa.Column("comment", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "policies",
        sa.Column("repository", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("installation", sa.BigInteger, nullable=False, index=True),
        sa.Column("oid", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "installations",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("installed_at", MOMENT, nullable=False),
        sa.Column("suspended", sa.Boolean, nullable=False),
    )


def _queue() -> None:
    op.create_table(
        "deliveries",
        sa.Column("guid", sa.Text, primary_key=True),
        sa.Column("fold", sa.Text, primary_key=True),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sqlite_with_rowid=False,
    )
    for name, column, where in (("open", "fold", "done_at IS NULL"), ("done", "done_at", "done_at IS NOT NULL")):
        condition = sa.text(where)
        op.create_index(
            f"ix_deliveries_{name}", "deliveries", [column], sqlite_where=condition, postgresql_where=condition
        )
    op.create_table(
        "dead_letters",
        sa.Column("id", ID, primary_key=True),
        sa.Column("fold", sa.Text, nullable=False, unique=True),
        sa.Column("job", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("died_at", MOMENT, nullable=False),
    )
    op.create_table(
        "parked",
        sa.Column("installation", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("until", MOMENT, nullable=False),
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("fold", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("installation", sa.BigInteger, nullable=False),
        sa.Column("job", sa.JSON, nullable=False),
        sa.Column("rung", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", MOMENT, nullable=False, index=True),
        sqlite_with_rowid=False,
    )
