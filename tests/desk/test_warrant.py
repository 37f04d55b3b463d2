"""Whatever is shown as approved rests on the signatures that its topic asked for; else it is not known, and says so."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from rootline.desk.acts import approve
from rootline.desk.bulk import approve_many, why_by_itself
from rootline.desk.is_own import is_own
from rootline.desk.policy import Asked, set_policy
from rootline.desk.present import Present
from rootline.desk.published import versions
from rootline.desk.queue import queue
from rootline.desk.read_edition import once_approved
from rootline.desk.report import render_life
from rootline.desk.shown import NOT_KNOWN, pack_review, review_of
from rootline.desk.tell import tell
from rootline.errors import NotFoundError
from tests.desk.test_audit import rewrite
from tests.desk.test_life import now_of
from tests.desk.test_queue import CALM
from tests.desk.three_people import BEN, CIT, approved, put

FORGED = "UPDATE edition SET state = 'approved', review_by = '2099-01-01'"
NO_ACT = "It stands as approved, and the record has no act that approved it: `rootline desk audit` says more."


def forge(desk, *statements):
    with desk.engine.begin() as connection:
        for one in statements:
            connection.execute(text(one))


def test_an_approval_without_any_signature_is_approved_nowhere(desk, present, subject):
    edition = put(desk, present, subject)
    forge(desk, FORGED)
    review = review_of(now_of(subject, present), desk, present)
    assert (review.state, review.by, review.note) == ("submitted", "", NOT_KNOWN)
    assert NO_ACT in "\n".join(tell(desk, subject.id, present))
    assert f"{subject.id}: submitted" in next(tell(desk, subject.id, present))
    assert "Edition 1: submitted" in (page := render_life(desk, subject.id, present)) and NO_ACT in page
    with desk.reading() as session:
        assert versions(session, subject.id) == ()
        with pytest.raises(NotFoundError):
            once_approved(session, edition.sha256)


def test_it_waits_in_front_with_a_note_for_editors(desk, present, subject):
    put(desk, present, subject)
    forge(desk, FORGED)
    (waiting,) = queue(desk, present).waiting
    assert (waiting.rank, waiting.state, waiting.reasons) == (1, "submitted", (NOT_KNOWN, NO_ACT))


def test_a_pack_and_what_is_exported_of_it_is_not_approved_either(desk, present, monkeypatch):
    pack = present.subject("ankle-sprain")
    put(desk, present, pack)
    forge(desk, FORGED)
    monkeypatch.setenv("ROOTLINE_DESK", desk.engine.url.render_as_string(hide_password=False))
    assert (pack_review(present).state, pack_review(present).note) == ("submitted", NOT_KNOWN)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM signature",
        "UPDATE signature SET sha256 = 'of something else'",
        "UPDATE signature SET conflict = 'paid'",
        "UPDATE signature SET fallen = 'sent back'",
    ],
)
def test_signatures_that_are_gone_or_do_not_count_approve_nothing(desk, present, subject, statement):
    approved(desk, present, subject)
    assert review_of(now_of(subject, present), desk, present).state == "approved"
    forge(desk, statement)
    assert review_of(now_of(subject, present), desk, present).state == "submitted"


def test_what_was_asked_for_when_it_was_approved_is_what_counts(desk, present, subject):
    approved(desk, present, subject)
    set_policy(desk, CIT, "ankle-sprain", Asked(2, "neurology"))
    assert review_of(now_of(subject, present), desk, present).state == "approved", "from the next signature on"


def test_one_of_two_signatures_is_not_enough(desk, present, subject):
    set_policy(desk, CIT, "ankle-sprain", Asked(2))
    edition = put(desk, present, subject)
    for who in (BEN, CIT):
        edition = approve(desk, who, edition.id, edition.version, "")
    assert edition.state == "approved"
    forge(desk, "DELETE FROM signature WHERE name = 'Ben Reviewer'")
    review = review_of(now_of(subject, present), desk, present)
    assert (review.state, review.by) == ("submitted", "Cit Chair (chair, general practice)")
    assert "still 1 more of 2 signatures" in "\n".join(tell(desk, subject.id, present))


def test_where_it_cannot_be_read_what_was_asked_nothing_is_approved(desk, present, subject):
    set_policy(desk, CIT, "ankle-sprain", Asked(1))
    approved(desk, present, subject)
    rewrite(desk, "UPDATE audit_entry SET detail = '{' WHERE act = 'set policy'")
    assert review_of(now_of(subject, present), desk, present).state == "submitted"


def test_nothing_beside_it_reads_as_approved_and_it_makes_nobodys_change_anothers(desk, present, subject, changed):
    put(desk, present, subject, BEN)
    forge(desk, FORGED)
    other = Present(changed(*CALM))
    edition = put(desk, other, subject)
    with desk.reading() as session:
        assert "is not known to be approved" in why_by_itself(session, edition, desk.today)
        assert is_own(session, BEN, edition)
        assert edition.touches == ""
    (outcome,) = approve_many(desk, CIT, [(edition.id, edition.version)], "")
    assert outcome.signed is None
    (waiting,) = queue(desk, other).waiting
    assert (
        waiting.rank == 1 and waiting.touches == ("undecided",) and "is not known to be approved" in waiting.reasons[0]
    )


def test_put_up_again_and_signed_it_is_approved(desk, present, subject):
    put(desk, present, subject)
    forge(desk, FORGED)
    edition = put(desk, present, subject)
    assert edition.number == 2
    approve(desk, BEN, edition.id, edition.version, "")
    assert review_of(now_of(subject, present), desk, present).state == "approved"
