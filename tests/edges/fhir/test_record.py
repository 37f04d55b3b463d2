"""A whole record: one patient's, nobody else's, whatever stands in it; and nothing passed over in silence."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st

from rootline.edges.fhir.facts import read_facts
from rootline.edges.fhir.gather import MOST
from rootline.edges.fhir.tell import tell_record
from rootline.errors import InputError, NotFoundError
from rootline.logic.values import Between
from rootline.packs.load import load
from tests.edges.fhir.conftest import TODAY
from tests.edges.fhir.resources import (
    SUBJECT,
    answers,
    bundle,
    concept,
    condition,
    item,
    medicine,
    observation,
    patient,
    quantity,
)

ROOT = Path(__file__).parents[3]
SCIATICA = condition(concept("icd10cm", "M54.32"))
RECORD = json.loads((ROOT / "docs/examples/fhir/record.json").read_text())


def test_age_and_sex(read):
    assert read(person=patient(birthDate="1965-11-21", gender="male")).facts == {"age": 61.0, "sex": "male"}
    assert read(person=patient(birthDate="1965-11-22")).facts == {"age": 60.0}
    assert read(person=patient(birthDate="1965")).facts == {"age": Between(60.0, 61.0)}
    other = read(person=patient(birthDate="1850-01-01", gender="other"))
    assert other.facts == {}
    assert other.why("Patient/p") == "its birth date cannot be; its gender settles no sex"


def test_nothing_is_read_of_the_dead(read):
    assert read(person=patient(birthDate="1965-11-21", deceasedBoolean=True)).facts == {}


def test_an_empty_record_knows_nothing(read):
    assert read().facts == {}


def test_what_is_about_another_patient_is_set_aside(read):
    strange = {**SCIATICA, "subject": {"reference": "Patient/someone-else"}}
    elsewhere = {**SCIATICA, "id": "e", "subject": {"reference": "https://other.example/fhir/Patient/p"}}
    nobody = {key: value for key, value in {**SCIATICA, "id": "n"}.items() if key != "subject"}
    seen = read(strange, elsewhere, nobody)
    assert seen.facts == {}
    assert seen.why("Condition/c") == seen.why("Condition/e") == "it is another patient's"
    assert seen.why("Condition/n") == "it names no patient"


def test_full_addresses_name_the_patient_too(pack):
    entries = [
        {"fullUrl": "urn:uuid:1", "resource": patient()},
        {"resource": {**SCIATICA, "subject": {"reference": "urn:uuid:1"}}},
    ]
    record = read_facts({"resourceType": "Bundle", "type": "collection", "entry": entries}, pack, TODAY)
    assert {one.fact for one in record.given} == {"leg_pain", "side"}
    prefetch = {
        "patient": patient(),
        "c": {**SCIATICA, "subject": {"reference": "https://ehr.example/r4/Patient/p/_history/3"}},
    }
    assert read_facts(prefetch, pack, TODAY, "p", "https://ehr.example/r4/").given
    assert read_facts(prefetch, pack, TODAY, "p").given  # asked for by its id, and there is one server only
    two = {**prefetch, "d": {**SCIATICA, "id": "d", "subject": {"reference": "https://other.example/Patient/p"}}}
    assert not read_facts(two, pack, TODAY, "p").given
    assert not read_facts(prefetch, pack, TODAY, "p", "https://other.example").given


def test_a_resource_sent_twice_counts_once_and_two_versions_not_at_all(read):
    assert read(SCIATICA, dict(SCIATICA)).facts["leg_pain"] == "yes"
    seen = read(SCIATICA, {**SCIATICA, "recordedDate": "2026-01-01"})
    assert seen.facts == {}
    assert seen.why("Condition/c") == "it stands here twice, in two versions"


def test_what_could_not_be_had_is_said(pack):
    page = {"resourceType": "Bundle", "id": "b", "type": "searchset", "link": [{"relation": "next", "url": "x"}]}
    failed = {"resourceType": "OperationOutcome", "id": "f", "issue": []}
    record = read_facts({"patient": patient(), "a": page, "b": failed, "c": None}, pack, TODAY, "p")
    told = {one.resource: one.why for one in record.unused}
    assert told["prefetch `a`"] == "it has further pages, which were not sent"
    assert told["OperationOutcome/f"].startswith("the record could not be asked")
    assert told["prefetch `c`"] == "it was not sent: what it holds is unknown"


@pytest.mark.parametrize(
    "data",
    [
        [], "x", None, {}, {"resourceType": "Bundle"}, {"a": 3}, {"resourceType": "Bundle", "entry": {}},
        bundle(patient("q")),  # two patients
        {"resourceType": "Bundle", "type": "history", "entry": [{"resource": patient()}]},
        {"resourceType": "Bundle", "entry": [{"resource": bundle()}]},
        {"resourceType": "Bundle", "entry": [{"resource": patient()}] * (MOST + 1)},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_record_of_one_patient_is_refused(pack, data):
    with pytest.raises(InputError) as caught:
        read_facts(data, pack, TODAY)
    assert caught.value.mend


def test_the_patient_asked_for_must_be_there(pack):
    with pytest.raises(InputError, match="no such Patient"):
        read_facts(bundle(SCIATICA), pack, TODAY, "someone-else")
    assert read_facts(bundle(patient("q"), SCIATICA), pack, TODAY, "p").given


def test_markup_in_a_record_stays_words_and_a_wrong_id_is_not_repeated(read):
    seen = read({**condition(concept(text="<script>foot drop</script>")), "id": "<img src=x>"})
    assert all("<img" not in one.text for one in seen.record.given)
    assert all("<" not in one.resource for one in seen.record.unused)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["status", "code", "subject", "valueQuantity", "verificationStatus", "clinicalStatus", "effectiveDateTime",
        "medicationCodeableConcept", "item", "content", "reaction", "onsetDateTime", "intent", "authored"]  # fmt: skip
WHOLE = [
    SCIATICA, observation(concept("loinc", "98979-8"), **quantity(50, "mL/min/{1.73_m2}")),
    medicine(concept("rxnorm", "1364430")), answers(item("fever", valueBoolean=False)),
    {"resourceType": "AllergyIntolerance", "id": "a", "patient": SUBJECT, "code": concept("rxnorm", "7258")},
    {"resourceType": "Procedure", "id": "x", "subject": SUBJECT, "status": "completed", "code": concept(text="fusion")},
    {"resourceType": "DocumentReference", "id": "d", "subject": SUBJECT, "status": "current", "date": "2026-11-21"},
]  # fmt: skip


@given(st.sampled_from(WHOLE), st.sampled_from(KEYS), _JSON)
def test_whatever_is_put_into_a_resource_it_is_read_or_told(pack, resource, key, anything):
    record = read_facts(bundle({**resource, key: anything}), pack, TODAY)
    assert {one.fact for one in record.given} <= set(pack.facts)
    told = {one.resource for one in record.unused} | {part for one in record.given for part in one.text.split(": ")[:1]}
    name = f"{resource['resourceType']}/{resource['id']}"
    assert name in told or resource["resourceType"] in ("DocumentReference", "QuestionnaireResponse")


def test_a_pack_without_codes_says_so(tmp_path):
    shutil.copytree(ROOT / "docs/examples/ankle-sprain", tmp_path / "ankle-sprain")
    (tmp_path / "ankle-sprain" / "codes.yaml").unlink()
    with pytest.raises(NotFoundError, match="has no codes"):
        read_facts(bundle(SCIATICA), load(tmp_path / "ankle-sprain"), TODAY)


def test_people_are_told_one_line_for_each_reason_and_programs_every_resource(pack):
    labs = [observation(concept("loinc", "718-7"), id_=f"hb{at}", **quantity(13, "g/dL")) for at in range(40)]
    said = tell_record(bundle(*labs), pack, TODAY, "", as_json=False).splitlines()
    named = "Observation/hb0, Observation/hb1, Observation/hb2 and 37 more"
    assert said[said.index("Not used") + 1 :] == [f"  {named}: no fact is read from its code"]
    data = json.loads(tell_record(bundle(*labs), pack, TODAY, "", as_json=True))
    assert [one["resource"] for one in data["unused"]] == [f"Observation/hb{at}" for at in range(40)]


def test_the_example_is_valid_fhir_and_reads_as_the_docs_say(pack):
    Bundle.model_validate(RECORD)
    record = read_facts(RECORD, pack, date(2026, 11, 21))
    values = {one.fact: one.value for one in record.given}
    assert values["egfr"] == 52.0 and values["anticoagulant"] == "yes" and values["saddle_numbness"] == "no"
    named = {one.text.partition(":")[0] for one in record.given}
    left = {one.resource for one in record.unused}
    every = {f"{one['resource']['resourceType']}/{one['resource']['id']}" for one in RECORD["entry"]}
    assert every <= named | left, "a resource passed over in silence"
