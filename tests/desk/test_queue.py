"""What waits, gravest first; what a change touches; feedback; and approving many at once."""

from __future__ import annotations

from contextlib import suppress

import pytest

from rootline.desk.acts import draft, retire, submit, take
from rootline.desk.bulk import approve_many, why_by_itself
from rootline.desk.check_audit import check_audit
from rootline.desk.feedback import MOST_OPEN, count_unsafe, give_feedback, open_feedback, settle_all, settle_feedback
from rootline.desk.present import Present
from rootline.desk.queue import queue
from rootline.desk.report import render_life
from rootline.desk.shown import CHANGED
from rootline.desk.submit_present import submit_present
from rootline.desk.tell import tell
from rootline.errors import OvertakenError, RefusedError
from tests.desk.three_people import ANN, BEN, CIT, approved, clinicians, put

CALM = ("glossary.yaml", "# FICTIONAL", "# FICTIONAL:")
WORDS = ("advice/education.yaml", "Raise the foot while sitting.", "Let the foot hang down while sitting.")
ELSEWHERE = ("advice/education.yaml", "Put your foot up while you sit.", "Let your foot hang down while you sit.")
SENTENCE = ("advice/activity.yaml", "Start moving the ankle within 2 days.", "Begin to move the ankle within 2 days.")
WARNING = ("urgency.yaml", "Emergency: the foot's blood or nerve supply may be cut off.", "Routine: reassure.")
HEARD = ("facts/ankle.yaml", 'heard as: ["foot is cold', 'heard as no: ["foot is cold')
GRADE = ("advice/assessment.yaml", "[example-ankle-2025#which-ligament]", "[example-ankle-2025#brace]")
ACTION = ("advice/activity.yaml", "do: [stay-active]", "consider: [stay-active]")
FIGURE = ("advice/activity.yaml", "Start moving the ankle within 2 days.", "Start moving the ankle within 5 days.")
POINT = ("sources/example-ankle-2025.yaml", "Do not X-ray when", "X-ray when")
SITE = ("sites.yaml", "strongly for: [outer_swelling]", "strongly for: []")
URGENCY = ("urgency.yaml", "- urgent: fracture_possible", "- soon: fracture_possible")
DOSE = ("advice/pain-control.yaml", 'dose: "1 tablet twice daily"', 'dose: "1 tablet 3 times daily"')


def is_calm(desk, edition):
    with desk.reading() as session:
        return not why_by_itself(session, edition, desk.today)


def test_unsafe_feedback_stands_on_top_and_is_counted(desk, present):
    list(submit_present(desk, ANN, present, present.subjects()))
    give_feedback(desk, "ankle-sprain/first-steps/student", "move-early", "", "wrong", "")
    give_feedback(desk, "ankle-sprain/first-steps/patient", "move-early", "", "unsafe", "It hurt.")
    found = queue(desk, present)
    assert found.unsafe == 1
    assert found.waiting[0].subject.id == "ankle-sprain/first-steps/patient" and found.waiting[0].unsafe == 1
    assert len(found.waiting) == 5


def test_feedback_on_what_nobody_published_waits_too(desk, present):
    give_feedback(desk, "ankle-sprain/case-0/patient", "", "", "unsafe", "")
    assert [one.subject.title for one in queue(desk, present).waiting] == ["ankle-sprain/case-0/patient"]


def test_one_state_has_one_word_wherever_it_is_told(desk, present, changed):
    subject, now = clinicians(present), Present(changed(*WORDS))
    put(desk, present, subject)
    (waiting,), told = queue(desk, now).waiting, list(tell(desk, subject.id, now))
    assert waiting.state == "draft" and waiting.reasons[0] == CHANGED
    assert told[:2] == [f"{subject.id}: draft", f"  {CHANGED}"] and told[2].startswith("edition 1: draft, ")
    assert "Edition 1: draft" in render_life(desk, subject.id, now)
    assert queue(desk, present).waiting[0].state == "under_review", "it is again what was put up"


def test_it_has_beside_what_is_approved_too(desk, present, changed):
    subject, now = clinicians(present), Present(changed(*WORDS))
    approved(desk, present, subject)
    put(desk, Present(changed(*DOSE)), subject)
    (waiting,), told = queue(desk, now).waiting, list(tell(desk, subject.id, now))
    assert (waiting.edition.number, waiting.state, waiting.reasons[0]) == (2, "draft", CHANGED)
    assert told[0].startswith(f"{subject.id}: stale") and any(one.startswith("edition 2: draft, ") for one in told)


def test_what_is_approved_does_not_wait_until_it_is_stale(desk, present, changed):
    approved(desk, present, clinicians(present))
    assert queue(desk, present).waiting == ()
    (stale,) = queue(desk, Present(changed(*WORDS))).waiting
    assert stale.state == "stale" and "changed since" in stale.reasons[0]


@pytest.mark.parametrize(
    ("change", "touches"),
    [
        (CALM, set()),
        (ELSEWHERE, set()),
        (WORDS, {"words"}),
        (SENTENCE, {"action", "words"}),
        (WARNING, {"urgency", "words"}),
        (HEARD, {"heard"}),
        (GRADE, {"words"}),
        (POINT, {"grounds"}),
        (FIGURE, {"action", "words"}),
        (SITE, {"action"}),
        (ACTION, {"action", "words"}),
        (URGENCY, {"urgency", "words"}),
        (DOSE, {"dose", "words"}),
    ],
)
def test_what_a_change_touches_is_proved(desk, present, changed, change, touches):
    subject = clinicians(present)
    approved(desk, present, subject)
    other = Present(changed(*change))
    edition = put(desk, other, subject)
    assert set(edition.touches.split()) == touches
    assert is_calm(desk, edition) == (not touches)
    assert '"schema": "rootline.diff/1"' in edition.difference


def test_of_a_pack_every_word_counts(desk, present, changed):
    subject = present.subject("ankle-sprain")
    approved(desk, present, subject)
    assert put(desk, Present(changed(*CALM)), subject).touches == ""
    assert put(desk, Present(changed(*WORDS)), subject).touches == "words"
    assert put(desk, Present(changed(*GRADE)), subject).touches == "grounds words"


def test_a_changed_sentence_of_an_urgency_line_waits_with_changes_of_urgency(desk, present, changed):
    first, second = clinicians(present), present.subject("ankle-sprain")
    for subject in (first, second):
        approved(desk, present, subject)
    put(desk, Present(changed(*SENTENCE)), second)
    put(desk, Present(changed(*WARNING)), first)
    assert [(one.subject.id, one.rank) for one in queue(desk, present).waiting] == [(first.id, 1), (second.id, 2)]


def test_what_a_reader_calls_unsafe_is_not_signed_with_others(desk, present, changed):
    subject = clinicians(present)
    approved(desk, present, subject)
    edition = put(desk, Present(changed(*CALM)), subject)
    give_feedback(desk, subject.id, "", "", "unsafe", "")
    (refused,) = approve_many(desk, BEN, [(edition.id, edition.version)], "")
    assert refused.signed is None and "unsafe" in refused.refused


def test_many_are_approved_at_once_only_where_all_reads_as_approved(desk, present, changed):
    calm, patients = clinicians(present), present.subject("ankle-sprain/first-steps/patient")
    approved(desk, present, calm)
    other = Present(changed(*CALM))
    first, new = put(desk, other, calm), put(desk, other, patients)
    student = put(desk, other, present.subject("ankle-sprain/first-steps/student"))
    asked = [(one.id, one.version) for one in (new, first, student)]
    outcomes = approve_many(desk, BEN, [*asked, (99, 1)], "")
    assert [one.signed.state if one.signed else one.refused[:11] for one in outcomes] == [
        "no approved", "approved", "no approved", "there is no",
    ]  # fmt: skip
    third = Present(changed(*ACTION))
    action = put(desk, third, calm)
    (refused,) = approve_many(desk, BEN, [(action.id, action.version)], "")
    assert refused.signed is None


def test_in_many_at_once_each_is_held_to_every_rule(desk, present, changed):
    calm = clinicians(present)
    approved(desk, present, calm)
    edition = put(desk, Present(changed(*CALM)), calm, CIT)
    (own,) = approve_many(desk, CIT, [(edition.id, edition.version)], "")
    (late,) = approve_many(desk, BEN, [(edition.id, edition.version - 1)], "")
    assert own.refused == "nobody approves their own change" and "acted first" in late.refused


def test_drafted_again_it_is_the_same_edition_or_replaces_the_open_one(desk, present, changed):
    subject = clinicians(present)
    first = draft(desk, ANN, present.content(subject), present.pack)
    assert draft(desk, ANN, present.content(subject), present.pack).id == first.id
    other = Present(changed(*CALM))
    second = draft(desk, ANN, other.content(subject), other.pack)
    assert second.number == 2
    with pytest.raises(OvertakenError, match="it is retired now"):
        submit(desk, ANN, first.id, first.version)


def test_feedback_is_settled_once_by_a_reviewer_who_says_how(desk):
    given = give_feedback(desk, "ankle-sprain", "", "", "unclear", "Which foot?")
    with pytest.raises(RefusedError, match="may not settle"):
        settle_feedback(desk, ANN, given.id, "Said.")
    with pytest.raises(RefusedError, match="not said"):
        settle_feedback(desk, BEN, given.id, " ")
    settle_feedback(desk, BEN, given.id, "Made plainer.")
    with pytest.raises(OvertakenError, match="Ben Reviewer has settled"):
        settle_feedback(desk, CIT, given.id, "Again.")
    with desk.reading() as session:
        assert open_feedback(session) == []


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [("other", "", "says nothing"), ("rude", "x", "no kind"), ("wrong", "x" * 2001, "too long")],
)
def test_feedback_that_cannot_be_kept_is_refused(desk, kind, text, told):
    with pytest.raises(RefusedError, match=told):
        give_feedback(desk, "ankle-sprain", "", "", kind, text)


def test_a_flood_of_feedback_is_refused_and_told(desk, monkeypatch):
    assert MOST_OPEN >= 100
    monkeypatch.setattr("rootline.desk.feedback.MOST_OPEN", 2)
    for text in ("One.", "Two."):
        give_feedback(desk, "ankle-sprain", "", "", "unclear", text)
    with pytest.raises(RefusedError, match="more open feedback"):
        give_feedback(desk, "ankle-sprain", "", "", "wrong", "Three.")
    monkeypatch.setattr("rootline.desk.feedback.MOST_IN_ALL", 2)
    with pytest.raises(RefusedError, match="more open feedback"):
        give_feedback(desk, "ankle-sprain/first-steps/patient", "", "", "wrong", "Four.")


def test_no_flood_shuts_out_a_call_of_unsafe(desk, monkeypatch):
    monkeypatch.setattr("rootline.desk.feedback.MOST_OPEN", 2)
    monkeypatch.setattr("rootline.desk.feedback.MOST_IN_ALL", 2)
    for number in range(3):
        with suppress(RefusedError):
            give_feedback(desk, "ankle-sprain", "", "", "unclear", str(number))
    for number in range(3):
        give_feedback(desk, "ankle-sprain", "", "", "unsafe", str(number))
    true = give_feedback(desk, "ankle-sprain", "move-early", "", "unsafe", "My foot is black.")
    assert (true.text, true.statement) == ("My foot is black.", "move-early")
    with desk.reading() as session:
        unsafe = [one for one in open_feedback(session) if one.kind == "unsafe"]
        assert [(one.text, one.times) for one in unsafe] == [("0", 1), ("1", 2), ("My foot is black.", 1)]
        assert count_unsafe(session) == 4, "each call counts, whether or not there was room for its words"


def test_the_same_said_again_is_counted_until_it_is_settled(desk):
    for _ in range(50):
        given = give_feedback(desk, "ankle-sprain", "", "", "unclear", "")
    give_feedback(desk, "ankle-sprain", "", "", "unclear", "", BEN)
    with desk.reading() as session:
        assert [(one.id, one.times, one.name) for one in open_feedback(session)] == [(1, 50, ""), (2, 1, BEN.name)]
        assert check_audit(session).entries == 51 and check_audit(session).findings == ()
    settle_feedback(desk, BEN, given.id, "Made plainer.")
    assert give_feedback(desk, "ankle-sprain", "", "", "unclear", "").times == 1


def test_all_of_one_kind_on_one_piece_are_settled_together(desk):
    for text in ("One.", "Two.", "Three."):
        give_feedback(desk, "ankle-sprain", "", "", "unclear", text)
    give_feedback(desk, "ankle-sprain", "", "", "unsafe", "Four.")
    give_feedback(desk, "ankle-sprain/first-steps/patient", "", "", "unclear", "Five.")
    with pytest.raises(RefusedError, match="may not settle"):
        settle_all(desk, ANN, "ankle-sprain", "unclear", 99, "Said.")
    assert settle_all(desk, BEN, "ankle-sprain", "unclear", 2, "Made plainer.") == 2, "the third came later"
    with pytest.raises(OvertakenError, match="settled already"):
        settle_all(desk, BEN, "ankle-sprain", "unclear", 2, "Made plainer.")
    with desk.reading() as session:
        assert [one.text for one in open_feedback(session)] == ["Four.", "Three.", "Five."]
        assert check_audit(session).findings == ()


def test_what_was_retired_and_is_put_up_again_is_not_said_to_be_new(desk, present):
    subject = clinicians(present)
    edition = approved(desk, present, subject)
    retire(desk, CIT, edition.id, edition.version, "No longer needed.")
    again = put(desk, present, subject)
    assert again.touches == "again" and not is_calm(desk, again)


def test_only_reviewers_take_up(desk, present):
    edition = draft(desk, ANN, present.content(clinicians(present)), present.pack)
    edition = submit(desk, ANN, edition.id, edition.version)
    with pytest.raises(RefusedError, match="may not take"):
        take(desk, ANN, edition.id, edition.version)
