"""A signature stands until somebody objects to what was signed: then it is told to editors, and counts no more."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from rootline.desk.actor import OPERATOR, Actor
from rootline.desk.acts import approve, request_changes, set_aside, submit, take
from rootline.desk.audit import to_lines
from rootline.desk.check_audit import check_audit
from rootline.desk.people.accounts import change, disable, enable
from rootline.desk.people.store import People
from rootline.desk.policy import Asked, set_policy
from rootline.desk.read_edition import edition_by_id
from rootline.desk.report import render_life
from rootline.desk.shown import review_of
from rootline.desk.signatures import every_signature
from rootline.desk.tell import tell
from rootline.desk.warrant import lacking
from rootline.errors import NotFoundError, RefusedError
from tests.desk.people.conftest import join
from tests.desk.test_life import now_of
from tests.desk.three_people import ANN, BEN, CIT, put

DEE = Actor("Dee Reviewer", "reviewer", "surgery")
FELL = "Ben Reviewer sent it back on "


@pytest.fixture
def signed(desk, present, subject):
    """One of two signatures is there."""
    set_policy(desk, CIT, "ankle-sprain", Asked(2))
    edition = put(desk, present, subject)
    return approve(desk, BEN, edition.id, edition.version, "")


def resubmitted(desk, edition, who, why):
    edition = request_changes(desk, who, edition.id, edition.version, why)
    edition = submit(desk, ANN, edition.id, edition.version)
    return take(desk, DEE, edition.id, edition.version)


def findings(desk):
    with desk.reading() as session:
        return check_audit(session).findings


def test_who_takes_back_their_word_is_not_counted(desk, present, subject, signed):
    edition = resubmitted(desk, signed, BEN, "I was wrong: this is dangerous, do not approve.")
    edition = approve(desk, DEE, edition.id, edition.version, "")
    assert edition.state == "under_review"
    review = review_of(now_of(subject, present), desk, present)
    assert (review.state, review.by) == ("under_review", "Dee Reviewer (reviewer, surgery)")
    edition = approve(desk, BEN, edition.id, edition.version, "")
    assert edition.state == "approved", "who signs anew stands by it again"
    assert findings(desk) == ()


def test_what_anybody_sends_back_is_signed_anew_by_all(desk, present, subject, signed):
    edition = resubmitted(desk, signed, CIT, "Say it plainer.")
    edition = approve(desk, DEE, edition.id, edition.version, "")
    assert edition.state == "under_review", "Ben signed before the objection was made"


def test_a_declared_conflict_does_not_fall_with_an_objection(desk, present, subject):
    edition = put(desk, present, subject)
    edition = approve(desk, BEN, edition.id, edition.version, "paid by a maker of braces")
    edition = resubmitted(desk, edition, BEN, "Say it plainer.")
    with pytest.raises(RefusedError, match="signed this already"):
        approve(desk, BEN, edition.id, edition.version, "")


def test_editors_see_what_fell_and_why_and_readers_the_standing_ones(desk, present, subject, signed):
    edition = resubmitted(desk, signed, BEN, "I was wrong.")
    with desk.reading() as session:
        (one,) = every_signature(session, edition.id)
        entries = [json.loads(line) for line in to_lines(session)]
    assert one.fallen.startswith(FELL)
    (entry,) = [json.loads(each["detail"]) for each in entries if each["act"] == "request changes"]
    assert entry["fell"] == [one.id] and f"signature {one.id}" in entry["rows"]
    assert FELL in "\n".join(tell(desk, subject.id, present)) and FELL in render_life(desk, subject.id, present)
    assert review_of(now_of(subject, present), desk, present).by == ""


def test_who_is_disabled_is_not_counted_in_what_is_not_approved_yet(desk, present, subject, signed):
    people = People(desk.engine)
    join(people, "ada", "Ada Lund", "administrator")
    join(people, "ben", "Ben Reviewer", "reviewer")
    disable(people, "ben", by=OPERATOR)
    assert approve(desk, DEE, signed.id, signed.version, "").state == "under_review"
    with desk.reading() as session:
        fallen, standing = every_signature(session, signed.id)
    assert fallen.fallen.startswith("the account was disabled on ") and standing.fallen == ""
    assert findings(desk) == ()
    enable(people, "ben", by=OPERATOR)
    with desk.reading() as session:
        edition = edition_by_id(session, signed.id)
    assert approve(desk, BEN, edition.id, edition.version, "").state == "approved", "signed anew"


@pytest.mark.parametrize("role", ["reader", "author", "administrator"])
def test_who_may_sign_no_more_is_not_counted_in_what_is_not_approved_yet(desk, present, signed, role):
    people = People(desk.engine)
    join(people, "ben", "Ben Reviewer", "reviewer")
    change(people, "ben", role=role, by=OPERATOR)
    assert approve(desk, DEE, signed.id, signed.version, "").state == "under_review"
    with desk.reading() as session:
        fallen, standing = every_signature(session, signed.id)
    assert fallen.fallen.startswith(f"the signer is {role} since ") and standing.fallen == ""
    assert findings(desk) == ()


def test_who_may_sign_still_is_counted(desk, present, signed):
    people = People(desk.engine)
    join(people, "ben", "Ben Reviewer", "reviewer", specialty="Neurology")
    change(people, "ben", role="chair", by=OPERATOR)
    assert approve(desk, DEE, signed.id, signed.version, "").state == "approved"


def test_who_signed_with_another_specialty_is_not_counted_in_what_is_not_approved_yet(desk, signed):
    people = People(desk.engine)
    join(people, "ben", "Ben Reviewer", "reviewer", specialty="neurology")
    set_policy(desk, CIT, "ankle-sprain", Asked(2, "neurology"))
    change(people, "ben", specialty="dermatology", by=OPERATOR)
    assert approve(desk, DEE, signed.id, signed.version, "").state == "under_review"
    with desk.reading() as session:
        fallen, standing = every_signature(session, signed.id)
    assert fallen.fallen.startswith("the signer's specialty is dermatology since ") and standing.fallen == ""
    assert findings(desk) == ()


def test_what_is_approved_stays_so_when_its_signer_leaves(desk, present, subject):
    edition = put(desk, present, subject)
    approve(desk, BEN, edition.id, edition.version, "")
    people = People(desk.engine)
    join(people, "ada", "Ada Lund", "administrator")
    join(people, "ben", "Ben Reviewer", "reviewer")
    disable(people, "ben", by=OPERATOR)
    assert review_of(now_of(subject, present), desk, present).state == "approved"


@pytest.fixture
def declared(desk, present, subject):
    """Ben typed something into the box for conflicts; his signature does not count."""
    edition = put(desk, present, subject)
    return approve(desk, BEN, edition.id, edition.version, "the wrong box")


def test_a_chair_sets_a_mistaken_declaration_aside_and_it_is_signed_anew(desk, present, subject, declared):
    with pytest.raises(RefusedError, match="signed this already"):
        approve(desk, BEN, declared.id, declared.version, "")
    edition = set_aside(desk, CIT, declared.id, declared.version, 1, "He typed it into the wrong box.")
    assert (edition.state, edition.version) == ("under_review", declared.version + 1)
    edition = approve(desk, BEN, edition.id, edition.version, "")
    assert edition.state == "approved"
    assert review_of(now_of(subject, present), desk, present).by == "Ben Reviewer (reviewer, neurology)"
    page = render_life(desk, subject.id, present)
    assert "declares: the wrong box" in page and "fell: Cit Chair set the declaration aside on" in page
    assert "He typed it into the wrong box." in page and findings(desk) == ()
    with desk.reading() as session:
        (entry,) = [json.loads(each) for each in to_lines(session) if '"set aside"' in each]
    assert (entry["who"], entry["role"], entry["edition"]) == ("Cit Chair", "chair", edition.id)
    assert "signature 1" in json.loads(entry["detail"])["rows"] and "wrong box" not in entry["detail"]


def test_nobody_but_another_who_is_chair_sets_it_aside_and_with_a_reason(desk, present, subject, declared):
    for who, number, why, told in (
        (DEE, 1, "Wrong box.", "may not set aside"),
        (CIT, 1, " ", "empty"),
        (Actor("BEN REVIEWER", "chair"), 1, "Wrong box.", "declared themselves"),
    ):
        with pytest.raises(RefusedError, match=told):
            set_aside(desk, who, declared.id, declared.version, number, why)
    edition = approve(desk, DEE, declared.id, declared.version, "")
    with pytest.raises(RefusedError, match="nobody can set aside what is approved"):
        set_aside(desk, CIT, edition.id, edition.version, 1, "Wrong box.")
    assert findings(desk) == ()


def test_a_signature_without_a_conflict_is_not_set_aside(desk, signed):
    for number in (1, 99):
        with pytest.raises(NotFoundError, match="no declared conflict"):
            set_aside(desk, CIT, signed.id, signed.version, number, "I do not like it.")


def test_a_fallen_signature_raised_past_the_record_is_found(desk, signed):
    resubmitted(desk, signed, BEN, "I was wrong.")
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE signature SET fallen = ''"))
    assert findings(desk) == ("signature 1 was altered",)


def test_where_a_topic_asks_for_less_who_signed_approves_with_the_signature_that_is_there(desk, signed):
    with pytest.raises(RefusedError, match="signed this already"):
        approve(desk, BEN, signed.id, signed.version, "")
    set_policy(desk, CIT, "ankle-sprain", Asked(1))
    with pytest.raises(RefusedError, match="signed this already"):
        approve(desk, BEN, signed.id, signed.version, "paid by a maker of braces")
    assert approve(desk, BEN, signed.id, signed.version, "").state == "approved"
    with desk.reading() as session:
        (one,) = every_signature(session, signed.id)
        assert one.counts and lacking(session, edition_by_id(session, signed.id)) == ""
    assert findings(desk) == ()


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u202a"])
def test_what_turns_the_order_of_letters_is_not_taken(desk, present, subject, sign):
    edition = put(desk, present, subject)
    with pytest.raises(RefusedError, match="turns the order"):
        approve(desk, BEN, edition.id, edition.version, f"{sign}none at all")
    with pytest.raises(RefusedError, match="turns the order"):
        request_changes(desk, BEN, edition.id, edition.version, f"No{sign}.")
