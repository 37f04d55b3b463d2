"""Each change of an account or token stands in the record, by whom; and what was changed past it is found."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from rootline.desk.actor import OPERATOR
from rootline.desk.audit import to_lines
from rootline.desk.check_audit import check_audit
from rootline.desk.opening import make_desk
from rootline.desk.people.accounts import add, change, disable, enable, give_password, revoke_tokens, unlock
from rootline.desk.people.api_tokens import make_token, revoke_token
from rootline.desk.people.lockout import FREE
from rootline.desk.people.sign_in import change_password, sign_in
from rootline.desk.people.store import People
from rootline.errors import InputError, SignInError
from tests.desk.conftest import at_schema
from tests.desk.people.conftest import RUTH, SECRET, join

MAIL, OWN, LABEL = "ben@hospital.example", "other plain words there", "nightly check"


def told(desk):
    with desk.reading() as session:
        return [json.loads(line) for line in to_lines(session)]


def findings(desk):
    with desk.reading() as session:
        return check_audit(session).findings


@pytest.fixture
def lived(people: People):
    """Everything that can happen to an account, once."""
    add(people, MAIL, "Ben Okoro", "author", "neurology", by=RUTH, password=SECRET)
    change_password(people, MAIL, SECRET, OWN)
    change(people, MAIL, by=RUTH, role="reviewer")
    for _ in range(FREE):
        with pytest.raises(SignInError):
            sign_in(people, MAIL, "a wrong password, again")
    unlock(people, MAIL, by=RUTH)
    make_token(people, MAIL, LABEL, ["read"], 30)
    revoke_token(people, MAIL, 1)
    disable(people, MAIL, by=RUTH)
    enable(people, MAIL, by=RUTH)
    give_password(people, MAIL, SECRET, by=RUTH)
    for _ in range(2):
        make_token(people, MAIL, LABEL, ["review"], 30, by=OPERATOR)
    revoke_tokens(people, MAIL, by=RUTH)
    make_token(people, MAIL, LABEL, ["review"], 30, by=OPERATOR)
    return people


def test_who_changed_what_stands_in_the_record_and_holds(lived, desk):
    ruth, ben, own = "Ruth Adler", "Ben Okoro", "the operator of this machine"
    assert [(one["who"], one["act"]) for one in told(desk)] == [
        (own, "add person"), (ruth, "add person"), (ben, "change password"), (ruth, "change person"),
        ("", "lock person"), (ruth, "unlock person"), (ben, "make token"), (ben, "revoke token"),
        (ruth, "disable person"), (ruth, "enable person"), (ruth, "give password"), (own, "make token"),
        (own, "make token"), (ruth, "revoke token"), (ruth, "revoke token"), (own, "make token"),
    ]  # fmt: skip
    assert json.loads(told(desk)[3]["detail"])["stands"]["role"] == "reviewer"
    assert findings(desk) == ()


def test_the_record_holds_no_login_password_token_or_label(lived, desk):
    with desk.reading() as session:
        lines = "\n".join(to_lines(session))
    with desk.engine.connect() as connection:
        kept = [*connection.execute(text("SELECT password FROM account")).scalars(),
                *connection.execute(text("SELECT hashed FROM api_token")).scalars()]  # fmt: skip
    for secret in (MAIL, "hospital", 'ada"', SECRET, OWN, LABEL, "argon2", "rootline_", *kept):
        assert secret not in lines, secret


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE account SET role = 'chair' WHERE number = 2",
         "account 2 was altered: its role is `chair`, and the record says `reviewer`"),
        ("UPDATE account SET specialty = 'surgery' WHERE number = 2", "account 2 was altered: its specialty is"),
        ("UPDATE account SET name = 'Dr Famous' WHERE number = 2", "account 2 was altered: its name is `Dr Famous`"),
        ("UPDATE account SET is_disabled = (1 = 1) WHERE number = 2", "account 2 was altered (Ben Okoro)"),
        ("UPDATE account SET subject = 'provider eve' WHERE number = 2", "account 2 was altered (Ben Okoro)"),
        ("UPDATE account SET password = (SELECT password FROM account WHERE number = 1) WHERE number = 2",
         "account 2 was altered (Ben Okoro)"),
        ("UPDATE api_token SET scopes = 'submit,review'", "api token # was altered"),
        ("UPDATE api_token SET account = 1", "api token # was altered"),
        ("DELETE FROM api_token", "api token # is gone"),
        ("INSERT INTO account SELECT 9, 'eve', 'Eve', 'eve', 'chair', '', password, is_first_password, NULL, "
         "is_disabled, 0, 0, 0 FROM account WHERE number = 1", "account 9 does not stand in the record"),
    ],
)  # fmt: skip
def test_what_was_changed_past_the_record_is_found(lived, desk, statement, what):
    with desk.engine.begin() as connection:
        what = what.replace("#", str(connection.execute(text("SELECT max(number) FROM api_token")).scalar()))
        connection.execute(text(statement))
    assert any(what in one for one in findings(desk)), findings(desk)
    assert "argon2" not in str(findings(desk))


def test_accounts_of_a_desk_made_before_are_entered_as_they_are_found(url):
    with at_schema(url, "0002") as put:  # people, and no word of them in the record
        put("audit_head", id=1, sequence=0, hash="")
        put(
            "account", number=1, login="ada", name="Ada Lund", folded_name="ada lund", role="administrator",
            specialty="", password="", is_first_password=False, is_disabled=False, failures=0, waits_until=0, created=0,
        )  # fmt: skip
    desk = make_desk(url)
    assert [(one["who"], one["act"]) for one in told(desk)] == [
        (OPERATOR.name, "find person"), (OPERATOR.name, "take stock"),
    ]  # fmt: skip
    assert findings(desk) == ()
    desk.close()


@pytest.mark.parametrize("name", ["ben@hospital.example", "The  Operator of this Machine"])
def test_a_name_is_fit_to_stand_in_the_record(people, name):
    with pytest.raises(InputError):
        add(people, "ben", name, "author", by=RUTH, password=None)


def test_what_is_undone_is_not_in_the_record(people, desk):
    join(people, "ben", "Ben Okoro", "author")
    before = told(desk)
    for refused in (
        lambda: disable(people, "ada", by=RUTH),
        lambda: add(people, "ada", "Somebody Else", "author", by=RUTH, password=SECRET),
        lambda: make_token(people, "ben", LABEL, ["everything"], 1),
    ):
        with pytest.raises(InputError):
            refused()
    assert told(desk) == before
