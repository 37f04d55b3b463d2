"""Medicines, allergies and procedures: what is taken, what was done, and nothing read from what is not there."""

from __future__ import annotations

import pytest

from rootline.packs.findings import with_findings
from tests.edges.fhir.resources import SUBJECT, allergy, answers, concept, condition, item, medicine, procedure, taken

APIXABAN = concept("rxnorm", "1364430")
PRODUCT = concept("rxnorm", "1364445", "Apixaban 5 MG Oral Tablet")  # a product's code, which no one lists
TRAMADOL = concept("rxnorm", "10689")


def test_an_ingredient_that_is_ordered_and_active_is_taken(read):
    assert read(medicine(APIXABAN)).facts == {"anticoagulant": "yes"}
    assert read(taken(TRAMADOL)).facts == {"opioid_use": "yes", "serotonergic_drug": "yes"}


def test_a_product_is_known_by_its_name(read):
    seen = read(medicine(PRODUCT, authoredOn="2026-01-01"))
    assert seen.facts == {"anticoagulant": "yes"}
    assert seen.texts["anticoagulant"] == 'MedicationRequest/m: by its name "Apixaban 5 MG Oral Tablet", 2026-01-01'


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        *((name, "anticoagulant") for name in (
            "Sintrom 4 mg", "Sinthrome 1mg Tablets", "Marcumar 3 mg Tbl.", "Marcoumar", "Falithrom",
            "Phenprocoumon AbZ", "PREVISCAN 20 mg", "fluindione", "phenindione", "Fragmin 5,000 IU/0.2 ml",
            "Arixtra 2.5 mg", "Innohep",
            "Inhixa 4000 IU", "Fraxiparine", "nadroparin calcium", "Hibor", "bemiparin", "certoparin", "danaparoid",
            "argatroban", "Savaysa", "Lixiana 60 mg",
        )),
        *((name, "antiplatelet") for name in (
            "Brilique 90 mg", "Efient 10mg", "Effient", "DuoPlavin 75 mg/100 mg", "ticlopidine", "Ticlid",
            "Asasantin Retard", "Aggrenox", "Persantin", "Pletal", "cilostazol", "acetylsalicylic acid 100 mg",
            "Acetylsalicylsäure 100 mg",
            "ASS 100 mg", "ASA 81 mg EC", "KARDEGIC 75 mg", "Ecotrin",
        )),
    ],
)  # fmt: skip
def test_what_thins_the_blood_is_known_by_its_names_in_europe_and_america(read, name, fact):
    assert read(taken(concept(text=name))).facts == {fact: "yes"}


@pytest.mark.parametrize(
    "name",
    [
        "Tacrolimus 1 MG Oral Capsule", "mycophenolate mofetil 500 mg", "Azathioprine 50 mg", "adalimumab 40 MG/0.4ML",
        "Rituximab", "infliximab 100 mg", "etanercept 50 MG/ML", "Tofacitinib 5 mg", "Ciclosporin 100 mg",
        "Methotrexate 2.5 MG Oral Tablet",
    ],
)  # fmt: skip
def test_what_suppresses_the_immune_system_is_known_by_its_names_and_counts_whatever_was_answered(read, name, pack):
    seen = read(medicine(concept(text=name))).facts
    assert seen == {"immunosuppressant": "yes"}
    assert with_findings(pack, {**seen, "immunosuppressed": "no"})["immunosuppressed"] == "yes"


def test_an_ingredient_of_a_medication_referred_to_is_taken(read):
    drug = {"resourceType": "Medication", "id": "d", "ingredient": [{"itemCodeableConcept": APIXABAN}]}
    order = medicine({}, medicationReference={"reference": "Medication/d"})
    order.pop("medicationCodeableConcept")
    assert read(order, drug).facts == {"anticoagulant": "yes"}
    inside = {**order, "medicationReference": {"reference": "#d"}, "contained": [drug]}
    assert read(inside).facts == {"anticoagulant": "yes"}
    assert read(order).why("MedicationRequest/m") == "it names no medicine, or refers to one that was not sent"


@pytest.mark.parametrize(
    "order",
    [
        *(
            medicine(APIXABAN, state=state)
            for state in ("stopped", "completed", "on-hold", "draft", "cancelled", "odd", "")
        ),
        *(medicine(APIXABAN, intent=intent) for intent in ("proposal", "plan", "option")),
        medicine(APIXABAN, doNotPerform=True),
        medicine(APIXABAN, dispenseRequest={"validityPeriod": {"end": "2026-10-01"}}),
        medicine(APIXABAN, dosageInstruction=[{"timing": {"repeat": {"boundsPeriod": {"end": "2026-10"}}}}]),
        taken(APIXABAN, "m", state="not-taken"),
        taken(APIXABAN, "m", effectivePeriod={"start": "2020", "end": "2021"}),
    ],
)
def test_what_is_not_taken_now_is_unknown_and_never_no(read, order):
    seen = read(order)
    assert seen.facts == {}
    assert seen.why(f"{order['resourceType']}/m")


def test_a_medicine_that_tells_nothing_is_named(read):
    seen = read(medicine(concept("rxnorm", "6809", "Metformin 500 MG")))
    assert seen.why("MedicationRequest/m") == "no fact is read from its code or name"


def test_an_allergy_to_one_is_an_allergy_to_all(read):
    seen = read(allergy(concept("rxnorm", "7258"), recordedDate="2019-05-01"))
    assert seen.facts == {"nsaid_allergy": "yes"}
    assert "AllergyIntolerance/a: allergy to Naproxen" in seen.texts["nsaid_allergy"]
    assert read(allergy({}, reaction=[{"substance": concept("rxnorm", "1191")}])).facts == {"nsaid_allergy": "yes"}


def test_an_allergy_by_name(read):
    assert read(allergy(concept(text="ibuprofen"))).facts == {"nsaid_allergy": "yes"}
    assert read(allergy(concept(text="penicillin"))).facts == {}


@pytest.mark.parametrize(
    "more",
    [
        {"verificationStatus": {"coding": [{"code": "refuted"}]}},
        {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}},
        {"verificationStatus": {"coding": [{"code": "odd"}]}},
        {"clinicalStatus": {"coding": [{"code": "resolved"}]}},
        {"clinicalStatus": {"coding": [{"code": "odd"}]}},
        {"type": "intolerance"},
    ],
)
def test_what_is_no_allergy_now_is_unknown(read, more):
    seen = read(allergy(concept("rxnorm", "7258"), **more))
    assert seen.facts == {} and seen.why("AllergyIntolerance/a")


def test_an_unconfirmed_allergy_counts(read):
    unconfirmed = {"coding": [{"code": "unconfirmed"}]}
    assert read(allergy(concept("rxnorm", "7258"), verificationStatus=unconfirmed)).facts == {"nsaid_allergy": "yes"}


def test_a_procedure_is_known_by_its_name_when_it_was_done(read):
    name = concept(text="Fusion of lumbar spine, L4/5")
    old = read(procedure(name, performedDateTime="2018"))
    assert old.facts == {"previous_spine_surgery": "yes"}
    assert "older than 14 days" in old.why("Procedure/x")
    new = read(procedure(concept(text="Lumbar epidural steroid injection"), performedPeriod={"start": "2026-11-19"}))
    assert new.facts == {"recent_spinal_procedure": "yes"}
    for state in ("not-done", "preparation", "entered-in-error", "odd"):
        assert read(procedure(name, state=state)).facts == {}
    assert read(procedure(concept(text="Appendectomy"))).why("Procedure/x") == "no fact is read from its code or name"


def test_a_relative_is_kept_apart(read):
    relative = {"resourceType": "FamilyMemberHistory", "id": "f", "status": "completed", "patient": SUBJECT,
                "condition": [{"code": concept("icd10cm", "Z85.3")}]}  # fmt: skip
    seen = read(relative)
    assert seen.facts == {}
    assert seen.why("FamilyMemberHistory/f") == "it is about a relative: kept apart"


@pytest.mark.parametrize("name", ["Non-steroidal anti-inflammatory agent (substance)", "NSAIDs", "Flurbiprofen",
                                  "Nonsteroidal anti-inflammatories"])  # fmt: skip
def test_an_allergy_to_the_whole_class_by_its_name(read, name):
    assert read(allergy(concept("snomed", "372665008", name))).facts == {"nsaid_allergy": "yes"}
    by_display = {"coding": [{"system": "http://snomed.info/sct", "code": "372665008", "display": name}]}
    assert read(allergy(by_display)).facts == {"nsaid_allergy": "yes"}


@pytest.mark.parametrize(
    "more",
    [{"criticality": "high"}, {"reaction": [{"manifestation": [concept(text="Bronchospasm")], "severity": "severe"}]}],
)
def test_an_intolerance_that_is_called_severe_counts(read, more):
    for substance in (concept("rxnorm", "7258"), concept(text="Ibuprofen")):
        assert read(allergy(substance, type="intolerance", **more)).facts == {"nsaid_allergy": "yes"}
        assert read(allergy(substance, type="intolerance", criticality="low")).facts == {}


@pytest.mark.parametrize("name", ["Acenocoumarol 1 mg", "Phenprocoumon", "Jantoven 5 MG Oral Tablet", "Savaysa"])
def test_an_anticoagulant_by_another_name(read, name):
    assert read(medicine(concept(text=name))).facts == {"anticoagulant": "yes"}


NO_ALLERGY = concept("snomed", "716186003")
UNCONFIRMED = {"verificationStatus": {"coding": [{"code": "unconfirmed"}]}}


def test_no_known_allergy_says_that_and_no_more(read):
    seen = read(allergy(NO_ALLERGY, recordedDate="2026-11-01"))
    assert seen.facts == {"contrast_or_steroid_allergy": "no"}
    assert "No known allergy" in seen.texts["contrast_or_steroid_allergy"]
    assert "asthma or hives after aspirin" in seen.why("AllergyIntolerance/a")
    drugs_alone = read(allergy(concept("snomed", "409137002"), recordedDate="2026-11-01"))
    assert drugs_alone.facts == {}
    assert "asthma or hives after aspirin" in drugs_alone.why("AllergyIntolerance/a")


@pytest.mark.parametrize("code", ["716186003", "409137002"])
def test_no_known_allergy_leaves_open_what_it_does_not_say_and_no_answer_waits_for_it(read, code):
    form = answers(item("nsaid_allergy", valueBoolean=False))
    assert read(allergy(concept("snomed", code), recordedDate="2026-11-01"), form).facts["nsaid_allergy"] == "no"


@pytest.mark.parametrize("more", [{}, {"recordedDate": "2019-05-01"}, {"recordedDate": "2026-11-01", **UNCONFIRMED}])
def test_no_known_allergy_without_a_day_long_ago_or_unconfirmed_tells_nothing(read, more):
    assert read(allergy(NO_ALLERGY, **more)).facts == {}


def test_no_known_allergy_beside_an_allergy_is_not_believed(read):
    steroid = allergy(concept("rxnorm", "8640"), "b", recordedDate="2020-01-01")
    seen = read(allergy(NO_ALLERGY, recordedDate="2026-11-01"), steroid)
    assert "contrast_or_steroid_allergy" not in seen.facts


@pytest.mark.parametrize(
    ("code", "fact"), [("Z79.01", "anticoagulant"), ("Z79.02", "antiplatelet"), ("Z79.82", "antiplatelet")]
)
def test_a_long_term_medicine_on_the_problem_list_is_taken(read, code, fact):
    assert read(condition(concept("icd10cm", code))).facts == {fact: "yes"}
    assert read(condition(concept("icd10cm", code), clinical="resolved")).facts == {}


@pytest.mark.parametrize("name", ["Acetylsalicylsäure (ASS)", "ASS", "ASA", "acetylsalicylic acid", "NSAR"])
def test_an_allergy_to_aspirin_by_its_other_names(read, name):
    assert read(allergy(concept(text=name))).facts == {"nsaid_allergy": "yes"}


@pytest.mark.parametrize("name", ["Microdiscectomy L5/S1", "Laminectomy of L4 and L5", "Discectomy L4-5"])
def test_an_operation_by_its_level_is_one_of_the_spine(read, name):
    done = procedure(concept(text=name), performedDateTime="2026-11-15")
    assert read(done).facts == {"previous_spine_surgery": "yes", "recent_spinal_procedure": "yes"}
