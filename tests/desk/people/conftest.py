"""People on a real database, with a clock that the test turns."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from rootline.desk.actor import OPERATOR, Actor
from rootline.desk.opening import Desk
from rootline.desk.people import passwords
from rootline.desk.people.accounts import Member, add_row, member_of
from rootline.desk.people.in_record import enter_account
from rootline.desk.people.passwords import hash_password
from rootline.desk.people.store import People

SECRET = "four plain words here"
RUTH = Actor("Ruth Adler", "administrator")  # who keeps the people, where a test asks for somebody


@dataclass
class Clock:
    """Seconds since 1970, forward only by hand."""

    seconds: int = 1_800_000_000

    def __call__(self) -> int:
        return self.seconds

    def pass_by(self, seconds: int) -> None:
        self.seconds += seconds


@pytest.fixture
def engine(desk: Desk) -> Engine:
    return desk.engine


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(engine: Engine, clock: Clock) -> People:
    """A desk with one administrator, Ada."""
    desk = People(engine, clock)
    join(desk, "ada", "Ada Lund", "administrator")
    return desk


@pytest.fixture
def hashed_in_earnest(quick_hashes: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed as they are outside the tests."""
    monkeypatch.setattr(passwords, "_HASHER", quick_hashes)
    passwords._nobodys.cache_clear()


def join(people: People, login: str, name: str, role: str, specialty: str = "") -> Member:
    """Somebody with a password of their own, `SECRET`."""
    with people.writing() as session:
        account = add_row(session, login, name, role, people.now(), specialty, hashed=hash_password(SECRET))
        enter_account(session, people.moment, OPERATOR, "add person", account)
        return member_of(account, people.now())
