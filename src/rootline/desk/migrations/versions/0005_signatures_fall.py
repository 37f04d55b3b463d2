"""A signature may fall, and be given anew; those under what was sent back after them have fallen.

What waits, compared by an earlier version, which left out the points that an answer cites, is looked at by itself.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_STANDS = sa.text("fallen = ''")
_SENT_BACK = """
UPDATE signature SET fallen = 'the edition was sent back after it'
WHERE conflict = '' AND EXISTS (
    SELECT 1 FROM audit_entry
    WHERE audit_entry.edition = signature.edition AND audit_entry.act = 'request changes'
    AND audit_entry.at > signature.at
)
"""
_DISABLED = """
UPDATE signature SET fallen = 'the account was disabled'
WHERE conflict = '' AND fallen = '' AND name IN (SELECT name FROM account WHERE is_disabled) AND edition IN (
    SELECT id FROM edition WHERE state IN ('draft', 'submitted', 'under_review', 'changes_requested')
)
"""
_HALF_COMPARED = """
UPDATE edition SET unproved = 'An earlier version of the program compared it, without the points that it cites.'
WHERE state IN ('draft', 'submitted', 'under_review', 'changes_requested') AND difference <> '' AND unproved = ''
"""


def upgrade() -> None:
    """Add the column; one standing signature for each name takes the place of one at all. No row is lost."""
    names = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}  # as PostgreSQL called it; SQLite gave it no name
    with op.batch_alter_table("signature", naming_convention=names) as table:
        table.add_column(sa.Column("fallen", sa.Text(), nullable=False, server_default=""))
        table.drop_constraint("signature_edition_name_key", type_="unique")
    op.create_index(
        "one_standing_signature", "signature", ["edition", "name"], unique=True, sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )  # fmt: skip
    op.execute(_SENT_BACK)
    op.execute(_DISABLED)
    op.execute(_HALF_COMPARED)
    for column in ("piece", "edition"):  # what approved an edition is looked up each time it is shown
        op.create_index(f"ix_audit_entry_{column}", "audit_entry", [column])
