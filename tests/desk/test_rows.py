"""Whatever is changed in a row past the record is found: every column of every table, but those that pass."""

from __future__ import annotations

import pytest
from sqlalchemy import LargeBinary, Text, column, table, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from rootline.desk.actor import OPERATOR
from rootline.desk.acts import comment, request_changes
from rootline.desk.check_audit import check_audit
from rootline.desk.feedback import give_feedback, settle_feedback
from rootline.desk.people.accounts import change, revoke_tokens
from rootline.desk.people.api_tokens import make_token
from rootline.desk.people.store import People
from rootline.desk.policy import Asked, set_policy
from rootline.desk.present import Present
from rootline.desk.seal import make_seal, public_key
from rootline.desk.tables import PASSING, Base, Edition
from rootline.errors import DeskError
from tests.desk.people.conftest import join
from tests.desk.three_people import BEN, CIT, approved, clinicians, put

# What docs/desk.md says stands in no entry: the record itself, who is signed in, and what is only counted.
PASSES = {
    "audit_entry", "audit_head", "browser_session", "sign_on", "account.failures", "account.waits_until",
    "api_token.used",
}  # fmt: skip


@pytest.fixture
def lived(desk, ankle, changed, tmp_path):
    """A row in every table that the record tells of; a second edition is compared with the first."""
    present = Present(ankle)
    subject = clinicians(present)
    approved(desk, present, subject)
    other = Present(changed("glossary.yaml", "# FICTIONAL", "# FICTIONAL:"))
    edition = put(desk, other, subject)
    comment(desk, BEN, edition.id, "brace", "Which brace?")
    set_policy(desk, CIT, "ankle-sprain", Asked(2))
    give_feedback(desk, edition.piece, "move-early", edition.sha256, "unclear", "How early?")
    make_seal(desk, tmp_path / "desk.key", OPERATOR)
    people = People(desk.engine)
    join(people, "ada", "Ada Lund", "administrator")
    make_token(people, "ada", "nightly", ["read"], 30)
    return desk


def passes(one) -> bool:
    return bool(one.info.get(PASSING))


def test_what_passes_is_what_the_docs_say():
    tables = Base.metadata.tables.values()
    columns = {str(one) for each in tables if not passes(each) for one in each.c if passes(one)}
    assert {each.name for each in tables if passes(each)} | columns == PASSES


def test_every_column_of_every_row_is_held_to_the_record(lived):
    altered = 0
    for each in Base.metadata.sorted_tables:
        for one in () if passes(each) else each.c:
            findings = after(lived, update(table(each.name, column(one.name))).values({one.name: other_than(one)}))
            if findings is not None and not passes(one):
                altered += 1
                named = each.name.replace("_", " ")
                assert any(found.startswith(named) for found in findings), one
            assert findings != () or passes(one)
    assert altered > 50


def other_than(one):
    """A value that stands in no row."""
    if isinstance(one.type, LargeBinary):
        return b"altered"
    if isinstance(one.type, Text):
        return "altered"
    return text(f"NOT {one.name}") if one.type.python_type is bool else 77


def after(desk, statement) -> tuple[str, ...] | None:
    """What a check finds after it, which is then undone; None where the database itself refuses."""
    with desk.engine.connect() as connection, connection.begin() as begun:
        try:
            assert connection.execute(statement).rowcount
            with Session(connection) as session:
                findings = check_audit(session).findings
        except IntegrityError:
            findings = None
        begun.rollback()
    return findings


def test_a_desk_with_every_kind_of_row_holds(lived):
    with lived.reading() as session:
        assert check_audit(session).findings == ()


def test_a_key_put_in_place_of_the_desks_own_is_not_its_key(lived, desk):
    assert public_key(desk)
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE seal SET public = '-----BEGIN PUBLIC KEY-----'"))
    with pytest.raises(DeskError, match="not the one that its record tells of"):
        public_key(desk)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE edition SET author = 'Eve' WHERE id = 2", "edition 2"),
        ("UPDATE edition SET difference = '' WHERE id = 2", "edition 2"),
        ("UPDATE account SET specialty = 'surgery'", "account 1"),
        ("UPDATE policy SET reviewers = 1", "policy ankle-sprain"),
        ("UPDATE feedback SET kind = 'other'", "feedback 1"),
        ("UPDATE api_token SET scopes = 'review'", "api token 1"),
    ],
)
def test_what_was_altered_stays_found_when_the_program_writes_the_row_again(lived, statement, told):
    with lived.engine.begin() as connection:
        connection.execute(text(statement))
    people = People(lived.engine)
    with lived.reading() as session:
        version = session.get_one(Edition, 2).version
    request_changes(lived, BEN, 2, version, "Say which.")
    change(people, "ada", specialty="general practice", by=OPERATOR)
    set_policy(lived, CIT, "ankle-sprain", Asked(3))
    settle_feedback(lived, BEN, 1, "Said.")
    revoke_tokens(people, "ada", by=OPERATOR)
    with lived.reading() as session:
        (found,) = check_audit(session).findings
    assert found.startswith(f"{told} was altered before entry ")
