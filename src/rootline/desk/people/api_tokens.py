"""Tokens for programs that act for a person: made, shown once, listed, revoked. Kept only as hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from rootline.desk.actor import Actor
from rootline.desk.people.accounts import Member, account_of, member_of, worded
from rootline.desk.people.in_record import enter_token
from rootline.desk.people.permissions import SCOPES
from rootline.desk.people.secret import hash_of, new_secret
from rootline.desk.people.store import People
from rootline.desk.people.tables import Account, ApiToken
from rootline.errors import InputError, NotFoundError, nearest

PREFIX = "rootline_"  # lets scanners find one that was left in a file
LONGEST = 366  # days
_DAY = 24 * 3600
_TOUCH = 60  # seconds; `used` is written this often at most


@dataclass(frozen=True)
class Token:
    """A token as its owner sees it later: everything but itself. Times are seconds since 1970; `used` 0 is never."""

    number: int
    label: str
    scopes: tuple[str, ...]
    created: int
    expires: int
    used: int


def make_token(
    people: People, login: str, label: str, scopes: Sequence[str], days: int, *, by: Actor | None = None
) -> str:  # fmt: skip
    """The token itself, this once. `by` is who makes it where that is not its owner.

    Raises `InputError`, `NotFoundError`.
    """
    for scope in scopes:
        if scope not in SCOPES:
            raise InputError(f"there is no scope `{scope}`", mend=nearest(scope, SCOPES))
    if not scopes or not label.strip() or not 1 <= days <= LONGEST:
        raise InputError("a token needs a label, a scope, and 1 to 366 days", mend="Scopes: " + ", ".join(SCOPES) + ".")
    secret, now = PREFIX + new_secret(), people.now()
    with people.writing() as session:
        account = account_of(session, login)
        if account.is_disabled:
            raise InputError("this account is disabled", mend="An administrator can enable it.")
        row = ApiToken(hashed=hash_of(secret), account=account.number, label=worded(label, "label"), used=0,
                       scopes=",".join(dict.fromkeys(scopes)), created=now, expires=now + days * _DAY)  # fmt: skip
        session.add(row)
        session.flush()
        enter_token(session, people.moment, by or member_of(account, now).actor, "make token", row, account)
    return secret


def who_by_token(people: People, secret: str) -> tuple[Member, tuple[str, ...]] | None:
    """Whose token this is and how far it reaches; None when it is none, expired or its account disabled."""
    now = people.now()
    with people.reading() as session:
        found = session.execute(
            select(Account, ApiToken)
            .join(ApiToken, ApiToken.account == Account.number)
            .where(ApiToken.hashed == hash_of(secret), ApiToken.expires > now, Account.is_disabled.is_(False))
        ).first()
    if found is None:
        return None
    account, token = found
    if now - token.used >= _TOUCH:
        with people.writing() as session:
            session.execute(update(ApiToken).where(ApiToken.number == token.number).values(used=now))
    return member_of(account, now), tuple(token.scopes.split(","))


def tokens_of(people: People, login: str) -> list[Token]:
    """A person's tokens, newest first, expired ones among them."""
    with people.reading() as session:
        mine = select(ApiToken).where(ApiToken.account == account_of(session, login).number)
        return [
            Token(one.number, one.label, tuple(one.scopes.split(",")), one.created, one.expires, one.used)
            for one in session.scalars(mine.order_by(ApiToken.number.desc()))
        ]


def revoke_token(people: People, login: str, number: int) -> None:
    """Take a token back at once. Raises `NotFoundError` where the person has none of this number."""
    with people.writing() as session:
        owner = account_of(session, login)
        mine = select(ApiToken).where(ApiToken.number == number, ApiToken.account == owner.number)
        token = session.scalar(mine.with_for_update())
        if token is None:
            raise NotFoundError("this person has no such token", mend="It may have been revoked already.")
        session.delete(token)
        session.flush()
        enter_token(session, people.moment, member_of(owner, people.now()).actor, "revoke token", token, owner)
