"""An order that says another reason is not talked out of, and what only calls for caution is no contraindication."""

from __future__ import annotations

import pytest

from tests.edges.cds_hooks.calls import APIXABAN, SCIATICA, drug, service_request, signing
from tests.edges.fhir.resources import concept, condition, patient
from tests.edges.fhir.test_doubt import calm_form

NOW = {"recordedDate": "2026-11-20"}
PERSON = patient(birthDate="1980-01-01", gender="female")
DIABETES = condition(concept("snomed", "44054006"), "dm", **NOW)
COMPRESSION = condition(concept(text="Metastatic spinal cord compression"), "cord", **NOW)
IBUPROFEN = drug(concept(text="Ibuprofen 400 MG Oral Tablet"))
STEROID = drug(concept(text="Dexamethasone 8 mg tablet"))


def labels(card):
    return [one["label"] for one in card.get("suggestions", [])]


def recommended(card):
    return [one["label"] for one in card.get("suggestions", []) if one["isRecommended"]]


@pytest.mark.parametrize("reason", ["Metastatic spinal cord compression", ""])
def test_a_steroid_that_may_treat_the_emergency_is_not_removed_and_the_scan_is_recommended(answer, reason):
    order = {**STEROID, "reasonCode": [concept(text=reason)]} if reason else STEROID
    (card,) = answer(signing(DIABETES, COMPRESSION, SCIATICA, orders=[order], person=PERSON))
    assert card["indicator"] == "critical" and card["summary"].startswith("EMERGENCY: now, within hours")
    assert "contraindicated" not in card["summary"]
    assert recommended(card) == labels(card)[:1] == ["Order MRI of the cervical or whole spine"]
    assert not any("Remove" in label for label in labels(card))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Prednisone 60 mg tablet", concept(text="Giant cell arteritis")),
        ("Prednisone 40 mg tablet", concept(text="COPD exacerbation")),
        ("Dexamethasone 4 mg tablet", concept("icd10cm", "G93.6", "Cerebral edema")),
    ],
)
def test_a_stated_other_reason_is_told_of_a_risk_for_information(answer, pack, name, reason):
    order = {**drug(concept(text=name)), "reasonCode": [reason]}
    for form in ([], [calm_form(pack, "diabetes")]):
        (card,) = answer(signing(SCIATICA, DIABETES, *form, orders=[order], person=PERSON))
        assert card["indicator"] == "info" and "suggestions" not in card
        assert card["summary"].startswith("Oral corticosteroid, ordered for another reason: caution, diabetes")
        assert "Steroid tablets would add a risk" in card["detail"] and "foot drop included" not in card["detail"]


def test_an_anticoagulant_beside_an_nsaid_for_another_reason_is_still_told(answer):
    order = {**IBUPROFEN, "reasonCode": [concept(text="Fever")]}
    (card,) = answer(signing(SCIATICA, APIXABAN, orders=[order], person=PERSON))
    assert card["indicator"] == "info" and "caution, on an anticoagulant" in card["summary"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Lorazepam 4 mg", concept(text="Status epilepticus")),
        ("Gabapentin 300 mg", concept(text="Focal epilepsy")),
        ("Acetaminophen 500 mg", concept(text="Fever")),
    ],
)
def test_a_stated_other_reason_without_a_risk_gets_no_card(answer, name, reason):
    for said in ({"reasonCode": [reason]}, {"reasonReference": [{"display": reason["text"]}]}):
        assert answer(signing(SCIATICA, orders=[{**drug(concept(text=name)), **said}], person=PERSON)) == []


@pytest.mark.parametrize("reason", [
    concept(text="Pain"), concept(text="Backache"), concept("icd10cm", "R52"), concept("snomed", "1"),
    concept(text="Possible sciatica"), concept("icd10cm", "G83.4"), concept(text="Muscle strain")])  # fmt: skip
def test_a_reason_that_may_be_this_pain_or_cannot_be_read_is_judged_as_ever(answer, reason):
    order = {**IBUPROFEN, "reasonCode": [reason]}
    (card,) = answer(signing(SCIATICA, APIXABAN, orders=[order], person=PERSON))
    assert card["indicator"] == "critical" and recommended(card) == ["Remove the order for NSAID"]


def test_a_scan_of_the_lumbar_spine_is_about_this_whatever_its_reason(answer):
    scan = service_request(concept(text="MRI lumbar spine"), reasonCode=[concept(text="Osteoporosis")])
    assert answer(signing(SCIATICA, orders=[scan], person=PERSON))


def test_a_caution_is_no_contraindication(answer):
    """The pack says "caution" of a steroid beside diabetes, and lower doses of acetaminophen in liver disease."""
    (steroid,) = answer(signing(SCIATICA, DIABETES, orders=[STEROID], person=PERSON))
    liver = condition(concept(text="Liver cirrhosis"), "liver", **NOW)
    (mild,) = answer(signing(SCIATICA, liver, orders=[drug(concept(text="Paracetamol 500 mg"))], person=PERSON))
    for card, why in ((steroid, "diabetes"), (mild, "liver disease")):
        assert f"advised against here ({why}" in card["summary"] and card["indicator"] == "warning"
        assert recommended(card) == []
