"""Recovery: how far it has come, deliveries that never came, and permissions that an installation lacks."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the two tables and the column."""
    op.create_table(
        "sweeps",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("installation", sa.BigInteger, nullable=False, index=True),
        sa.Column("at", MOMENT),
        sa.Column("page", sa.Integer, nullable=False),
    )
    op.create_table(
        "missed",
        sa.Column("guid", sa.Text, primary_key=True),
        sa.Column("delivery", sa.BigInteger, nullable=False),
        sa.Column("installation", sa.BigInteger, nullable=False, index=True),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("failed_at", MOMENT, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("due", MOMENT, nullable=False, index=True),
    )
    op.add_column("installations", sa.Column("lacks", sa.Text, nullable=False, server_default=""))
