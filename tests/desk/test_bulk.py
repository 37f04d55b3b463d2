"""Approving many at once offers only what reads as an edition that is approved now: no retired one comes back so."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import text

from rootline.desk.acts import draft, retire, take
from rootline.desk.bulk import approve_many, why_by_itself
from rootline.desk.feedback import give_feedback, settle_feedback
from rootline.desk.present import Present
from rootline.desk.queue import queue
from rootline.desk.read_edition import edition_by_id
from rootline.desk.shown import review_of
from rootline.desk.submit_present import submit_present
from tests.desk.test_life import now_of
from tests.desk.test_queue import CALM
from tests.desk.three_people import ANN, BEN, CIT, approved, clinicians, put

GONE = "Edition 1, which it is compared with, was taken out of use since: read there why."


@pytest.fixture
def calm(desk, ankle, changed):
    """An edition that reads as the approved one beside it, ready to be signed; and that one."""
    present = Present(ankle)
    before = approved(desk, present, clinicians(present))
    later = Present(changed(*CALM))
    return before, put(desk, later, clinicians(later)), later


def test_what_reads_as_approved_is_offered(desk, calm):
    _, edition, later = calm
    with desk.reading() as session:
        assert why_by_itself(session, edition, desk.today) == ""
    assert [(one.rank, one.touches, one.reasons) for one in queue(desk, later).waiting] == [(4, (), ())]


def test_what_a_chair_retired_meanwhile_does_not_come_back_in_bulk_and_waits_in_front(desk, calm):
    before, edition, later = calm
    retire(desk, CIT, before.id, before.version, "DANGEROUS: a patient was harmed.")
    (waiting,) = queue(desk, later).waiting
    assert (waiting.rank, waiting.touches, waiting.reasons) == (1, ("again",), (GONE,))
    (refused,) = approve_many(desk, BEN, [(edition.id, edition.version)], "")
    assert refused.signed is None and "taken out of use" in refused.refused
    assert review_of(now_of(clinicians(later), later), desk, later).state == "under_review"


def test_put_up_again_as_it_is_it_still_says_so(desk, calm):
    before, edition, later = calm
    retire(desk, CIT, before.id, before.version, "DANGEROUS: a patient was harmed.")
    again = draft(desk, ANN, later.content(clinicians(later)), later.pack)
    assert again.id == edition.id
    with desk.reading() as session:
        assert "taken out of use" in why_by_itself(session, again, desk.today)


def test_what_is_to_be_reviewed_again_is_not_approved_anew_in_bulk(desk, calm):
    before, edition, _ = calm
    later = dataclasses.replace(desk, clock=lambda: datetime(2099, 1, 1, tzinfo=UTC))
    (refused,) = approve_many(later, BEN, [(edition.id, edition.version)], "")
    assert refused.signed is None and f"to be reviewed again by {before.review_by}" in refused.refused


def test_beside_a_version_that_was_altered_nothing_is_approved_in_bulk(desk, calm):
    before, edition, _ = calm
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE edition SET content = '{}' WHERE id = :id"), {"id": before.id})
    (refused,) = approve_many(desk, BEN, [(edition.id, edition.version)], "")
    assert refused.signed is None and "not what was approved" in refused.refused


def test_what_a_reader_calls_unsafe_elsewhere_is_looked_at_by_itself_where_it_is_told_too(desk, calm):
    _, edition, later = calm
    topic, question, _ = edition.piece.split("/")
    statement = later.content(clinicians(later)).answer.sections[0].statements[0].id
    for piece, of, is_refused in (
        (f"{topic}/other/patient", "", False),
        (f"{topic}/other/patient", "no-statement-of-it", False),
        (f"{topic}/{question}-more/patient", "", False),
        (f"{topic}/other/patient", statement, True),
        (f"{topic}/{question}/patient", "", True),
        (topic, "", True),
        (edition.piece, "", True),
    ):
        given = give_feedback(desk, piece, of, "", "unsafe", "")
        with desk.reading() as session:
            why = why_by_itself(session, edition, desk.today)
        assert why.startswith("a reader calls it unsafe") == is_refused, (piece, of)
        settle_feedback(desk, BEN, given.id, "Read again.")


def test_a_pack_is_looked_at_by_itself_while_anything_of_its_topic_is_called_unsafe(desk, present, changed):
    pack = present.subject("ankle-sprain")
    approved(desk, present, pack)
    edition = put(desk, Present(changed(*CALM)), pack)
    give_feedback(desk, "ankle-sprain/case-1/patient", "", "", "unsafe", "")
    (refused,) = approve_many(desk, BEN, [(edition.id, edition.version)], "")
    assert refused.signed is None and "unsafe" in refused.refused


def test_what_lapses_soon_is_put_up_again_as_it_stands_and_never_ceases_to_be_approved(desk, present):
    subject = clinicians(present)
    before = approved(desk, present, subject)
    lapses = date.fromisoformat(before.review_by)

    def on(days_before):
        day = datetime.combine(lapses - timedelta(days=days_before), time(), UTC)
        return dataclasses.replace(desk, clock=lambda: day)

    assert list(submit_present(on(61), ANN, present, [subject])) == [f"{subject.id}: approved as it stands"]
    soon = on(60)
    (told,) = submit_present(soon, ANN, present, [subject])
    assert "submitted, edition 2" in told and review_of(now_of(subject, present), soon, present).state == "approved"
    assert list(submit_present(soon, ANN, present, [subject])) == [told], "once is enough"
    with desk.reading() as session:
        edition = edition_by_id(session, before.id + 1)
    edition = take(soon, BEN, edition.id, edition.version)
    (outcome,) = approve_many(soon, BEN, [(edition.id, edition.version)], "")
    assert outcome.signed.state == "approved" and outcome.signed.review_by > before.review_by
    assert list(submit_present(soon, ANN, present, [subject])) == [f"{subject.id}: approved as it stands"]
    assert review_of(now_of(subject, present), soon, present).state == "approved"


def test_what_lapsed_and_was_put_up_again_says_that_nothing_approved_stands(desk, calm):
    before, _, later = calm
    after = dataclasses.replace(desk, clock=lambda: datetime(2099, 1, 1, tzinfo=UTC))
    (waiting,) = queue(after, later).waiting
    told = f"Nothing approved stands beside it. It was to be reviewed again by {before.review_by}."
    assert (waiting.rank, waiting.reasons) == (3, (told,))
