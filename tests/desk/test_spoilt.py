"""What SQLite keeps though it is not of its column's kind: named as altered, while the rest is checked and told."""

from __future__ import annotations

import json

import pytest

from rootline.desk.acts import comment
from rootline.desk.audit import to_lines
from rootline.desk.backup import backup
from rootline.desk.check_audit import check_audit
from rootline.desk.opening import make_desk
from rootline.desk.people.store import People
from rootline.desk.report import render_life
from rootline.errors import DeskError
from tests.desk.people.conftest import join
from tests.desk.test_audit import rewrite
from tests.desk.three_people import BEN, approved, clinicians


@pytest.fixture
def lived(tmp_path, present):
    """In SQLite alone: PostgreSQL holds every value to the kind of its column."""
    desk = make_desk(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    edition = approved(desk, present, clinicians(present))
    comment(desk, BEN, edition.id, "", "Well said.")
    join(People(desk.engine), "ada", "Ada Lund", "administrator")
    yield desk
    desk.close()


IN_ENTRIES = [
    *(f"UPDATE audit_entry SET {column} = {value} WHERE sequence = 3"
      for column in ("who", "at", "act", "detail", "sha256", "edition", "previous", "hash")
      for value in ("x'ff00'", "CAST(x'ff00' AS TEXT)")),
]  # fmt: skip


@pytest.mark.parametrize("statement", IN_ENTRIES)
def test_an_entry_is_named_and_the_record_is_told_on(lived, present, statement):
    rewrite(lived, statement)
    with lived.reading() as session:
        assert any(one.startswith("entry 3 ") for one in check_audit(session).findings)
        assert len([json.loads(line.encode()) for line in to_lines(session)]) == 6
    assert "entry 3 " in render_life(lived, clinicians(present).id, present)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit_head SET sequence = x'ff00'", "the head of the record is not its last entry"),
        ("UPDATE audit_head SET hash = x'ff00'", "the head of the record is not its last entry"),
        ("UPDATE kept_pack SET archive = 'text'", "kept pack "),
        ("UPDATE kept_pack SET archive = CAST(x'ff00' AS TEXT)", "kept pack "),
        ("UPDATE comment SET text = x'ff00'", "comment 1 was altered"),
        ("UPDATE comment SET text = CAST(x'ff00' AS TEXT)", "comment 1 was altered"),
        ("UPDATE account SET is_disabled = x'ff00'", "account 1 was altered"),
        ("UPDATE account SET is_disabled = 'text'", "account 1 was altered"),
    ],
)
def test_a_row_is_named_and_the_rest_is_checked(lived, statement, told):
    rewrite(lived, statement, "UPDATE signature SET conflict = 'x'")
    with lived.reading() as session:
        findings = check_audit(session).findings
    assert any(one.startswith(told) for one in findings), findings
    assert "signature 1 was altered" in findings


def test_a_backup_that_could_not_be_restored_is_not_made(lived):
    rewrite(lived, "UPDATE comment SET text = x'ff00'")
    with pytest.raises(DeskError, match=r"comment\.text"):
        list(backup(lived))
