"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from rootline.desk.people.passwords import LONGEST, SHORTEST, check_password, hash_password, is_outdated, is_password
from rootline.errors import InputError

pytestmark = pytest.mark.usefixtures("hashed_in_earnest")


@pytest.mark.parametrize(
    ("password", "what"),
    [
        ("a" * 5 + "bcdefghi", "too short"),
        ("abcdefghijklmn", "too short"),
        ("abababababababababab", "repeats"),
        ("x" * (LONGEST + 1), "longer than 256"),
        ("jane.smith is my name", "own name"),
        ("we are all JANE here", "own name"),
        ("all the smith's horses", "own name"),
    ],
)
def test_what_is_refused_is_told_why(password, what):
    with pytest.raises(InputError, match=what):
        check_password(password, "jane.smith@hospital.example", "Jane Smith")


@pytest.mark.parametrize(
    "password", ["four plain words here", "abcdefghijklmno", "вход только для своих", "pässwörter wörtlich"]
)
def test_any_letters_are_taken(password):
    check_password(password, "jane.smith@hospital.example", "Jane Li Smith")


@given(st.text(max_size=40))
def test_whatever_is_taken_is_long_and_varied_enough(password):
    try:
        check_password(password, "ada")
    except InputError:
        return
    assert len(password) >= SHORTEST and len(set(password)) >= 6


def test_the_hash_says_its_parameters_and_nothing_of_the_password():
    hashed = hash_password("four plain words here")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$") and "plain" not in hashed
    assert hashed != hash_password("four plain words here")
    assert extract_parameters(hashed).salt_len == 16


def test_only_the_password_itself_is_right():
    hashed = hash_password("four plain words here")
    assert is_password(hashed, "four plain words here")
    for wrong in ("four plain words her", "Four plain words here", "", "four plain words here\x00", hashed):
        assert not is_password(hashed, wrong)


def test_two_keyboards_that_write_one_letter_differently_open_the_same_account():
    assert is_password(hash_password("pa\u0308sswo\u0308rter wortlich"), "p\u00e4ssw\u00f6rter wortlich")


@settings(max_examples=5)
@given(st.text(max_size=20))
def test_without_a_hash_nothing_is_right(password):
    assert not is_password("", password)
    assert not is_password("not a hash", password)


def test_no_account_takes_the_same_work_as_an_account(monkeypatch):
    worked = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda self, *given: worked.append(given[0]) or verify(self, *given))
    is_password("", "four plain words here")
    assert [extract_parameters(one) for one in worked] == [extract_parameters(hash_password("four plain words here"))]


def test_a_hash_of_other_parameters_is_outdated():
    assert not is_outdated(hash_password("four plain words here"))
    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash("four plain words here"))
