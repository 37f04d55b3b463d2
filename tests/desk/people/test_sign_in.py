"""Signing in by password: what opens, what waits, and what ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from rootline.desk.people import accounts, lockout
from rootline.desk.people.lockout import FREE, wait_after
from rootline.desk.people.sessions import IDLE, WHOLE, end_session
from rootline.desk.people.sign_in import change_password, sign_in, who
from rootline.desk.people.tables import Account, BrowserSession
from rootline.errors import FirstPasswordError, InputError, SignInError
from tests.desk.people.conftest import RUTH, SECRET, join

OTHER = "quite other plain words"


def fail(people, times: int = 1, login: str = "ada") -> None:
    for _ in range(times):
        with pytest.raises(SignInError):
            sign_in(people, login, OTHER)


def row(people) -> Account:
    with people.reading() as session:
        return session.scalars(select(Account)).one()


@pytest.mark.parametrize("login", ["ada", "ADA", "  Ada "])
def test_a_right_password_opens_a_session(people, login):
    assert who(people, sign_in(people, login, SECRET)).name == "Ada Lund"


def test_sessions_are_kept_as_hashes(people):
    id_ = sign_in(people, "ada", SECRET)
    with people.reading() as session:
        kept = session.execute(text("SELECT * FROM browser_session")).all()
    assert len(kept) == 1 and id_ not in str(kept)
    assert who(people, kept[0].hashed) is None and who(people, "") is None


def test_a_session_ends_an_hour_after_its_last_use(people, clock):
    id_ = sign_in(people, "ada", SECRET)
    for _ in range(3):
        clock.pass_by(IDLE - 1)
        assert who(people, id_)
    clock.pass_by(IDLE)
    assert who(people, id_) is None


def test_a_session_ends_twelve_hours_after_it_began_however_busy(people, clock):
    id_ = sign_in(people, "ada", SECRET)
    for _ in range(WHOLE // 1800 - 1):
        clock.pass_by(1800)
        assert who(people, id_)
    clock.pass_by(1800)
    assert who(people, id_) is None


def test_sessions_that_ended_by_themselves_are_forgotten(people, clock):
    sign_in(people, "ada", SECRET)
    clock.pass_by(WHOLE)
    sign_in(people, "ada", SECRET)
    with people.reading() as session:
        assert len(session.scalars(select(BrowserSession)).all()) == 1


def test_signing_out_ends_one_session(people):
    one, two = sign_in(people, "ada", SECRET), sign_in(people, "ada", SECRET)
    end_session(people, one)
    assert who(people, one) is None and who(people, two)


def test_another_password_ends_every_session_but_the_new_one(people):
    old = [sign_in(people, "ada", SECRET) for _ in range(2)]
    new = change_password(people, "ada", SECRET, OTHER)
    assert [who(people, id_) for id_ in old] == [None, None]
    assert who(people, new)
    with pytest.raises(SignInError):
        sign_in(people, "ada", SECRET)
    assert sign_in(people, "ada", OTHER)


def test_a_password_is_changed_only_by_who_knows_it_and_to_a_good_one(people):
    with pytest.raises(SignInError):
        change_password(people, "ada", OTHER, "third set of words")
    with pytest.raises(InputError, match="own name"):
        change_password(people, "ada", SECRET, "the lund family dog")
    assert sign_in(people, "ada", SECRET)


def test_a_first_password_opens_nothing_until_it_is_changed(people):
    accounts.add(people, "ben", "Ben Okoro", "author", password=SECRET, by=RUTH)
    with pytest.raises(FirstPasswordError):
        sign_in(people, "ben", SECRET)
    assert who(people, change_password(people, "ben", SECRET, OTHER)).name == "Ben Okoro"
    assert sign_in(people, "ben", OTHER)


def test_a_forgotten_password_is_given_anew(people):
    join(people, "ben", "Ben Okoro", "author")
    id_ = sign_in(people, "ben", SECRET)
    accounts.give_password(people, "ben", OTHER, by=RUTH)
    assert who(people, id_) is None
    with pytest.raises(FirstPasswordError):
        sign_in(people, "ben", OTHER)


@pytest.mark.usefixtures("hashed_in_earnest")
def test_an_old_hash_is_made_anew_at_the_next_signing_in(people):
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(SECRET)
    with people.writing() as session:
        session.scalars(select(Account)).one().password = weak
    sign_in(people, "ada", SECRET)
    assert row(people).password.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert sign_in(people, "ada", SECRET)


def test_a_disabled_person_is_out_and_stays_out(people):
    join(people, "ben", "Ben Okoro", "administrator")
    id_ = sign_in(people, "ben", SECRET)
    accounts.disable(people, "ben", by=RUTH)
    assert who(people, id_) is None
    with pytest.raises(SignInError):
        sign_in(people, "ben", SECRET)
    accounts.enable(people, "ben", by=RUTH)
    assert who(people, id_) is None and sign_in(people, "ben", SECRET)


def test_after_five_wrong_passwords_the_right_one_waits_too(people, clock):
    fail(people, FREE)
    with pytest.raises(SignInError, match="these do not open an account"):
        sign_in(people, "ada", SECRET)
    clock.pass_by(wait_after(FREE) - 1)
    fail_quietly = row(people).failures
    with pytest.raises(SignInError):
        sign_in(people, "ada", SECRET)
    assert row(people).failures == fail_quietly, "a try while waiting does not make it longer"
    clock.pass_by(1)
    assert sign_in(people, "ada", SECRET)
    assert row(people).failures == 0


@pytest.mark.parametrize("nothing", ["", " ", "\n", "\u00a0\t"])
def test_no_password_is_no_guess(people, nothing):
    for _ in range(FREE + 1):
        with pytest.raises(SignInError, match="no password was given"):
            sign_in(people, "ada", nothing)
        with pytest.raises(SignInError, match="no password was given"):
            sign_in(people, "nobody", nothing)
    assert row(people).failures == 0 and sign_in(people, "ada", SECRET)


def test_the_wait_grows_to_a_day(people, clock):
    waits = []
    fail(people, FREE - 1)
    for _ in range(13):
        fail(people)
        waits.append(row(people).waits_until - clock())
        clock.pass_by(waits[-1])
    assert waits[:4] == [60, 120, 240, 480] and waits == sorted(waits) and waits[-2:] == [86400, 86400]


def test_an_administrator_ends_the_wait(people):
    fail(people, FREE)
    assert accounts.find(people, "ada").is_waiting
    assert not accounts.unlock(people, "ada", by=RUTH).is_waiting
    assert sign_in(people, "ada", SECRET)


def test_many_tries_at_once_are_no_way_around_the_wait(people, monkeypatch):
    looked = []
    monkeypatch.setattr("rootline.desk.people.sign_in.is_password", lambda hashed, _: looked.append(hashed) or False)

    def attempt(_: int) -> None:
        with pytest.raises(SignInError):
            sign_in(people, "ada", OTHER)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(attempt, range(40)))
    assert len([hashed for hashed in looked if hashed]) == FREE and len(looked) == 40


def test_the_lock_is_told_without_a_name(people, caplog):
    fail(people, FREE)
    assert caplog.messages == ["account 1: 5 failed sign-ins in a row"]
    assert lockout._LOG.name == "rootline.people"


def test_a_password_changed_meanwhile_opens_nothing(people, monkeypatch):
    """Proved right, then changed by an administrator before the session began."""
    join(people, "ben", "Ben Okoro", "author")

    def changed_meanwhile(hashed: str) -> bool:
        accounts.give_password(people, "ben", OTHER, by=RUTH)
        return False

    monkeypatch.setattr("rootline.desk.people.sign_in.is_outdated", changed_meanwhile)
    with pytest.raises(SignInError, match="changed meanwhile"):
        sign_in(people, "ben", SECRET)


@pytest.mark.parametrize("is_first", [False, True])
def test_a_right_password_is_no_failed_sign_in_though_the_new_one_is_not_taken(people, is_first):
    if is_first:
        accounts.give_password(people, "ada", SECRET, by=RUTH)
    for _ in range(FREE + 1):
        with pytest.raises(InputError, match="too short"):
            change_password(people, "ada", SECRET, "short")
        if is_first:
            with pytest.raises(FirstPasswordError):
                sign_in(people, "ada", SECRET)
    assert who(people, change_password(people, "ada", SECRET, OTHER))
