"""What was signed under what is not approved yet by somebody who since then could not sign, has fallen, too.

The program lets it fall when the account changes; those that changed before it did so are told by the record.
"""

from __future__ import annotations

import json
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WAITING = sa.text("""
SELECT signature.id, signature.name, signature.at FROM signature JOIN edition ON edition.id = signature.edition
WHERE signature.conflict = '' AND signature.fallen = ''
AND edition.state IN ('draft', 'submitted', 'under_review', 'changes_requested')
""")
_STANDINGS = sa.text("SELECT at, detail FROM audit_entry WHERE detail LIKE '%\"stands\"%' ORDER BY sequence")
_FALL = sa.text("UPDATE signature SET fallen = :why WHERE id = :id")


def upgrade() -> None:
    """By the first entry after each signature that has its signer disabled, or in a role that may not sign."""
    bind = op.get_bind()
    told = [(at, json.loads(detail)["stands"]) for at, detail in bind.execute(_STANDINGS)]
    for id_, name, signed in bind.execute(_WAITING).all():
        for at, stands in told:
            if at > signed and "role" in stands and _fold(stands["name"]) == _fold(name):
                if stands["disabled"] or stands["role"] not in ("reviewer", "chair"):
                    why = "the account is disabled" if stands["disabled"] else f"the signer is {stands['role']}"
                    bind.execute(_FALL, {"id": id_, "why": f"{why} since {at[:10]}"})
                    break


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
