"""Whom it is about is told apart by references and identifiers alike, and never goes out unless FHIR takes it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from rootline.edges.fhir.facts import read_facts
from rootline.edges.fhir.operations import apply
from rootline.errors import InputError
from tests.edges.fhir.conftest import TODAY
from tests.edges.fhir.resources import Resource, answers, bundle, concept, condition, item, patient
from tests.fhir.validators import by_models, by_schema
from tests.invariants.cases import PACK

FEVER = item("fever", valueBoolean=False)
DROP = condition(concept("icd10cm", "M21.372"), recordedDate=str(date.today()))


def known_as(value: str, system: str = "urn:oid:1.2.3") -> Resource:
    return {"identifier": {"system": system, "value": value}}


def nameless(*values: str, **more: str) -> Resource:
    return {"resourceType": "Patient", "identifier": [known_as(one)["identifier"] for one in values], **more}


def form(subject: Resource | None, id_: str = "q") -> Resource:
    sent = answers(FEVER, id_=id_, day=str(date.today()))
    return {**sent, "subject": subject} if subject else {key: sent[key] for key in sent if key != "subject"}


def parameters(*data: Resource, **more: Resource) -> Resource:
    told = [{"name": name, **value} for name, value in more.items()]
    return {"resourceType": "Parameters", "parameter": [*told, *({"name": "data", "resource": one} for one in data)]}


def facts_of(sent: Resource) -> str:
    sections = {one["code"]["coding"][0]["code"]: one for one in _composition(sent)["section"]}
    return str(sections.get("facts", ""))


def _composition(sent: Resource) -> Resource:
    return apply(sent, PACK)["entry"][0]["resource"]


@pytest.mark.parametrize(
    "sent",
    [
        parameters(form(known_as("1")), form(known_as("2"), "r")),
        parameters(form(known_as("1")), form({"reference": "Patient/p"}, "r")),
        parameters(form(known_as("2")), bundle(DROP, person=nameless("1", id="p"))),
        parameters(form(known_as("1"), "r"), subject={"valueReference": known_as("2")}),
        parameters(form(known_as("1", "urn:oid:9")), bundle(DROP, person=nameless("1", id="p"))),
        bundle(nameless("2"), person=nameless("1")),
        bundle(nameless("2", birthDate="1950-01-01"), nameless("2", birthDate="1990-01-01"), form(known_as("2"))),
        {"resourceType": "Bundle", "entry": [{"resource": form(known_as(one), one)} for one in "12"]},
    ],
    ids=range(8),
)
def test_patients_told_apart_by_identifier_alone_are_never_one(sent):
    with pytest.raises(InputError) as refused:
        apply(sent, PACK)
    told = refused.value.what
    assert any(words in told for words in ("more than one patient", "several Patients", "no such Patient"))


def test_a_patient_known_by_an_identifier_is_found_by_it_and_it_goes_out_again():
    record = bundle({**DROP, "subject": known_as("1")}, form(known_as("1")), person=nameless("0", "1", id="p"))
    assert all(one in facts_of(record) for one in ("foot drop", "fever"))
    assert _composition(record)["subject"] == {"reference": "Patient/p"}
    searched = {**DROP, "subject": {"reference": "Patient?identifier=urn:oid:1.2.3|1"}}
    assert "foot drop" in facts_of(bundle(searched, person=nameless("1", id="p")))
    told = apply(form(known_as("1")), PACK)
    assert told["entry"][0]["resource"]["subject"] == known_as("1")
    assert by_models(told) == by_schema(told) == []
    assert told["id"] != apply(form(known_as("2")), PACK)["id"]


def test_two_patients_without_id_are_two_in_a_record_and_two_versions_of_one_tell_no_age():
    with pytest.raises(InputError, match="several Patients"):
        read_facts(bundle(nameless("2"), person=nameless("1")), PACK, TODAY)
    there, elsewhere = ({"fullUrl": f"https://{one}.example/Patient/p", "resource": patient()} for one in "ab")
    with pytest.raises(InputError, match="several Patients"):
        read_facts({"resourceType": "Bundle", "entry": [there, elsewhere]}, PACK, TODAY)
    record = read_facts(bundle(patient(birthDate="1990-01-01"), person=patient(birthDate="1950-01-01")), PACK, TODAY)
    assert record.given == ()
    assert [(one.resource, one.why) for one in record.unused] == [
        ("Patient/p", "it stands here twice, in two versions")
    ]
    assert read_facts(bundle(nameless("1", birthDate="1990-01-01"), person=None), PACK, TODAY, "urn:oid:1.2.3|1").given


@pytest.mark.parametrize(
    "name",
    [
        "p", "Patient/", f"Patient/{'p' * 65}", "Patient/a b", "Patient/a_b", "Practitioner/1", "#p", "urn:uuid:1",
        "ftp://x.example/Patient/1", "javascript:Patient/1", "https://x.example/<b>/Patient/1", "Patient/1\n",
        f"https://x.example/{'a' * 600}/Patient/1", "Patient/\u0430", f"urn:oid:1.2|{'9' * 600}", "a b|1",
        "urn:x|\u0000",
    ],
)  # fmt: skip
def test_what_is_no_reference_to_a_patient_is_refused_and_not_repeated(name):
    for sent in (parameters(subject={"valueString": name}), form({"reference": name})):
        with pytest.raises(InputError, match="no reference to a Patient") as refused:
            apply(sent, PACK)
        assert name not in str(refused.value) or name in ("p", "Patient/")
        assert "Patient/…" in refused.value.mend


@pytest.mark.parametrize(
    "name",
    ["Patient/p", "https://ehr.example/r4/Patient/e63wRTbPfr1p8UW81d8Seiw3", "urn:oid:1.2.3",
     "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a", f"Patient/{'p' * 64}", "Patient/1/_history/2"],
)  # fmt: skip
def test_what_is_a_reference_goes_out_as_it_came(name):
    sent = form({"reference": name})
    assert _composition(sent)["subject"] == {"reference": name.removesuffix("/_history/2")}


@pytest.mark.parametrize("id_", ["a_b", "a" * 65, "<b>", 7, ""])
def test_a_patient_whose_id_is_none_is_refused(id_):
    for read in (lambda sent: apply(sent, PACK), lambda sent: read_facts(sent, PACK, TODAY)):
        with pytest.raises(InputError, match="id of the Patient"):
            read(bundle(DROP, person=patient(id_)))


def test_resources_whose_ids_are_none_are_read_each_for_itself(read):
    spread = condition(concept("icd10cm", "M54.32"), "a_b")
    seen = read(spread, {**DROP, "id": "c_d", "recordedDate": "2026-11-20"})
    assert seen.facts["leg_pain"] == "yes" and "foot_drop" in seen.facts
    assert "a_b" not in json.dumps(seen.texts)


@pytest.mark.parametrize("name", ["subject", "userType"])
def test_a_parameter_that_stands_for_one_thing_is_sent_once(name):
    values = {"subject": {"valueString": "Patient/p"}, "userType": {"valueCode": "patient"}}
    sent = parameters(bundle(DROP), **{name: values[name]})
    assert apply(sent, PACK)
    sent["parameter"].append({"name": name, **values[name]})
    with pytest.raises(InputError, match=f"`{name}` is sent more than once"):
        apply(sent, PACK)


def test_a_parameter_with_two_values_is_refused():
    both = {"valueString": "Patient/p", "valueReference": {"reference": "Patient/other"}}
    with pytest.raises(InputError, match="more than one value"):
        apply(parameters(bundle(DROP), subject=both), PACK)


def test_control_letters_of_a_record_never_reach_the_document():
    odd = condition(concept(text="Foot\u0000 drop\u0007\ufffe"), recordedDate=str(date.today()))
    told = apply(parameters(bundle(odd)), PACK)
    assert by_models(told) == by_schema(told) == []
    assert "Foot drop" in json.dumps(told) and "\\u0000" not in json.dumps(told)
    with pytest.raises(InputError) as refused:
        apply(parameters(bundle(odd), **{"na\u0000me": {"valueString": "x"}}), PACK)
    assert f"{refused.value.what}{refused.value.mend}".isprintable()
