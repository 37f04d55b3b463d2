"""Records in the shapes of hospitals' servers: several names, referred medicines, components, pages, other versions."""

from __future__ import annotations

import pytest

from rootline.edges.fhir.facts import read_facts
from tests.edges.fhir.conftest import TODAY
from tests.edges.fhir.resources import (
    SUBJECT,
    Resource,
    allergy,
    answers,
    bundle,
    concept,
    condition,
    item,
    medicine,
    observation,
    patient,
    procedure,
    quantity,
    status,
)

EGFR, PAIN = concept("loinc", "98979-8"), concept("loinc", "72514-3")
RECENT = "2026-11-20"


def named(*displays: str, text: str = "", code: str = "") -> Resource:
    """A concept as an Epic server gives it: several terminologies, each with its own words, and the user's words."""
    codings = [{"system": "urn:oid:2.16.840.1.113883.3.247.1.1", "code": "1", "display": one} for one in displays]
    own = [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code, "display": "Known by code"}] if code else []
    return {"coding": [*own, *codings], "text": text}


def referring(display: str = "", reference: str = "Medication/elsewhere") -> Resource:
    order = medicine({}, medicationReference={"reference": reference, **({"display": display} if display else {})})
    order.pop("medicationCodeableConcept")
    return order


def test_every_name_is_heard_and_not_the_longest_alone(read):
    saddle = condition(named("Anesthesia of skin, unspecified", text="Saddle numbness"), recordedDate=RECENT)
    assert read(saddle).facts["saddle_numbness"] == "yes"
    assert read(allergy(named("Propensity to adverse reactions", text="Ibuprofen"))).facts == {"nsaid_allergy": "yes"}
    assert read(medicine(named("Oral anticoagulant product, unspecified", text="Apixaban"))).facts["anticoagulant"]
    done = procedure(named("Operative procedure on musculoskeletal system", text="Lumbar fusion"))
    assert read(done).facts == {"previous_spine_surgery": "yes"}


def test_what_the_words_say_beyond_the_code_is_heard(read):
    seen = read(condition(named(text="Lumbar radiculopathy with foot drop", code="M54.16"), recordedDate=RECENT))
    assert seen.facts["leg_pain"] == "yes" and "foot_drop" in seen.facts
    assert 'by its name "Lumbar radiculopathy with foot drop"' in seen.texts["foot_drop"]
    assert "(ICD-10-CM M54.16)" in seen.texts["leg_pain"]
    both = read(medicine({**concept("rxnorm", "10689"), "text": "tramadol and warfarin"}))
    assert both.facts["opioid_use"] == both.facts["anticoagulant"] == "yes"


def test_a_doubtful_entry_tells_nothing_and_is_named_with_its_fact_and_its_topic(read):
    for state in ("provisional", "differential", "unconfirmed"):
        drop = condition(concept("icd10cm", "M21.372"), verified=state, recordedDate=RECENT)
        cauda = condition(concept("icd10cm", "G83.4"), "cauda", verified=state)
        seen = read(drop, cauda)
        assert seen.facts == {}
        assert ("Condition/c", "foot_drop", f"it is not confirmed ({state})") in seen.unused
        assert {one.resource for one in seen.record.unused if one.topic} == {"Condition/c", "Condition/cauda"}
    for state in ("refuted", "entered-in-error"):
        assert not any(one.topic for one in read(condition(concept("icd10cm", "G83.4"), verified=state)).record.unused)


@pytest.mark.parametrize(("words", "counts"), [("Confirmed", True), ("Refuted", False), ("Entered in Error", False),
                                               ("Provisional", False), ("Bestätigt", False)])  # fmt: skip
def test_a_status_in_words_alone_is_read_as_its_code(read, words, counts):
    sciatica = {**condition(concept("icd10cm", "M54.32")), "verificationStatus": {"text": words}}
    assert (read(sciatica).facts.get("leg_pain") == "yes") is counts
    assert read({**condition(concept("icd10cm", "M54.32")), "clinicalStatus": {"text": "Resolved"}}).facts == {}


def test_a_medicine_referred_to_is_known_by_the_words_of_the_reference(read, pack):
    assert read(referring("apixaban (ELIQUIS) 5 mg tablet")).facts == {"anticoagulant": "yes"}
    seen = read(referring())
    assert seen.facts == {} and "was not sent" in seen.why("MedicationRequest/m")
    entries = [
        {"fullUrl": "https://r4.example/Patient/p", "resource": patient()},
        {"fullUrl": "https://r4.example/Medication/d",
         "resource": {"resourceType": "Medication", "id": "d", "code": concept("rxnorm", "1364430")}},
    ]  # fmt: skip
    for reference in ("Medication/d", "https://r4.example/Medication/d", "Medication/d/_history/2"):
        sent = {"resourceType": "Bundle", "entry": [*entries, {"resource": referring(reference=reference)}]}
        assert [(one.fact, one.value) for one in read_facts(sent, pack, TODAY).given] == [("anticoagulant", "yes")]


def test_components_are_read_each_by_its_own_code_and_value(read):
    panel = observation(concept("loinc", "55418-8", "Vital signs"), component=[
        {"code": EGFR, **quantity(25, "mL/min/{1.73_m2}")},
        {"code": PAIN, "dataAbsentReason": status("not-asked")},
        {"code": concept("loinc", "8867-4"), **quantity(80, "/min")},
    ])  # fmt: skip
    seen = read(panel)
    assert seen.facts == {"egfr": 25.0}
    assert ("Observation/o", "pain_score", "it was not measured") in seen.unused
    older = observation(EGFR, "2026-10-01", "older", **quantity(80, "mL/min/{1.73_m2}"))
    assert read(older, panel).facts["egfr"] == 25.0
    absent = {**panel, "component": [{"code": EGFR, "dataAbsentReason": status("error")}]}
    assert "egfr" not in read(older, absent).facts, "no older value where a component was not measured"
    assert (
        read({**panel, "component": [{"code": EGFR, **quantity(25, "mL/min/{1.73_m2}"), "valueInteger": 3}]}).facts
        == {}
    )


def test_a_later_preliminary_value_leaves_the_older_one_unused(read):
    older = observation(EGFR, "2026-10-01", "older", **quantity(80, "mL/min/{1.73_m2}"))
    for state, counts in (("preliminary", False), ("unknown", False), ("cancelled", True), ("entered-in-error", True)):
        later = observation(EGFR, "2026-11-01", state=state, **quantity(12, "mL/min/{1.73_m2}"))
        assert ("egfr" in read(older, later).facts) is counts, state


def test_the_same_version_from_two_searches_is_one(read):
    sciatica = condition(concept("icd10cm", "M54.32"))
    again = {**sciatica, "meta": {"versionId": "1", "source": "#abc"}, "text": {"status": "generated", "div": "<div/>"}}
    assert read(sciatica, again).facts["leg_pain"] == "yes"
    other = {**sciatica, "recordedDate": "2020-01-01"}
    seen = read(sciatica, other, dict(other))
    assert seen.facts == {} and seen.why("Condition/c") == "it stands here twice, in two versions"


def test_a_page_that_holds_less_than_it_says_is_told(pack):
    search = {**bundle(condition(concept("icd10cm", "M54.32"))), "type": "searchset", "id": "s", "total": 57}
    search["entry"].append({"response": {"status": "404"}})
    told = {one.why for one in read_facts(search, pack, TODAY).unused if one.resource == "Bundle/s"}
    assert told == {
        "it says that there is more than was sent",
        "an entry of it is empty: what it should hold is unknown",
    }
    whole = {**bundle(), "type": "searchset", "total": 1}
    assert read_facts(whole, pack, TODAY).unused == ()


def test_a_patient_inside_a_resource_is_nobody_known(read):
    inside = condition(concept("icd10cm", "M54.32"), subject={"reference": "#me"}, contained=[patient("me")])
    assert read(inside).why("Condition/c") == "it names a patient inside itself, and who that is, is not known"


@pytest.mark.parametrize("system", ["urn:oid:2.16.840.1.113883.6.96", "http://snomed.info/sct"])
def test_a_system_is_known_by_its_older_name_too(read, system):
    assert read(condition(concept(system, "23056005"))).facts["leg_pain"] == "yes"


def test_another_rendition_of_a_note_is_read_where_one_cannot_be(read):
    plain = {"attachment": {"contentType": "text/plain", "data": "Rm9vdCBkcm9wLg=="}}  # Foot drop.
    page = {"attachment": {"contentType": "text/html", "url": "https://r4.example/Binary/1"}}
    note = {"resourceType": "DocumentReference", "id": "d", "status": "current", "subject": SUBJECT, "date": RECENT}
    seen = read({**note, "content": [page, plain]})
    assert "foot_drop" in seen.facts and seen.why("DocumentReference/d") == "it is not plain text"


def test_moments_with_zones_are_days_and_a_period_counts_from_its_start(read):
    for day in ("2026-11-20T23:30:00-08:00", "2026-11-20T23:30:00.123+13:00", "2026-11-20T00:00:00Z"):
        later = observation(EGFR, day, **quantity(25, "mL/min/{1.73_m2}"))
        assert read(later).facts["egfr"] == 25.0
    later.pop("effectiveDateTime")
    assert read({**later, "effectiveInstant": "2026-11-20T00:00:00Z"}).facts["egfr"] == 25.0
    assert read({**later, "effectivePeriod": {"start": "2026-11-19", "end": "2026-11-20"}}).facts["egfr"] == 25.0
    assert "egfr" in read({**later, "effectivePeriod": {"end": "2026-11-20"}}).facts
    began = {key: value for key, value in condition(concept("snomed", "449813001")).items() if key != "recordedDate"}
    assert read({**began, "onsetPeriod": {"start": "2026-11-10"}}).facts["saddle_numbness"] == "yes"


def test_pregnant_by_problem_or_by_status_and_never_not_pregnant_from_what_is_not_read(read):
    asked = concept("loinc", "82810-3")
    pregnant = {"valueCodeableConcept": concept("snomed", "77386006")}
    assert read(observation(asked, **pregnant)).facts == {"pregnant": "yes"}
    assert read(condition(concept("snomed", "77386006"), recordedDate=RECENT)).facts == {"pregnant": "yes"}
    not_so, listed = (
        concept("snomed", "60001007", "Not pregnant"),
        condition(concept("snomed", "60001007"), recordedDate=RECENT),
    )
    assert read(observation(asked, valueCodeableConcept=not_so)).facts == read(listed).facts == {"pregnant": "no"}
    possible = observation(asked, "2026-11-15", "possible", valueCodeableConcept=concept("snomed", "146799005"))
    assert read(possible).facts == read(possible, listed).facts == {}
    no = observation(asked, "2026-11-01", "no", valueBoolean=False)
    unclear = observation(asked, "2026-11-15", "unclear", valueCodeableConcept=concept("snomed", "261665006"))
    assert read(no).facts == {"pregnant": "no"}
    assert read(no, unclear).facts == {}, "a later answer that cannot be read leaves no older denial"
    assert read(no, answers(item("pregnant", valueBoolean=True))).facts == {"pregnant": "yes"}


@pytest.mark.parametrize("words", ["Family history of cauda equina syndrome", "Mother had foot drop",
                                   "History of foot drop, resolved", "Rule out foot drop"])  # fmt: skip
def test_a_name_of_a_relative_the_past_or_a_doubt_is_no_finding(read, words):
    assert "foot_drop" not in read(condition(concept(text=words), recordedDate=RECENT)).facts


def test_no_known_allergies_is_no_allergy_to_one_drug(read):
    seen = read(allergy(concept("snomed", "716186003", "No known allergy")))
    assert seen.facts.get("nsaid_allergy") in (None, "no")


def test_a_denial_in_a_name_is_no_denial_and_is_told(read):
    for resource in (
        condition(concept(text="Sciatica, no red flags"), recordedDate=RECENT),
        condition(named(text="Sciatica without foot drop, denies saddle numbness", code="M54.32"), recordedDate=RECENT),
        allergy(concept(text="No NSAID allergy")),
    ):
        facts = read(resource).facts
        assert set(facts) <= {"leg_pain", "side"}, "what would calm is not read from a name"
    seen = read(condition(concept(text="Pregnancy test negative")))
    assert ("Condition/c", "pregnant", "its name speaks of it as denied") in seen.unused


def test_in_the_published_name_of_a_code_that_is_read_no_more_is_heard(read):
    display = "Unspecified urinary incontinence"
    for words in (display, f"{display} (CMS/HCC)", display.upper()):
        both = condition(named(display, text=words, code="R32"), recordedDate=RECENT)
        assert read(both).facts == {"bladder_change": "yes"}
    assert "urinary_retention" in read(condition(concept(text="Urinary retention"), recordedDate=RECENT)).facts


def test_a_dated_finding_by_name_counts_as_long_as_by_code(read):
    for name, fact in (("Saddle numbness", "saddle_numbness"), ("Fever", "fever"), ("Foot drop", "foot_drop")):
        assert fact in read(condition(concept(text=name), recordedDate=RECENT)).facts
        undated = read(condition(concept(text=name)))
        assert undated.facts == {} and "it has no date" in undated.why("Condition/c"), "as by code"
        old = read(condition(concept(text=name), recordedDate="2019-01-01"))
        assert old.facts == {} and "it is older than" in old.why("Condition/c")
    assert "cancer_history" in read(condition(concept(text="Breast cancer"), recordedDate="2009-01-01")).facts


def test_an_observation_of_somebody_else_in_the_record_is_not_the_patients(read):
    childs = observation(EGFR, focus=[{"reference": "RelatedPerson/child"}], **quantity(25, "mL/min/{1.73_m2}"))
    seen = read(childs)
    assert seen.facts == {} and "somebody or something else" in seen.why("Observation/o")
