"""Each change of an account or token stands in the record, by whom; and what was changed past it is found."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from rootline.desk.actor import OPERATOR
from rootline.desk.audit import to_lines
from rootline.desk.check_audit import check_audit
from rootline.desk.opening import make_desk
from rootline.desk.people.accounts import add, change, disable, enable, give_password, unlock
from rootline.desk.people.api_tokens import make_token, revoke_token
from rootline.desk.people.lockout import FREE
from rootline.desk.people.sign_in import change_password, sign_in
from rootline.desk.people.store import People
from rootline.errors import InputError, SignInError
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
    make_token(people, MAIL, LABEL, ["review"], 30, by=OPERATOR)
    revoke_token(people, MAIL, 1)
    disable(people, MAIL, by=RUTH)
    enable(people, MAIL, by=RUTH)
    give_password(people, MAIL, SECRET, by=RUTH)
    return people


def test_who_changed_what_stands_in_the_record_and_holds(lived, desk):
    ruth, ben, own = "Ruth Adler", "Ben Okoro", "the operator of this machine"
    assert [(one["who"], one["act"]) for one in told(desk)] == [
        (own, "add person"), (ruth, "add person"), (ben, "change password"), (ruth, "change person"),
        ("", "lock person"), (ruth, "unlock person"), (ben, "make token"), (own, "make token"), (ben, "revoke token"),
        (ruth, "disable person"), (ruth, "enable person"), (ruth, "give password"),
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
         "the role of Ben Okoro, account 2, was altered: it is `chair`, and the record says `reviewer`"),
        ("UPDATE account SET specialty = 'surgery' WHERE number = 2", "the specialty of Ben Okoro"),
        ("UPDATE account SET name = 'Dr Famous' WHERE number = 2", "the name of Ben Okoro, account 2, was altered"),
        ("UPDATE account SET is_disabled = (1 = 1) WHERE number = 2", "the disabled of Ben Okoro"),
        ("UPDATE account SET subject = 'provider eve' WHERE number = 2", "the signed on of Ben Okoro"),
        ("UPDATE account SET password = (SELECT password FROM account WHERE number = 1) WHERE number = 2",
         "the password of Ben Okoro, account 2, was altered"),
        ("UPDATE api_token SET scopes = 'submit,review'", "token 2 of account 2 was altered"),
        ("UPDATE api_token SET account = 1", "token 2 of account 1 was altered"),
        ("DELETE FROM api_token", "token 2 of account 2 is gone"),
        ("INSERT INTO account SELECT 9, 'eve', 'Eve', 'eve', 'chair', '', password, is_first_password, NULL, "
         "is_disabled, 0, 0, 0 FROM account WHERE number = 1", "the account of Eve does not stand in the record"),
    ],
)  # fmt: skip
def test_what_was_changed_past_the_record_is_found(lived, desk, statement, what):
    with desk.engine.begin() as connection:
        connection.execute(text(statement))
    assert any(what in one for one in findings(desk)), findings(desk)
    assert "argon2" not in str(findings(desk))


def test_accounts_of_a_desk_made_before_are_entered_as_they_are_found(desk, people, url):
    with desk.engine.begin() as connection:  # as the version before left it: people, and no word of them
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_entry_no_delete"))
        else:
            connection.execute(text("DROP TRIGGER audit_entry_only_added ON audit_entry"))
        connection.execute(text("DELETE FROM audit_entry"))
        connection.execute(text("UPDATE audit_head SET sequence = 0, hash = ''"))
        connection.execute(text("ALTER TABLE edition DROP COLUMN unproved"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    make_desk(url).close()
    assert [(one["who"], one["act"]) for one in told(desk)] == [(OPERATOR.name, "find person")]
    assert findings(desk) == ()


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
