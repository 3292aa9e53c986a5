"""What each week of a hand-over held."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "weeks",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("picked_up_at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("monday", sa.Date, primary_key=True),
        sa.Column("installation", sa.BigInteger, nullable=False, index=True),
        sa.Column("repository", sa.BigInteger, nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
