"""The ledgers of hand-overs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "handovers",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("installation", sa.BigInteger, nullable=False, index=True),
        sa.Column("repository", sa.BigInteger, nullable=False, index=True),
        sa.Column("repository_node", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("has_ended", sa.Boolean, nullable=False),
        sa.Column("pulls", sa.Text, nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), index=True),
        sa.Column("ledger", sa.JSON, nullable=False),
    )
