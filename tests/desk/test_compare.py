"""A proof that fails: the edition stands on the desk, says why nothing is proved, and is not approved with others."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from rootline.desk.audit import to_lines
from rootline.desk.bulk import approve_many
from rootline.desk.check_audit import check_audit
from rootline.desk.feedback import give_feedback
from rootline.desk.present import Present
from rootline.desk.queue import queue
from rootline.desk.report import render_life
from rootline.desk.submit_present import submit_present
from rootline.desk.tell import tell
from rootline.errors import RefusedError
from tests.desk.test_queue import WORDS
from tests.desk.three_people import ANN, BEN, CIT, approved, clinicians, put

PROGRAM = "What it changes could not be proved: the program failed while it compared the two; the server's log says"


@pytest.fixture
def unproved(desk, ankle, changed, monkeypatch):
    """An edition beside an approved one, drafted where the proof ended in an error of its own."""
    approved(desk, Present(ankle), clinicians(Present(ankle)))

    def out_of_memory(*_):
        raise MemoryError("z3 at 0x7f00")

    monkeypatch.setattr("rootline.desk.compare.touched", out_of_memory)
    present = Present(changed(*WORDS))
    return put(desk, present, clinicians(present)), present


def test_a_failed_proof_is_told_everywhere_and_without_internals(desk, unproved):
    edition, present = unproved
    (waiting,) = queue(desk, present).waiting
    said = [edition.unproved, *waiting.reasons, *tell(desk, edition.piece, present)]
    said.append(render_life(desk, edition.piece, present).replace("&#39;", "'"))
    assert sum(PROGRAM in one for one in said) == 4
    assert "0x7f00" not in "".join(said) and waiting.rank == 1 and waiting.touches == ("undecided",)


def test_what_is_not_proved_is_not_approved_with_others(desk, unproved):
    edition, _ = unproved
    (outcome,) = approve_many(desk, BEN, [(edition.id, edition.version)], "")
    assert outcome.signed is None and "could not be proved" in outcome.refused


def test_whether_it_was_proved_stands_in_the_record(desk, unproved):
    with desk.reading() as session:
        drafts = [json.loads(line) for line in to_lines(session) if '"draft"' in line]
        assert PROGRAM in drafts[-1]["detail"]
        assert check_audit(session).findings == ()
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE edition SET touches = 'words', unproved = '' WHERE id = 2"))
    with desk.reading() as session:
        found = check_audit(session).findings
    assert any("its touches is `words`, and the record says `undecided`" in one for one in found)
    assert any("its unproved is ``" in one for one in found)


@pytest.mark.parametrize("archive", [b"x", b""])
def test_a_kept_pack_that_was_altered_proves_nothing(desk, ankle, changed, archive):
    approved(desk, Present(ankle), clinicians(Present(ankle)))
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE kept_pack SET archive = :archive"), {"archive": archive})
    present = Present(changed(*WORDS))
    edition = put(desk, present, clinicians(present))
    assert edition.unproved == "What it changes could not be proved: the version kept of ankle-sprain was altered."
    with desk.reading() as session:
        assert any(f"kept pack {ankle.sha256} was altered" in one for one in check_audit(session).findings)


def test_what_a_reader_calls_unsafe_is_not_approved_with_others(desk, ankle, changed):
    approved(desk, Present(ankle), clinicians(Present(ankle)))
    present = Present(changed(*WORDS))
    edition = put(desk, present, clinicians(present))
    give_feedback(desk, edition.piece, "", "", "unsafe", "It hurt.")
    (outcome,) = approve_many(desk, BEN, [(edition.id, edition.version)], "")
    assert outcome.signed is None and "calls it unsafe" in outcome.refused


def test_one_refused_stops_none_of_the_others_and_is_raised_at_the_end(desk, ankle, monkeypatch):
    present = Present(ankle)
    lines = []

    def refuse_first(*given):
        monkeypatch.undo()
        raise RefusedError("not today")

    monkeypatch.setattr("rootline.desk.submit_present.draft", refuse_first)
    with pytest.raises(RefusedError, match="not today"):
        for line in submit_present(desk, CIT, present, present.subjects()):
            lines.append(line)
    assert "not done: not today" in lines[0] and len(lines) == 5
    assert all("submitted, edition 1" in line for line in lines[1:]) and ANN.name not in str(lines)
