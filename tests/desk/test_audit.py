"""The record tells of everything that was tampered with: each way of doing it is found, and says where."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from rootline.desk.acts import comment
from rootline.desk.audit import FIELDS, chained, to_lines
from rootline.desk.check_audit import check_audit
from rootline.desk.feedback import give_feedback
from rootline.desk.policy import Asked, set_policy
from rootline.desk.present import Present
from tests.desk.three_people import BEN, CIT, approved, clinicians


@pytest.fixture
def lived(desk, ankle):
    """A desk with something on it; the database no longer keeps its record from being rewritten."""
    present = Present(ankle)
    edition = approved(desk, present, clinicians(present))
    comment(desk, BEN, edition.id, "", "Well said.")
    set_policy(desk, CIT, "ankle-sprain", Asked(2))
    give_feedback(desk, edition.piece, "move-early", edition.sha256, "unclear", "How early?")
    assert found(desk) == ()
    return desk


def rewrite(desk, *statements):
    """As somebody with all rights in the database would."""
    with desk.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS audit_entry_no_{verb}"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS audit_entry_only_added ON audit_entry"))
        for statement in statements:
            connection.execute(text(statement))


def found(desk, head=""):
    with desk.reading() as session:
        return check_audit(session, head).findings


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET who = 'X'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_rewrite_the_record(lived, statement):
    with pytest.raises(DBAPIError, match="only added"), lived.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["UPDATE audit_entry SET who = 'Eve' WHERE sequence = 3"], "entry 3 was altered"),
        (["UPDATE audit_entry SET at = '2001-01-01' WHERE sequence = 3"], "entry 3 was altered"),
        (["DELETE FROM audit_entry WHERE sequence = 3"], "entry 3 is missing"),
        (["DELETE FROM audit_entry WHERE sequence < 3"], "entry 1 to 2 is missing"),
        (["DELETE FROM audit_entry WHERE sequence = 7"], "the record was cut off: its head is entry 7"),
        (["UPDATE audit_entry SET sequence = 99 WHERE sequence = 2",
          "UPDATE audit_entry SET sequence = 2 WHERE sequence = 3",
          "UPDATE audit_entry SET sequence = 3 WHERE sequence = 99"],
         "entry 2 does not follow the one before it"),
        (["DELETE FROM audit_head"], "the head of the record is gone"),
        (["UPDATE audit_head SET hash = 'x'"], "the head of the record is not its last entry"),
        (["UPDATE edition SET state = 'draft'"], "its state is `draft`, and the record says `approved`"),
        (["UPDATE edition SET review_by = '2099-01-01'"], "its review_by is `2099-01-01`, and the record says"),
        (["UPDATE edition SET author = 'Eve'"], "its author is `Eve`, and the record says `Ann Author`"),
        (["UPDATE edition SET submitter = 'Eve'"], "its submitter is `Eve`"),
        (["UPDATE policy SET reviewers = 1"], "the policy of ankle-sprain does not stand in the record"),
        (["DELETE FROM policy"], "the policy of ankle-sprain is gone"),
        (["UPDATE edition SET content = replace(content, 'ankle', 'wrist')"], "its content was altered"),
        (["UPDATE signature SET name = 'Dr Famous'"], "the signature of Dr Famous under edition 1 does not stand"),
        (["UPDATE signature SET conflict = 'none of your business'"], "does not stand in the record"),
        (["UPDATE signature SET specialty = 'surgery'"], "does not stand in the record"),
        (["DELETE FROM signature"], "the signature of Ben Reviewer under edition 1 is gone"),
        (["UPDATE comment SET text = 'Badly said.'"], "comment 1 was altered"),
        (["DELETE FROM feedback"], "feedback 1 is gone"),
        (["UPDATE feedback SET kind = 'other'"], "feedback 1 was altered"),
        (["UPDATE feedback SET settled_by = 'Ben Reviewer', settled_how = 'Said.'"], "feedback 1 was altered"),
        (["UPDATE comment SET name = 'Dr Famous'"], "comment 1 was altered"),
        (["INSERT INTO kept_pack SELECT 'x', pack, version, archive FROM kept_pack",
          "UPDATE edition SET pack_sha256 = 'x'"], "its pack is not the one that its content names"),
        (["UPDATE edition SET touches = 'words'"], "its touches is `words`, and the record says `new`"),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_found(lived, statements, told):
    rewrite(lived, *statements)
    assert any(told in one for one in found(lived)), found(lived)


def test_a_record_forged_from_end_to_end_is_found_by_a_head_that_was_written_down(lived):
    with lived.reading() as session:
        before = check_audit(session).head
    assert found(lived, before) == ()
    give_feedback(lived, "ankle-sprain", "", "", "wrong", "")
    assert found(lived, before) == (), "the record went on: the old head stands in it"
    forge(lived)
    assert found(lived) == ()
    assert found(lived, before) == (f"no entry has the hash {before[:12]}… that was written down before",)


def forge(desk):
    """Another author, and every hash made anew after it."""
    rewrite(desk, "UPDATE audit_entry SET who = 'Eve' WHERE act = 'draft'", "UPDATE edition SET author = 'Eve'")
    previous = ""
    with desk.engine.begin() as connection:
        for row in connection.execute(text("SELECT * FROM audit_entry ORDER BY sequence")).mappings().all():
            data = {**{name: row[name] for name in FIELDS}, "previous": previous}
            previous = chained(data)
            connection.execute(
                text("UPDATE audit_entry SET previous = :previous, hash = :hash WHERE sequence = :sequence"),
                {"previous": data["previous"], "hash": previous, "sequence": row["sequence"]},
            )
        connection.execute(text("UPDATE audit_head SET hash = :hash"), {"hash": previous})


def test_the_export_can_be_checked_by_another_program(lived):
    with lived.reading() as session:
        told = [json.loads(line) for line in to_lines(session)]
    assert [one["act"] for one in told] == ["draft", "submit", "take", "approve", "comment", "set policy", "feedback"]
    for one, before in zip(told, [{"hash": ""}, *told], strict=False):
        assert one["previous"] == before["hash"] and chained(one) == one["hash"]


def test_the_record_holds_no_text_that_a_person_wrote(lived):
    with lived.reading() as session:
        told = "\n".join(to_lines(session))
    assert "Well said" not in told and "How early" not in told
