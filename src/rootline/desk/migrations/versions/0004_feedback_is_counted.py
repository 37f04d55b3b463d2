"""The same feedback given again is counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the count: what is there was said once."""
    op.add_column("feedback", sa.Column("times", sa.Integer(), nullable=False, server_default="1"))
