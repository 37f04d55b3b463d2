"""API tokens: shown once, limited, ended."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from rootline.desk.audit import entries
from rootline.desk.check_audit import check_audit
from rootline.desk.people.accounts import change, disable, enable, give_password, revoke_tokens
from rootline.desk.people.api_tokens import make_token, revoke_token, tokens_of, who_by_token
from rootline.desk.people.sign_in import change_password
from rootline.errors import InputError, NotFoundError
from tests.desk.people.conftest import RUTH, SECRET, join

DAY = 24 * 3600


def test_a_token_opens_for_its_owner_as_far_as_its_scopes(people):
    token = make_token(people, "ada", "nightly check", ["review", "read", "read"], 30)
    person, scopes = who_by_token(people, token)
    assert (person.name, scopes) == ("Ada Lund", ("review", "read"))


def test_it_is_kept_as_a_hash_alone(people, engine):
    token = make_token(people, "ada", "nightly check", ["read"], 30)
    with engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM api_token")).all())
    assert token not in rows and token.removeprefix("rootline_") not in rows
    assert token not in str(tokens_of(people, "ada"))


@pytest.mark.parametrize("wrong", ["", "rootline_", "rootline_x", "Ada Lund", "\ud800"])
def test_nothing_else_opens(people, wrong):
    token = make_token(people, "ada", "nightly check", ["read"], 30)
    assert who_by_token(people, wrong) is None
    assert who_by_token(people, token[:-1]) is None and who_by_token(people, token.upper()) is None


def test_it_ends_on_its_day(people, clock):
    token = make_token(people, "ada", "nightly check", ["read"], 30)
    clock.pass_by(30 * DAY - 1)
    assert who_by_token(people, token)
    clock.pass_by(1)
    assert who_by_token(people, token) is None


def test_it_says_when_it_was_used(people, clock):
    token = make_token(people, "ada", "nightly check", ["read"], 30)
    assert tokens_of(people, "ada")[0].used == 0
    clock.pass_by(100)
    who_by_token(people, token)
    assert tokens_of(people, "ada")[0].used == clock()


def test_it_is_revoked_at_once_and_by_its_owner_alone(people):
    join(people, "ben", "Ben Okoro", "author")
    token = make_token(people, "ada", "nightly check", ["read"], 30)
    number = tokens_of(people, "ada")[0].number
    with pytest.raises(NotFoundError):
        revoke_token(people, "ben", number)
    assert who_by_token(people, token)
    revoke_token(people, "ada", number)
    assert who_by_token(people, token) is None and tokens_of(people, "ada") == []
    with pytest.raises(NotFoundError):
        revoke_token(people, "ada", number)


def test_it_does_not_outlive_the_account_and_follows_its_role(people):
    join(people, "ben", "Ben Okoro", "author")
    token = make_token(people, "ben", "nightly check", ["read"], 30)
    change(people, "ben", role="reader", by=RUTH)
    assert who_by_token(people, token)[0].role == "reader"
    disable(people, "ben", by=RUTH)
    assert who_by_token(people, token) is None
    with pytest.raises(InputError, match="disabled"):
        make_token(people, "ben", "another", ["read"], 30)
    enable(people, "ben", by=RUTH)
    assert who_by_token(people, token) is None, "what was shut does not open again by itself"


def reset(people, login, by):
    give_password(people, login, "quite other plain words", by=by)


@pytest.mark.parametrize("end", [disable, revoke_tokens, reset])
def test_an_administrator_ends_every_token_of_a_person_and_nobody_elses(people, end):
    join(people, "ben", "Ben Okoro", "author")
    mine = [make_token(people, "ben", label, ["read"], 30) for label in ("one", "two")]
    other = make_token(people, "ada", "three", ["read"], 30)
    end(people, "ben", by=RUTH)
    assert [who_by_token(people, one) for one in mine] == [None, None] and tokens_of(people, "ben") == []
    assert who_by_token(people, other)


def test_another_password_of_its_owner_ends_every_token_and_an_own_one_for_a_first_one_none(people):
    join(people, "ben", "Ben Okoro", "author")
    mine, other = (make_token(people, login, "x", ["read"], 30) for login in ("ben", "ada"))
    change_password(people, "ben", SECRET, "quite other plain words")
    assert who_by_token(people, mine) is None and who_by_token(people, other)
    with people.reading() as session:
        *_, last = entries(session)
        assert (last.act, last.who) == ("revoke token", "Ben Okoro") and check_audit(session).findings == ()
    give_password(people, "ben", "a third set of words", by=RUTH)
    given = make_token(people, "ben", "by the operator", ["read"], 30, by=RUTH)
    change_password(people, "ben", "a third set of words", SECRET)
    assert who_by_token(people, given)


@pytest.mark.parametrize(
    ("label", "scopes", "days"),
    [("", ["read"], 30), ("x", [], 30), ("x", ["read"], 0), ("x", ["read"], 367), ("x", ["keep people"], 30)],
)
def test_what_cannot_be_a_token_is_told(people, label, scopes, days):
    with pytest.raises(InputError):
        make_token(people, "ada", label, scopes, days)
    assert tokens_of(people, "ada") == []
