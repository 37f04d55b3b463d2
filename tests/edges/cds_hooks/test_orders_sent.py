"""Orders in the shapes of hospitals' systems: none is passed over because of how its drug is named or selected."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rootline.edges.cds_hooks.body import Lacking, read_call
from rootline.errors import InputError
from tests.edges.cds_hooks.calls import APIXABAN, SCIATICA, call, drug, searched, selecting, service_request, signing
from tests.edges.fhir.conftest import TODAY
from tests.edges.fhir.resources import Resource, concept, condition

IBUPROFEN = drug(concept("rxnorm", "5640"), "nsaid")
TABLETS = {"resourceType": "Medication", "id": "tablets", "code": concept(text="Ibuprofen 400 MG Oral Tablet")}


def referring(id_: str = "draft", **reference: str) -> Resource:
    order = drug({}, id_, medicationReference=reference)
    order.pop("medicationCodeableConcept")
    return order


def summaries(cards: list[dict[str, Any]]) -> list[str]:
    return [card["summary"] for card in cards]


def test_a_draft_that_refers_to_its_medication_is_judged(answer):
    order = referring(reference="Medication/tablets")
    among = signing(SCIATICA, APIXABAN, orders=[order])
    among["context"]["draftOrders"]["entry"].append({"resource": TABLETS})
    before = signing(SCIATICA, APIXABAN, orders=[order])
    before["prefetch"]["medications"] = searched(TABLETS)
    inside = signing(SCIATICA, APIXABAN, orders=[{**order, "medicationReference": {"reference": "#tablets"},
                                                  "contained": [TABLETS]}])  # fmt: skip
    named = referring(reference="Medication/x", display="ibuprofen 400 mg tablet")
    by_words = signing(SCIATICA, APIXABAN, orders=[named])
    for request in (among, before, inside, by_words):
        (summary,) = summaries(answer(request))
        assert summary.startswith("NSAID: contraindicated here")


@pytest.mark.parametrize("order", [referring(reference="Medication/elsewhere"), drug({}), service_request({})])
def test_a_draft_that_does_not_say_what_is_ordered_is_told(answer, order):
    (card,) = answer(signing(SCIATICA, orders=[order]))
    assert card["summary"].startswith("An order could not be read")
    assert card["indicator"] == "warning"
    assert card["summary"].endswith("Emergency not ruled out: warning signs not recorded")
    assert "it names no medicine" in card["detail"] or "does not say what is ordered" in card["detail"]


def test_each_of_several_drafts_is_judged_with_the_others_beside_it(answer):
    apixaban = drug(concept("rxnorm", "1364430"), "doac")
    mri = service_request(concept("loinc", "24968-0"), "mri")
    gel = drug(concept(text="Diclofenac 1 % Topical Gel"), "gel")
    told = summaries(answer(signing(SCIATICA, orders=[IBUPROFEN, apixaban, mri, gel])))
    assert len(told) == 2 and told[0].startswith("NSAID: contraindicated here (on an anticoagulant")
    assert told[1].lower().startswith("mri of the lumbar spine")


@pytest.mark.parametrize("more", [{"state": "cancelled"}, {"state": "stopped"}, {"doNotPerform": True}])
def test_a_draft_that_ends_a_medicine_does_not_count_as_taking_it(answer, more):
    ended = {**drug(concept("rxnorm", "1364430"), "doac"), "status": more.pop("state", "draft"), **more}
    (summary,) = summaries(answer(signing(SCIATICA, orders=[IBUPROFEN, ended])))
    assert not summary.startswith("NSAID: contraindicated")


def test_a_selection_that_names_no_draft_is_refused_and_not_silent(answer):
    assert answer(selecting(SCIATICA, APIXABAN, orders=[IBUPROFEN], selected=["MedicationRequest/nsaid"]))
    for selected in (["nsaid"], ["MedicationRequest/other"], ["ServiceRequest/nsaid"]):
        with pytest.raises(InputError, match="not among `draftOrders`"):
            answer(selecting(SCIATICA, APIXABAN, orders=[IBUPROFEN], selected=selected))
    food = {"resourceType": "NutritionOrder", "id": "n", "patient": {"reference": "Patient/p"}}
    assert answer(selecting(SCIATICA, orders=[IBUPROFEN, food], selected=["NutritionOrder/n"])) == []


def test_a_doubtful_cauda_equina_on_the_list_is_shown(answer):
    for code in (concept("icd10cm", "G83.4"), concept(text="Suspected cauda equina syndrome")):
        provisional = condition(code, "cauda", verified="provisional")
        (card,) = answer(call(provisional))
        assert card["indicator"] == "critical"
        assert card["detail"].startswith("**Condition/cauda:") and "could be EMERGENCY" in card["summary"]
        (dated,) = answer(call({**provisional, "recordedDate": TODAY.isoformat()}))
        assert dated["summary"].startswith("EMERGENCY: now, within hours (known or suspected cauda equina")


def test_without_the_patient_it_is_said_what_to_send():
    request = {**call(SCIATICA), "prefetch": {}}
    with pytest.raises(Lacking) as lacking:
        read_call(json.dumps(request).encode(), "patient-view")
    assert "prefetch.patient" in lacking.value.mend and "Patient/{context.patientId}" in lacking.value.mend


def test_an_order_whose_id_is_none_gets_no_suggestion_that_would_name_it(answer):
    (card,) = answer(signing(SCIATICA, APIXABAN, orders=[{**IBUPROFEN, "id": "a b"}]))
    assert "suggestions" not in card and card["summary"].startswith("NSAID: contraindicated")


@pytest.mark.parametrize("code", [concept("rxnorm", "310965"), concept("loinc", "37637-6"), concept("rxnorm", "42463"),
                                  concept("rxnorm", "310965", "310965")])  # fmt: skip
def test_a_code_alone_that_the_pack_does_not_know_is_told_and_never_silent(answer, code):
    make = drug if code["coding"][0]["system"].endswith("rxnorm") else service_request
    (card,) = answer(signing(SCIATICA, APIXABAN, orders=[make(code)]))
    assert card["summary"].startswith("An order could not be read") and card["indicator"] == "warning"
    assert "a code alone that is not known here" in card["detail"]


def test_a_code_alone_that_the_pack_knows_as_no_order_is_no_unread_order(answer):
    assert answer(signing(SCIATICA, orders=[drug(concept("rxnorm", "1364430"))])) == []


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("MRI", concept(text="Lumbar")),
        ("MRI spine", concept(text="Lumbar spine")),
        ("MRI", concept("snomed", "122496007", "Lumbar spine structure")),
        ("MRI without and with IV contrast", concept(text="Lower back")),
    ],
)
def test_imaging_whose_place_is_a_body_site_is_judged(answer, name, site):
    elsewhere = concept(text="Left knee")
    order = service_request(concept(text=name), bodySite=[elsewhere, site])
    (card,) = answer(signing(SCIATICA, orders=[order]))
    assert card["summary"].startswith("MRI of the lumbar spine: ")
    assert answer(signing(SCIATICA, orders=[{**order, "bodySite": [elsewhere]}])) == []


@pytest.mark.parametrize("site", [concept("snomed", "421060004"), concept("http://hospital.example/sites", "L")])
def test_a_place_that_is_a_code_alone_and_not_known_is_told(answer, site):
    """The first is the whole spine: no scan of one part of it is meant for sure."""
    order = service_request(concept(text="MRI"), bodySite=[site])
    (card,) = answer(signing(SCIATICA, orders=[order]))
    assert card["summary"].startswith("An order could not be read") and "body site" in card["detail"]
    beside = {**order, "bodySite": [concept("snomed", "72696002"), site]}
    assert answer(signing(SCIATICA, orders=[beside]))[0]["summary"].startswith("An order could not be read")


@pytest.mark.parametrize("code", ["122496007", "1217253001", "1217256009"])
@pytest.mark.parametrize(("name", "about"), [("MRI", "MRI of the lumbar spine"), ("CT scan", "CT of the lumbar spine"),
                                             ("X-ray 2 views", "Lumbar X-ray")])  # fmt: skip
def test_a_place_given_by_a_known_code_alone_is_read_as_its_name(answer, code, name, about):
    order = service_request(concept(text=name), bodySite=[concept("snomed", code)])
    (card,) = answer(signing(SCIATICA, orders=[order]))
    assert card["summary"].startswith(f"{about}: ")
    knee = service_request(concept(text=name), bodySite=[concept("snomed", "72696002")])
    assert answer(signing(SCIATICA, orders=[knee])) == []


@pytest.mark.parametrize(
    "name",
    [
        "MRI lumbosacral plexus without contrast",
        "Lumbar plexus MRI",
        "MR neurography lumbosacral",
        "CT guided lumbar puncture",
        "CT guidance, lumbar biopsy",
        "X-ray guided lumbar puncture",
        "X-ray bone density (DXA) lumbar spine",
        "MRI lower back soft tissue mass",
    ],
)
def test_another_examination_of_the_same_region_is_no_scan_of_the_lumbar_spine(answer, name):
    assert answer(signing(SCIATICA, orders=[service_request(concept(text=name))])) == []


@pytest.mark.parametrize(
    "name",
    [
        "MRI Lumbo-sacral spine",
        "CT lumbo-sacral spine",
        "X-ray lumbo sacral spine",
        "MRI lumbar spine and paraspinal soft tissues",
        "CT lumbar spine, surgical guidance",
    ],
)
def test_a_scan_of_the_lumbar_spine_in_other_words_is_judged(answer, name):
    (card,) = answer(signing(SCIATICA, orders=[service_request(concept(text=name))]))
    assert "umbar" in card["summary"] and not card["summary"].startswith("An order could not be read")


@pytest.mark.parametrize(
    "remark",
    [
        "patient may cancel appointment",
        "call to cancel if pain settles",
        "cancel only by phone",
        "replaces the cancelled scan",
    ],
)
def test_the_word_cancel_in_a_remark_calls_nothing_off(answer, remark):
    for order in (service_request(concept(text=f"MRI lumbar spine ({remark})")),
                  service_request(concept(text="MRI lumbar spine"), note=[{"text": remark}])):  # fmt: skip
        (card,) = answer(signing(SCIATICA, orders=[order]))
        assert card["summary"].startswith("MRI of the lumbar spine: ")


def test_a_body_site_makes_no_referral_of_another_kind_one_to_the_spine(answer):
    order = service_request(concept(text="Referral to dietetics"), bodySite=[concept(text="Lumbar spine")])
    assert answer(signing(SCIATICA, orders=[order])) == []


DROP = condition(concept("icd10cm", "M21.372"), "fd", recordedDate="2026-11-20")
MRI = service_request(concept("loinc", "24968-0"), "mri")


def offered(card: dict[str, Any]) -> list[str]:
    return [one["label"] for one in card.get("suggestions", [])]


@pytest.mark.parametrize("name", ["Cancel MRI lumbar spine", "MRI lumbar spine - CANCELLED", "Stop: MRI L-spine",
                                  "Please cancel MRI lumbar spine", "MRI lumbar spine (canceled by patient)",
                                  "MRI lumbar spine - cancel", "MRI lumbar spine cancelled 3 May",
                                  "Cancellation of MRI lumbar spine"])  # fmt: skip
def test_a_draft_whose_words_cancel_it_is_not_judged_as_ordered(answer, name):
    order = {**service_request(concept("loinc", "24968-0", name)), "id": "mri"}
    (card,) = answer(signing(SCIATICA, orders=[order]))
    assert card["summary"].startswith("An order could not be read")
    assert "its name says that it is cancelled or stopped" in card["detail"]
    beside = answer(signing(SCIATICA, DROP, orders=[IBUPROFEN, order]))
    assert any("Order MRI of the lumbar spine" in offered(card) for card in beside)
    other = service_request(concept(text="Cancel MRI brain"))
    assert answer(signing(SCIATICA, orders=[other])) == []


def test_a_drug_whose_words_stop_it_does_not_count_as_taken(answer):
    stopped = drug(concept(text="Discontinue apixaban 5 mg"), "doac")
    (card,) = answer(signing(SCIATICA, orders=[IBUPROFEN, stopped]))
    assert not card["summary"].startswith("NSAID: contraindicated")
    assert "its name says that it is cancelled or stopped" in card["detail"]
    warned = drug(concept(text="Apixaban 5 mg, stop if bleeding"), "doac")
    assert answer(signing(SCIATICA, orders=[IBUPROFEN, warned]))[0]["summary"].startswith("NSAID: contraindicated")
