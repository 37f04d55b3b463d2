"""Takes back every token of a person at once, within the change that asks for it. Asks nobody whether it may."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.people.in_record import enter_token
from rootline.desk.people.tables import Account, ApiToken


def revoke_all(session: Session, at: str, by: Actor, account: Account) -> int:
    """How many there were, expired ones among them; each is an entry of its own."""
    mine = select(ApiToken).where(ApiToken.account == account.number).order_by(ApiToken.number).with_for_update()
    tokens = session.scalars(mine).all()
    for token in tokens:
        session.delete(token)
        session.flush()
        enter_token(session, at, by, "revoke token", token, account)
    return len(tokens)
