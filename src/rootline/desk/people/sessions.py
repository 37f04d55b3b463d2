"""Browsers that are signed in: begun, recognised, ended. Knows neither cookie nor password.

A session ends an hour after it was last used and twelve hours after it began, the limits of NIST SP 800-63B-4 for its
second level (an hour; no more than a day). Each carries a fresh random id; only its hash is kept.
"""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from rootline.desk.people.secret import hash_of, new_secret
from rootline.desk.people.store import People
from rootline.desk.people.tables import Account, BrowserSession

IDLE, WHOLE = 3600, 12 * 3600  # seconds
_TOUCH = 60  # `seen` is written this often at most, so that reading rarely writes


def begin_session(session: Session, account: int, now: int) -> str:
    """The id of a new session, within a transaction. Those that ended by themselves are forgotten."""
    ended = or_(BrowserSession.seen <= now - IDLE, BrowserSession.began <= now - WHOLE)
    session.execute(delete(BrowserSession).where(ended))
    id_ = new_secret()
    session.add(BrowserSession(hashed=hash_of(id_), account=account, began=now, seen=now))
    return id_


def account_in(people: People, id_: str) -> Account | None:
    """Whose session this is; None once it ended or its account is disabled."""
    now = people.now()
    mine = BrowserSession.hashed == hash_of(id_)
    alive = (mine, BrowserSession.seen > now - IDLE, BrowserSession.began > now - WHOLE)
    with people.reading() as session:
        found = session.execute(
            select(Account, BrowserSession.seen)
            .join(BrowserSession, BrowserSession.account == Account.number)
            .where(*alive, Account.is_disabled.is_(False))
        ).first()
    if found is None:
        return None
    account, seen = found
    if now - seen >= _TOUCH:
        with people.writing() as session:
            session.execute(update(BrowserSession).where(mine).values(seen=now))
    return account


def end_session(people: People, id_: str) -> None:
    """Sign out; what is not there is out already."""
    with people.writing() as session:
        session.execute(delete(BrowserSession).where(BrowserSession.hashed == hash_of(id_)))


def end_all(session: Session, account: int) -> None:
    """Sign a person out everywhere, within a transaction."""
    session.execute(delete(BrowserSession).where(BrowserSession.account == account))
