"""When digests are due, and what was told of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "digests",
        sa.Column("repository", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("installation", sa.BigInteger, nullable=False, index=True),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("owner_policy", sa.Text, nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), index=True),
    )
    op.create_table(
        "posted",
        sa.Column("installation", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("home", sa.Text, primary_key=True),
        sa.Column("posted", sa.JSON, nullable=False),
    )
