"""The tables of people: accounts, sessions, API tokens, sign-ons under way. Holds no secret in the clear.

Times are seconds since 1970, UTC.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from rootline.desk.tables import PASSING, Base


class Account(Base):
    """One person. `login` is theirs alone to know; `name` is shown beside what they do, and never changes."""

    __tablename__ = "account"

    number: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)  # folded: one writing for each
    name: Mapped[str]
    folded_name: Mapped[str] = mapped_column(unique=True)  # nobody can pass for another by capital letters
    role: Mapped[str]
    specialty: Mapped[str]
    password: Mapped[str]  # an Argon2 hash; empty where the person comes by single sign-on
    is_first_password: Mapped[bool]  # given by somebody else: good for choosing an own one, nothing more
    subject: Mapped[str | None] = mapped_column(unique=True)  # issuer and name there, since the first single sign-on
    is_disabled: Mapped[bool]
    failures: Mapped[int] = mapped_column(info={PASSING: True})  # wrong passwords since the last right one
    waits_until: Mapped[int] = mapped_column(BigInteger, info={PASSING: True})
    created: Mapped[int] = mapped_column(BigInteger)


class BrowserSession(Base):
    """One browser in which a person is signed in."""

    __tablename__ = "browser_session"
    __table_args__ = ({"info": {PASSING: True}},)

    hashed: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey(Account.number), index=True)
    began: Mapped[int] = mapped_column(BigInteger)
    seen: Mapped[int] = mapped_column(BigInteger)


class ApiToken(Base):
    """One program that acts for a person, as far as the token's scopes reach."""

    __tablename__ = "api_token"

    number: Mapped[int] = mapped_column(primary_key=True)
    hashed: Mapped[str] = mapped_column(unique=True)
    account: Mapped[int] = mapped_column(ForeignKey(Account.number), index=True)
    label: Mapped[str]
    scopes: Mapped[str]  # separated by commas
    created: Mapped[int] = mapped_column(BigInteger)
    expires: Mapped[int] = mapped_column(BigInteger)
    used: Mapped[int] = mapped_column(BigInteger, info={PASSING: True})  # 0: never


class SignOn(Base):
    """A browser on its way to the provider and back; taken out when it returns, so that it returns once."""

    __tablename__ = "sign_on"
    __table_args__ = ({"info": {PASSING: True}},)

    hashed_state: Mapped[str] = mapped_column(primary_key=True)
    hashed_browser: Mapped[str]
    nonce: Mapped[str]
    verifier: Mapped[str]
    began: Mapped[int] = mapped_column(BigInteger)
