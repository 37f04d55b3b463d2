"""Accounts: what may be added, what changes, and that an administrator always stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from rootline.desk.actor import ROLES, Actor
from rootline.desk.people.accounts import (
    add,
    change,
    disable,
    enable,
    find,
    give_password,
    has_administrator,
    list_people,
    unlock,
)
from rootline.desk.people.api_tokens import make_token
from rootline.desk.people.sign_in import sign_in
from rootline.desk.people.store import People
from rootline.desk.policy import Asked, policy_of, set_policy
from rootline.errors import InputError, NotFoundError, SignInError
from tests.desk.people.conftest import RUTH, SECRET, join
from tests.desk.three_people import CIT


def test_a_person_is_kept_as_told(people):
    add(people, "Ben@Hospital.example", "  Ben   Okoro ", "reviewer", "neurology", password=SECRET, by=RUTH)
    person = find(people, "ben@hospital.EXAMPLE")
    assert person.actor == Actor("Ben Okoro", "reviewer", "neurology")
    assert [one.name for one in list_people(people)] == ["Ada Lund", "Ben Okoro"]


def test_no_password_lies_in_the_clear(people, engine):
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM account")).all()
    assert "$argon2id$" in str(rows) and SECRET not in str(rows)


@pytest.mark.parametrize(
    ("login", "name"), [("ada", "Somebody Else"), ("ADA", "Somebody Else"), ("eve", "ada  LUND"), ("eve", "Ada Ｌund")]
)
def test_nobody_gets_anothers_login_or_name(people, login, name):
    with pytest.raises(InputError, match="another account") as raised:
        add(people, login, name, "author", password=SECRET, by=RUTH)
    assert raised.value.__cause__ is None and raised.value.__suppress_context__
    assert len(list_people(people)) == 1


@pytest.mark.parametrize(
    ("login", "name", "role", "password", "what"),
    [
        ("", "Eve", "author", SECRET, "login"),
        ("eve", " ", "author", SECRET, "name"),
        ("eve", "E\u202eve", "author", SECRET, "name"),
        ("eve", "E" * 201, "author", SECRET, "name"),
        ("eve", "Eve", "auther", SECRET, "no role `auther`"),
        ("eve", "Eve", "anyone", SECRET, "no role"),
        ("eve", "Eve", "author", "short", "too short"),
        ("eve", "Eve Hollis", "author", "hollis and ivy and me", "own name"),
    ],
)
def test_what_cannot_be_an_account_is_told(people, login, name, role, password, what):
    with pytest.raises(InputError, match=what):
        add(people, login, name, role, password=password, by=RUTH)
    assert len(list_people(people)) == 1


@pytest.mark.parametrize("hostile", ["a\x00da", "\x00", "a\ud7ffda", "x" * 100_000, "' OR 1=1 --", "ada\u0000"])
def test_no_letters_of_a_login_break_the_store(people, hostile):
    with pytest.raises(SignInError):
        sign_in(people, hostile, SECRET)
    with pytest.raises(NotFoundError):
        find(people, hostile)
    for act in (
        lambda: change(people, "ada", specialty="neuro\x00logy", by=RUTH),
        lambda: make_token(people, "ada", "\x00", ["read"], 1),
    ):
        with pytest.raises(InputError):
            act()


def test_role_and_specialty_change(people):
    join(people, "ben", "Ben Okoro", "author")
    assert change(people, "ben", role="chair", by=RUTH).role == "chair"
    assert change(people, "ben", specialty="neurology", by=RUTH) == find(people, "ben")
    assert find(people, "ben").actor == Actor("Ben Okoro", "chair", "neurology")
    with pytest.raises(InputError):
        change(people, "ben", role="king", by=RUTH)


def test_the_last_administrator_stays(people):
    for act in (lambda: disable(people, "ada", by=RUTH), lambda: change(people, "ada", role="author", by=RUTH)):
        with pytest.raises(InputError, match="last administrator"):
            act()
    assert find(people, "ada").role == "administrator" and not find(people, "ada").is_disabled
    join(people, "ben", "Ben Okoro", "administrator")
    disable(people, "ada", by=RUTH)
    with pytest.raises(InputError, match="last administrator"):
        change(people, "ben", role="reader", by=RUTH)
    enable(people, "ada", by=RUTH)
    assert change(people, "ben", role="reader", by=RUTH).role == "reader"


def test_two_administrators_who_disable_each_other_at_once_leave_one(people):
    join(people, "ben", "Ben Okoro", "administrator")
    both = Barrier(2)

    def shut(login: str) -> bool:
        both.wait()
        try:
            disable(people, login, by=RUTH)
        except (InputError, SQLAlchemyError):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(shut, ("ada", "ben")))
    assert sorted(done) == [False, True]
    assert has_administrator(people)


def test_who_is_not_there_is_told(people):
    for act in (disable, enable, unlock, change):
        with pytest.raises(NotFoundError):
            act(people, "nobody", by=RUTH)


def test_a_person_by_single_sign_on_gets_no_password(people):
    add(people, "eve@hospital.example", "Eve Hollis", "reviewer", password=None, by=RUTH)
    assert find(people, "eve@hospital.example").by_single_sign_on
    with pytest.raises(InputError, match="no password"):
        give_password(people, "eve@hospital.example", SECRET, by=RUTH)


def test_a_desk_without_people_has_no_administrator(engine):
    people = People(engine)
    assert not has_administrator(people)
    for role in ROLES[:-1]:
        join(people, role, f"The {role}", role)
    assert not has_administrator(people)
    join(people, "ada", "Ada Lund", "administrator")
    assert has_administrator(people)


def test_what_is_shown_of_people_and_their_store_holds_no_secret(people):
    assert SECRET not in repr(people) and "argon2" not in repr(find(people, "ada"))


@pytest.mark.parametrize("text", ["neurology) [approved] (", "a; b", "x" * 201, "neuro\u202elogy", "neurology · chair"])
def test_a_specialty_is_one_and_nothing_that_reads_as_more(people, desk, text):
    with pytest.raises(InputError, match="specialty"):
        change(people, "ada", specialty=text, by=RUTH)
    with pytest.raises(InputError, match="specialty"):
        set_policy(desk, CIT, "ankle-sprain", Asked(2, text))


def test_a_specialty_asked_for_is_written_as_that_of_a_person(people, desk):
    set_policy(desk, CIT, "ankle-sprain", Asked(2, "  spine   surgery "))
    with desk.reading() as session:
        assert policy_of(session, "ankle-sprain").specialty == "spine surgery"
    assert change(people, "ada", specialty="  spine   surgery ", by=RUTH).specialty == "spine surgery"
