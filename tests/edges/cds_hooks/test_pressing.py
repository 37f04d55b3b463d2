"""While an emergency is reached or open no card leads to something calmer, whatever is ordered."""

from __future__ import annotations

import pytest

from tests.edges.cds_hooks.calls import APIXABAN, SCIATICA, call, drug, service_request, signing
from tests.edges.fhir.calm import NOW, calm_form
from tests.edges.fhir.resources import answers, concept, condition, item, patient
from tests.edges.fhir.test_doubt import CES

SADDLE = condition(concept("snomed", "449813001"), "saddle", recordedDate="2026-11-20")
MRI = service_request(concept("loinc", "24968-0"))
NEUROSURGERY = service_request(concept(text="Ambulatory referral to Neurosurgery"))
NEEDED = [MRI, service_request(concept("loinc", "24963-1")), service_request(concept("loinc", "36067-7")), NEUROSURGERY]
BESIDE = [
    service_request(concept(text="epidural steroid injection L5")),
    service_request(concept(text="referral to physical therapy")),
    service_request(concept("loinc", "24972-2")),
    service_request(concept("loinc", "24963-1")),
    drug(concept(text="Ibuprofen 400 MG Oral Tablet")),
]
PERSON = patient(birthDate="1980-01-01", gender="female")
CALM_LINES = ("no-early-imaging", "soon-assess", "routine-care")


def labels(card):
    return [one["label"] for one in card.get("suggestions", [])]


@pytest.mark.parametrize("order", NEEDED)
def test_no_scan_and_no_referral_is_talked_out_of_while_an_emergency_is_open(answer, pack, order):
    """Everything is denied but one sign, which nobody asked about."""
    form = calm_form(pack, "saddle_numbness")
    cards = answer(signing(SCIATICA, form, orders=[order], person=PERSON))
    for card in cards:
        assert card["indicator"] == "warning" and "mergency not ruled out" in card["summary"]
        assert not any("Remove" in label or "Replace" in label for label in labels(card))
        assert not card["source"]["url"].endswith(CALM_LINES)
        assert "advised against" not in card["summary"] and "No routine MRI" not in card["detail"]


@pytest.mark.parametrize("order", NEEDED)
def test_nor_once_it_is_reached(answer, pack, order):
    form = calm_form(pack, "saddle_numbness")
    for card in answer(signing(SADDLE, form, orders=[order], person=PERSON)):
        assert card["indicator"] == "critical" and card["summary"].startswith("EMERGENCY: now, within hours")
        assert not any("Remove" in label for label in labels(card))
        assert "MRI within 4 hours" in card["detail"]
        assert card["source"]["url"].endswith("/advice/emergency-cauda-equina")


def test_what_the_emergency_asks_for_gets_no_card(answer):
    assert answer(signing(SADDLE, orders=[MRI, NEUROSURGERY])) == []


@pytest.mark.parametrize("order", BESIDE)
def test_whatever_else_is_ordered_says_the_emergency_first(answer, pack, order):
    for form in ([], [calm_form(pack, "saddle_numbness")]):
        (card,) = answer(signing(SADDLE, SCIATICA, *form, orders=[order], person=PERSON))
        assert card["indicator"] == "critical" and card["summary"].startswith("EMERGENCY: now, within hours")
        assert "MRI within 4 hours" in card["detail"]
        assert labels(card)[0] == "Order MRI of the lumbar spine"


def test_an_urgent_sign_is_said_first_too(answer, pack):
    drop = condition(concept("icd10cm", "M21.372"), "fd", recordedDate="2026-11-20")
    (card,) = answer(signing(SCIATICA, drop, calm_form(pack, "foot_drop"), orders=[BESIDE[1]], person=PERSON))
    assert card["indicator"] == "critical" and card["summary"].startswith("URGENT")


def test_a_contraindicated_drug_still_says_so_after_the_emergency(answer):
    (card,) = answer(signing(SADDLE, SCIATICA, APIXABAN, orders=[BESIDE[4]]))
    assert "NSAID: contraindicated here (on an anticoagulant)" in card["summary"]
    assert labels(card)[-1] == "Remove the order for NSAID"


def test_a_contraindicated_drug_names_its_reason_and_its_own_advice(answer, pack):
    lung = item("lung_disease", valueBoolean=True)
    own = answers(lung, questionnaire=f"Questionnaire/{pack.id}.clinician")
    gabapentin = drug(concept("rxnorm", "25480"))
    (card,) = answer(signing(SCIATICA, calm_form(pack, "lung_disease"), {**own, "id": "own"}, orders=[gabapentin],
                             person=PERSON))  # fmt: skip
    assert "contraindicated here (respiratory disease" in card["summary"]
    assert "emergency" not in card["source"]["url"] and "gabapentin" in card["source"]["url"]


def test_what_is_only_suspected_never_makes_a_card_fall_silent(answer, pack):
    (card,) = answer(call(condition(CES, recordedDate=NOW), calm_form(pack), person=PERSON))
    assert card["indicator"] == "critical"
    local = condition(concept(text="Cauda equina"), recordedDate=NOW)
    (told,) = answer(call(local, calm_form(pack), person=PERSON))
    assert told["indicator"] == "warning" and told["summary"].startswith("Something on the record is not counted")
    assert told["detail"].startswith('**Condition/c: "Cauda equina" is about this topic')


def test_a_child_is_told_as_outside_what_the_guideline_is_for(answer, pack):
    child = patient(birthDate="2012-01-01")
    for request in (call(SCIATICA, person=child), signing(SCIATICA, orders=[BESIDE[4]], person=child)):
        (card,) = answer(request)
        assert pack.statements["under-18"].say.clinician in card["detail"]


def test_no_warning_sign_is_cut_off_a_card(answer, pack):
    (card,) = answer(call(condition(CES, recordedDate=NOW), calm_form(pack), person=PERSON))
    read = card["detail"].partition("**Read from the record**")[2]
    for sign in ("no saddle numbness", "no urinary retention", "no foot drop"):
        assert sign in read
