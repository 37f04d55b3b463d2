"""What an order depends on is said, and what somebody wrote down against an answer is quoted."""

from __future__ import annotations

import base64

import pytest

from tests.edges.cds_hooks.calls import APIXABAN, SCIATICA, SUBJECT, call, drug, service_request, signing
from tests.edges.fhir.resources import concept, condition, patient
from tests.edges.fhir.test_doubt import NOW, calm_form

PERSON = patient(birthDate="1965-03-14", gender="female")
IBUPROFEN = drug(concept(text="Ibuprofen 400 MG Oral Tablet"))


def note(words):
    data = base64.b64encode(words.encode()).decode()
    return {
        "resourceType": "DocumentReference",
        "id": "note",
        "status": "current",
        "subject": SUBJECT,
        "date": f"{NOW}T08:00:00Z",
        "content": [{"attachment": {"contentType": "text/plain", "data": data}}],
    }


def test_the_words_of_a_note_against_an_answer_are_quoted_and_not_asked_as_not_recorded(answer, pack):
    words = note("cannot feel when wiping, wet herself twice")
    (card,) = answer(call(SCIATICA, calm_form(pack), words, person=PERSON))
    assert card["indicator"] == "critical"
    assert card["summary"].endswith("Written down, and denied elsewhere: saddle numbness, urinary retention")
    quoted = card["detail"].partition("**Written down, and contradicted elsewhere on the record: clear up now**\n")[2]
    assert quoted.startswith('- saddle numbness: DocumentReference/note: "cannot feel when wiping"')
    assert "**Not recorded" not in card["detail"]


def test_a_drug_on_the_list_against_a_forms_no_is_named_and_leaves_the_contraindication_open(answer, pack):
    (card,) = answer(signing(SCIATICA, APIXABAN, calm_form(pack), orders=[IBUPROFEN], person=PERSON))
    assert card["indicator"] == "warning"
    assert card["summary"] == "NSAID: open, for the record contradicts itself (on an anticoagulant)"
    assert "- on an anticoagulant: MedicationRequest/apixaban: apixaban" in card["detail"]


def test_nothing_is_said_to_be_contradicted_where_nothing_is(answer, pack):
    saddle = condition(concept("snomed", "449813001"), "saddle", recordedDate=NOW)
    for record in ([], [saddle]):
        for card in answer(call(SCIATICA, *record, person=PERSON)):
            assert "contradicted" not in card["detail"] and "denied elsewhere" not in card["summary"]


def test_an_order_that_depends_on_something_says_on_what(answer, pack):
    (card,) = answer(signing(SCIATICA, calm_form(pack, "peptic_ulcer"), orders=[IBUPROFEN], person=PERSON))
    assert card["summary"].startswith("NSAID: depends on what is not known yet (past or present peptic ulcer")


@pytest.mark.parametrize("order", [
    drug(concept(text="Paracetamol 500 mg")), service_request(concept(text="Referral to physiotherapy"))])  # fmt: skip
def test_an_order_that_nothing_can_speak_against_gets_no_card(answer, order):
    assert answer(signing(SCIATICA, orders=[order], person=PERSON)) == []


def test_answers_of_one_form_are_one_line_and_a_summary_ends_without_a_stop(answer, pack):
    gabapentin = drug(concept(text="Gabapentin 300 mg"))
    (card,) = answer(signing(SCIATICA, calm_form(pack), orders=[gabapentin], person=PERSON))
    assert card["summary"] == "Gabapentin or pregabalin: advised against here"
    assert card["detail"].count("QuestionnaireResponse/q") == 1
