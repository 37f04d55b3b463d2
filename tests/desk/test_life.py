"""The life of an answer: draft, review, approval, and stale of itself by one letter, a standing or a day."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from rootline.answers.ask import ask
from rootline.desk.actor import Actor
from rootline.desk.acts import approve, comment, draft, request_changes, retire, submit, take
from rootline.desk.check_audit import check_audit
from rootline.desk.policy import Asked, set_policy
from rootline.desk.present import Present
from rootline.desk.shown import review_of, stamped
from rootline.errors import OvertakenError, RefusedError
from tests.desk.three_people import ANN, BEN, CIT, approved, put


def now_of(subject, present):
    return ask(subject.title, present.pack, subject.audience)


def sound(desk):
    with desk.reading() as session:
        return check_audit(session).findings == ()


def test_every_state_is_shown_on_the_answer_and_only_the_last_is_called_approved(desk, present, subject):
    answer = now_of(subject, present)
    states = []

    def look():
        shown = stamped(answer, present, desk)
        states.append(shown.review.state)
        assert ("pending human review" in shown.disclaimer) == (shown.review.state != "approved")

    look()
    edition = draft(desk, ANN, present.content(subject), present.pack)
    look()
    edition = submit(desk, ANN, edition.id, edition.version)
    look()
    edition = take(desk, BEN, edition.id, edition.version)
    look()
    edition = request_changes(desk, BEN, edition.id, edition.version, "Say it plainer.")
    look()
    edition = submit(desk, ANN, edition.id, edition.version)
    edition = take(desk, BEN, edition.id, edition.version)
    edition = approve(desk, BEN, edition.id, edition.version, "")
    look()
    retire(desk, CIT, edition.id, edition.version, "No longer needed.")
    look()
    assert states == ["submitted", "draft", "submitted", "under_review", "changes_requested", "approved", "retired"]
    assert sound(desk)


def test_the_reviewer_is_shown_with_role_and_specialty(desk, present, subject):
    approved(desk, present, subject)
    review = review_of(now_of(subject, present), desk, present)
    assert review.by == "Ben Reviewer (reviewer, neurology)"
    assert review.sha256 == present.content(subject).sha256


def test_one_letter_makes_it_stale(desk, present, subject):
    approved(desk, present, subject)
    answer = now_of(subject, present)
    section = answer.sections[0]
    said = section.statements[0]
    other = said.model_copy(update={"text": said.text + "."})
    sections = [section.model_copy(update={"statements": [other, *section.statements[1:]]}), *answer.sections[1:]]
    review = review_of(answer.model_copy(update={"sections": sections}), desk, present)
    assert review.state == "stale" and "changed since" in review.note


def test_another_pack_makes_it_stale_and_the_same_one_again_does_not(desk, present, subject, changed):
    approved(desk, present, subject)
    other = Present(changed("glossary.yaml", "# FICTIONAL", "# FICTIONAL:"))
    assert review_of(now_of(subject, other), desk, other).state == "stale"
    assert review_of(now_of(subject, present), desk, present).state == "approved"


def test_the_day_of_review_makes_it_stale(desk, present, subject):
    edition = approved(desk, present, subject)
    later = dataclasses.replace(desk, clock=lambda: datetime(2099, 1, 1, tzinfo=UTC))
    review = review_of(now_of(subject, present), later, present)
    assert review.state == "stale" and edition.review_by in review.note


def test_nobody_approves_their_own(desk, present, subject):
    edition = put(desk, present, subject, Actor("ben  reviewer", "reviewer"))
    with pytest.raises(RefusedError, match="their own"):
        approve(desk, BEN, edition.id, edition.version, "")
    assert sound(desk)


@pytest.mark.parametrize("name", ["BEN REVIEWER", "Ｂｅｎ　Reviewer", "Ben\u00a0Reviewer"])
def test_nobody_approves_their_own_by_other_letters_for_their_name(desk, present, subject, name):
    edition = put(desk, present, subject, Actor(name, "reviewer"))
    with pytest.raises(RefusedError, match="their own"):
        approve(desk, BEN, edition.id, edition.version, "")


def test_who_submitted_it_before_somebody_else_did_cannot_approve_it(desk, present, subject):
    edition = draft(desk, ANN, present.content(subject), present.pack)
    edition = submit(desk, BEN, edition.id, edition.version)
    edition = request_changes(desk, CIT, edition.id, edition.version, "Say it plainer.")
    edition = submit(desk, ANN, edition.id, edition.version)
    edition = take(desk, CIT, edition.id, edition.version)
    with pytest.raises(RefusedError, match="their own"):
        approve(desk, BEN, edition.id, edition.version, "")
    assert approve(desk, CIT, edition.id, edition.version, "").state == "approved"


def test_a_topic_may_ask_for_two_of_which_one_is_of_a_specialty(desk, present, subject):
    with pytest.raises(RefusedError, match="may not set the policy"):
        set_policy(desk, BEN, "ankle-sprain", Asked(2))
    set_policy(desk, CIT, "ankle-sprain", Asked(2, "neurology"))
    edition = put(desk, present, subject)
    edition = approve(desk, CIT, edition.id, edition.version, "")
    assert edition.state == "under_review"
    with pytest.raises(RefusedError, match="signed this already"):
        approve(desk, CIT, edition.id, edition.version, "")
    other = Actor("Dee", "reviewer", "surgery")
    edition = approve(desk, other, edition.id, edition.version, "")
    assert edition.state == "under_review", "two signatures, neither of neurology"
    assert approve(desk, BEN, edition.id, edition.version, "").state == "approved"


def test_a_declared_conflict_is_shown_and_does_not_count(desk, present, subject):
    edition = put(desk, present, subject)
    edition = approve(desk, BEN, edition.id, edition.version, "paid by a maker of braces")
    assert edition.state == "under_review"
    assert approve(desk, CIT, edition.id, edition.version, "").state == "approved"
    review = review_of(now_of(subject, present), desk, present)
    assert "Ben Reviewer (reviewer, neurology) [declares: paid by a maker of braces; does not count]" in review.by
    assert sound(desk)


def test_of_two_reviewers_one_wins_and_the_other_is_told(desk, present, subject):
    edition = put(desk, present, subject)
    approve(desk, BEN, edition.id, edition.version, "")
    with pytest.raises(OvertakenError, match="approved now, signed by Ben Reviewer"):
        request_changes(desk, CIT, edition.id, edition.version, "Wait.")


def test_a_new_edition_replaces_the_approved_one_only_when_it_is_approved_itself(desk, present, subject, changed):
    approved(desk, present, subject)
    other = Present(changed("glossary.yaml", "# FICTIONAL", "# FICTIONAL:"))
    edition = put(desk, other, subject)
    assert (edition.number, edition.touches) == (2, "")
    assert review_of(now_of(subject, other), desk, other).state == "stale"
    approve(desk, BEN, edition.id, edition.version, "")
    assert review_of(now_of(subject, other), desk, other).state == "approved"
    assert sound(desk)


def test_readers_write_no_comments_and_comments_hold_nothing_empty(desk, present, subject):
    edition = put(desk, present, subject)
    comment(desk, BEN, edition.id, "ottawa", "Which foot?")
    with pytest.raises(RefusedError):
        comment(desk, Actor("R", "reader"), edition.id, "", "Hm.")
    with pytest.raises(RefusedError, match="empty"):
        comment(desk, BEN, edition.id, "", "  ")
    assert sound(desk)
