"""Nobody approves their own change, however it reaches them: through another, a former or a retired edition."""

from __future__ import annotations

import pytest

from rootline.desk.acts import approve, draft, request_changes, retire, submit, take
from rootline.desk.bulk import approve_many
from rootline.desk.present import Present
from rootline.errors import RefusedError
from tests.desk.test_queue import CALM, DOSE
from tests.desk.three_people import ANN, BEN, CIT, approved, clinicians, put


def submitted(desk, present, subject, who):
    edition = draft(desk, who, present.content(subject), present.pack)
    return submit(desk, who, edition.id, edition.version)


def refused(desk, who, edition):
    with pytest.raises(RefusedError, match="their own"):
        approve(desk, who, edition.id, edition.version, "")
    return True


def test_a_dose_of_ones_own_does_not_come_back_under_another_hash(desk, present, changed):
    subject = clinicians(present)
    approved(desk, present, subject)
    dose = Present(changed(*DOSE))
    submitted(desk, dose, subject, BEN)
    with_comment = changed(DOSE[0], DOSE[1], f"{DOSE[2]} ")
    edition = put(desk, Present(with_comment), subject, ANN)
    assert edition.number == 3 and refused(desk, BEN, edition)
    assert approve(desk, CIT, edition.id, edition.version, "").state == "approved"


def test_who_submitted_what_was_sent_back_and_drafted_anew_does_not_approve_it(desk, present, changed):
    subject = clinicians(present)
    edition = submitted(desk, present, subject, BEN)
    request_changes(desk, CIT, edition.id, edition.version, "Say it plainer.")
    edition = put(desk, Present(changed(*CALM)), subject, ANN)
    assert refused(desk, BEN, edition)


def test_what_was_approved_since_is_nobodys_own_any_more(desk, present, changed):
    subject = clinicians(present)
    edition = submitted(desk, present, subject, BEN)
    edition = take(desk, CIT, edition.id, edition.version)
    approve(desk, CIT, edition.id, edition.version, "")
    edition = put(desk, Present(changed(*DOSE)), subject, ANN)
    assert approve(desk, BEN, edition.id, edition.version, "").state == "approved"


def test_what_was_approved_and_taken_out_of_use_is_ones_own_again(desk, present, changed):
    subject = clinicians(present)
    edition = submitted(desk, present, subject, BEN)
    edition = take(desk, CIT, edition.id, edition.version)
    edition = approve(desk, CIT, edition.id, edition.version, "")
    retire(desk, CIT, edition.id, edition.version, "Not safe.")
    assert refused(desk, BEN, put(desk, Present(changed(*CALM)), subject, ANN))


def test_among_many_at_once_it_is_refused_too(desk, present, changed):
    subject = clinicians(present)
    approved(desk, present, subject)
    submitted(desk, Present(changed(*DOSE)), subject, BEN)
    edition = put(desk, Present(changed(*CALM)), subject, ANN)
    (outcome,) = approve_many(desk, BEN, [(edition.id, edition.version)], "")
    assert outcome.refused == "nobody approves their own change"


def test_a_pack_of_ones_own_is_ones_own_in_every_answer_made_of_it(desk, present, changed):
    subject, pack = clinicians(present), present.subject("ankle-sprain")
    approved(desk, present, subject)
    dose = Present(changed(*DOSE))
    submitted(desk, dose, pack, BEN)
    edition = put(desk, dose, subject, ANN)
    assert "dose" in edition.touches and refused(desk, BEN, edition)
    again = put(desk, Present(changed(DOSE[0], DOSE[1], f"{DOSE[2]} ")), subject, ANN)
    assert refused(desk, BEN, again), "nor under another hash"
    assert approve(desk, CIT, again.id, again.version, "").state == "approved"


def test_an_answer_of_ones_own_makes_the_pack_and_its_other_answers_ones_own(desk, changed):
    dose = Present(changed(*DOSE))
    one, other, *_ = (each for each in dose.subjects() if each.kind == "answer")
    submitted(desk, dose, one, BEN)
    for subject in (other, dose.subject("ankle-sprain")):
        assert refused(desk, BEN, put(desk, dose, subject, ANN))


def test_a_pack_that_another_approved_is_nobodys_own_in_its_answers(desk, present, changed):
    subject, pack = clinicians(present), present.subject("ankle-sprain")
    dose = Present(changed(*DOSE))
    edition = submitted(desk, dose, pack, BEN)
    edition = take(desk, CIT, edition.id, edition.version)
    edition = approve(desk, CIT, edition.id, edition.version, "")
    waiting = put(desk, dose, subject, ANN)
    retire(desk, CIT, edition.id, edition.version, "Not safe.")
    assert refused(desk, BEN, waiting), "taken out of use, it is Ben's again"
    edition = put(desk, dose, pack, ANN)
    approve(desk, CIT, edition.id, edition.version, "")
    assert approve(desk, BEN, waiting.id, waiting.version, "").state == "approved"


def test_a_version_of_ones_own_is_ones_own_in_every_piece_of_a_later_one(desk, present, changed):
    one, other, *_ = (each for each in present.subjects() if each.kind == "answer")
    for subject in (one, other):
        approved(desk, present, subject)
    submitted(desk, Present(changed(*DOSE)), one, BEN)
    later = Present(changed(DOSE[0], DOSE[1], f"{DOSE[2]} "))
    edition = put(desk, later, other, ANN)
    assert refused(desk, BEN, edition), "Ben's dose stands in the later version that Ann puts up"
    assert approve(desk, CIT, edition.id, edition.version, "").state == "approved"


def test_a_version_that_was_approved_in_this_piece_is_nobodys_own_in_its_next(desk, present, changed):
    one, other, *_ = (each for each in present.subjects() if each.kind == "answer")
    dose = Present(changed(*DOSE))
    submitted(desk, dose, one, BEN)
    edition = put(desk, dose, other, ANN)
    approve(desk, CIT, edition.id, edition.version, "")
    edition = put(desk, Present(changed(DOSE[0], DOSE[1], f"{DOSE[2]} ")), other, ANN)
    assert approve(desk, BEN, edition.id, edition.version, "").state == "approved"


def test_what_came_before_the_approved_version_is_nobodys_own_though_it_was_put_up_after_it(desk, present, changed):
    one, other, *_ = (each for each in present.subjects() if each.kind == "answer")
    approved(desk, present, one)
    submitted(desk, present, other, BEN)
    edition = put(desk, Present(changed(*DOSE)), one, ANN)
    assert approve(desk, BEN, edition.id, edition.version, "").state == "approved"


def test_what_nobody_approved_stays_ones_own_after_another_version_was_approved(desk, present, changed):
    subject, pack = clinicians(present), present.subject("ankle-sprain")
    approved(desk, present, subject)
    approved(desk, present, pack)
    dose, calm = changed(*DOSE), changed(*CALM)
    for one in (subject, pack):
        submitted(desk, Present(dose), one, CIT)
        approved(desk, Present(calm), one)
    both = Present(changed(DOSE[0], DOSE[1], f"{DOSE[2]} "))
    for one in (subject, pack):
        edition = put(desk, both, one)
        assert refused(desk, CIT, edition), "her dose comes back by another's hand"
        assert approve(desk, BEN, edition.id, edition.version, "").state == "approved"


def test_what_was_taken_out_of_use_stays_ones_own_after_another_version_was_approved(desk, present, changed):
    subject = clinicians(present)
    edition = submitted(desk, Present(changed(*DOSE)), subject, CIT)
    edition = take(desk, BEN, edition.id, edition.version)
    edition = approve(desk, BEN, edition.id, edition.version, "")
    retire(desk, BEN, edition.id, edition.version, "Not safe.")
    approved(desk, present, subject)
    assert refused(desk, CIT, put(desk, Present(changed(DOSE[0], DOSE[1], f"{DOSE[2]} ")), subject))


def test_what_was_approved_and_replaced_is_nobodys_own(desk, present, changed):
    subject = clinicians(present)
    edition = submitted(desk, present, subject, CIT)
    edition = take(desk, BEN, edition.id, edition.version)
    approve(desk, BEN, edition.id, edition.version, "")
    approved(desk, Present(changed(*CALM)), subject)
    edition = put(desk, Present(changed(*DOSE)), subject)
    assert approve(desk, CIT, edition.id, edition.version, "").state == "approved"


@pytest.mark.parametrize("who", [BEN, CIT])
def test_authorship_bars_nobody_from_taking_out_of_use(desk, present, who):
    subject, other = clinicians(present), BEN if who is CIT else CIT
    edition = submitted(desk, present, subject, who)
    assert retire(desk, who, edition.id, edition.version, "Not safe.").state == "retired"
    edition = submitted(desk, present, subject, who)
    edition = take(desk, other, edition.id, edition.version)
    edition = approve(desk, other, edition.id, edition.version, "")
    assert retire(desk, who, edition.id, edition.version, "Not safe.").state == "retired"
