"""Editions say why nothing could be proved of them; and accounts of before stand in the record as they were found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from rootline.desk.actor import OPERATOR
from rootline.desk.opening import now
from rootline.desk.people.in_record import enter_account, enter_token
from rootline.desk.people.tables import Account, ApiToken

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; then tell the record of every account and token that it has not heard of."""
    op.add_column("edition", sa.Column("unproved", sa.Text(), nullable=False, server_default=""))
    at = now().isoformat(timespec="microseconds")
    with Session(op.get_bind()) as session:
        for account in session.scalars(sa.select(Account).order_by(Account.number)):
            enter_account(session, at, OPERATOR, "find person", account)
        for token in session.scalars(sa.select(ApiToken).order_by(ApiToken.number)):
            enter_token(session, at, OPERATOR, "make token", token, session.get_one(Account, token.account))
        session.flush()
