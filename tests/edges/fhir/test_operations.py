"""Whatever is sent, `$apply` either gives a plan or says what cannot be read; it never fails in another way."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootline.edges.fhir.operations import apply
from rootline.errors import InputError, NotFoundError, RootlineError
from rootline.packs.load import load
from tests.edges.fhir.resources import answers, bundle, concept, condition, item, medicine, observation, patient
from tests.edges.fhir.responses import response
from tests.invariants.cases import PACK

FACTS = {"foot_drop": "complete", "anticoagulant": "yes", "symptom_duration": 10.0}
PARAMETERS = {
    "resourceType": "Parameters",
    "parameter": [
        {"name": "subject", "valueReference": {"reference": "Patient/made-up"}},
        {"name": "userType", "valueCodeableConcept": {"coding": [{"code": "patient"}]}},
        {"name": "data", "resource": {"resourceType": "Bundle", "entry": [{"resource": {
            key: value if key != "item" else [one for group in value for one in group["item"] if "answer" in one]
            for key, value in response(PACK, FACTS, authored=str(date.today())).items()}}]}},
    ],
}  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=9), below, max_size=3),
    max_leaves=5,
)


def places(part, path=()):
    """The way to every part of a resource."""
    yield path
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


PLACES = list(places(PARAMETERS))


def with_part(path, value):
    if not path:
        return value
    sent = deepcopy(PARAMETERS)
    part = sent
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return sent


def test_what_stands_in_parameters_and_a_bundle_is_read():
    assert apply(PARAMETERS, PACK)["entry"][2]["resource"]["subject"] == {"reference": "Patient/made-up"}


@settings(max_examples=300)
@given(path=st.sampled_from(PLACES), value=ANYTHING)
def test_whatever_stands_in_one_place_it_is_read_or_refused(path, value):
    try:
        told = apply(with_part(path, value), PACK)
    except RootlineError as error:
        assert error.what and error.mend is not None
    else:
        assert told["resourceType"] == "Bundle"
        json.dumps(told)


@pytest.mark.parametrize("reference", [["Patient/1"], {"a": 1}, 3, None])
def test_a_patient_that_is_named_by_something_else_is_refused(reference):
    with pytest.raises(InputError):
        apply(response(PACK, FACTS, subject={"reference": reference}), PACK)


def told(sent):
    """The facts of the plan by their words, and the remarks on what was not used."""
    found = {one["resource"]["resourceType"]: one["resource"] for one in apply(sent, PACK)["entry"]}
    sections = {one["code"]["coding"][0]["code"]: one["text"]["div"] for one in found["Composition"]["section"]}
    remarks = [one for one in found["GuidanceResponse"]["contained"] if one["id"] == "remarks"]
    said = [issue["details"]["text"] for one in remarks for issue in one["issue"]]
    return sections.get("facts", "").replace("<b>", "").replace("</b>", ""), said


def both(*data):
    return {"resourceType": "Parameters", "parameter": [{"name": "data", "resource": one} for one in data]}


DROP = condition(concept("icd10cm", "M21.372"), recordedDate=str(date.today()))
FEVER = item("fever", valueBoolean=False)
NO_FACT = "it answers a question that is no fact of this pack"


def test_the_record_counts_beside_the_answers():
    apixaban = medicine(concept("rxnorm", "1364430"))
    born = patient(birthDate=f"{date.today().year - 62}-01-01")
    facts, remarks = told(bundle(DROP, apixaban, answers(FEVER, day=str(date.today())), person=born))
    for one in ("age: 62 years", "foot drop: partial or complete", "anticoagulant", "fever: no"):
        assert one in facts
    assert remarks == []


def test_a_record_alone_tells_whom_it_is_about():
    assert "(Condition/c: " in told(bundle(DROP))[0]
    two = {"resourceType": "Bundle", "entry": [{"resource": patient("p")}, {"resource": patient("q")}]}
    with pytest.raises(InputError, match="more than one patient"):
        apply(two, PACK)


def test_a_patient_named_by_address_or_by_id_is_the_same():
    entries = [{"fullUrl": "urn:uuid:1", "resource": patient()},
               {"resource": answers(FEVER, subject={"reference": "urn:uuid:1"}, day=str(date.today()))}]  # fmt: skip
    data = {"resourceType": "Bundle", "entry": [*entries, {"resource": DROP}]}
    parameters = [{"name": "subject", "valueString": "Patient/p"}, {"name": "data", "resource": data}]
    facts, _ = told({"resourceType": "Parameters", "parameter": parameters})
    assert "fever: no" in facts and "foot drop" in facts


def test_another_patients_record_is_not_used_and_that_is_said():
    strange = {**DROP, "subject": {"reference": "Patient/other"}}
    facts, remarks = told(bundle(strange, answers(FEVER, day=str(date.today()))))
    assert "foot drop" not in facts
    assert remarks == ["Condition/c was not used: it is another patient's."]
    form = answers(FEVER, subject={"reference": "Patient/other"})
    with pytest.raises(InputError, match="no such Patient"):
        apply(both(form, bundle(DROP)), PACK)


def test_forms_in_a_record_are_read_as_a_record_is():
    undated = {key: value for key, value in answers(FEVER).items() if key != "authored"}
    wrong = answers(item("fevre", valueBoolean=True), id_="w", day=str(date.today()))
    other = answers(FEVER, id_="x", day=str(date.today()), questionnaire="https://other.example/Questionnaire/phq-9")
    facts, remarks = told(bundle(DROP, undated, wrong, other))
    assert "foot drop" in facts and "fever" not in facts
    assert remarks == [
        f"QuestionnaireResponse/w (item[0].answer[0]) was not used: {NO_FACT}.",
        "QuestionnaireResponse/q was not used: it has no date, and counts for 2 days only.",
        "QuestionnaireResponse/x was not used: it answers another questionnaire than this pack's.",
    ]


def test_each_answer_of_an_older_form_that_is_asked_no_more_is_told_where_people_look():
    older = [
        item("saddle_anaesthesia", valueBoolean=True),
        {"linkId": "neuro", "item": [item("old_power", valueInteger=3)]},
    ]
    slipped = [item("<b>calm</b> " * 20, valueBoolean=True), {"text": "no name", "answer": [{"valueBoolean": True}]}]
    asked = "https://rootline.example/Questionnaire/lumbar-radiculopathy.clinician|0.0.1"
    form = answers(FEVER, *older, *slipped, questionnaire=asked, day=str(date.today()))
    entries = {one["resource"]["resourceType"]: one["resource"] for one in apply(bundle(form), PACK)["entry"]}
    facts, remarks = told(bundle(form))
    assert "fever: no" in facts
    places = ("item[1].answer[0]", "item[2].item[0].answer[0]", "item[3].answer[0]", "item[4].answer[0]")
    said = f"{', '.join(f'QuestionnaireResponse/q ({at})' for at in places)} were not used: {NO_FACT}."
    assert said in remarks and said in [note["text"] for note in entries["CarePlan"]["note"]]
    assert "The questions answered are not those of version 0.1.0." in remarks
    assert "calm" not in str(remarks)


def test_a_form_handed_over_counts_beside_a_record():
    form = {key: value for key, value in answers(FEVER).items() if key not in ("authored", "subject", "questionnaire")}
    facts, remarks = told(both(form, bundle(DROP)))
    assert "foot drop" in facts and f"fever: no (QuestionnaireResponse/q: answered, {date.today()})" in facts
    assert remarks == []


def test_a_denial_in_a_form_does_not_overrule_the_record():
    none = answers(item("foot_drop", valueCoding={"code": "none"}), day=str(date.today()))
    facts, remarks = told(bundle({**DROP, "recordedDate": str(date.today() - timedelta(60))}, none))
    assert "foot drop" not in facts
    assert any("for foot_drop: the record contradicts itself: left unknown" in one for one in remarks)


def test_old_answers_are_not_used_and_of_two_days_the_later_counts():
    facts, remarks = told(bundle(answers(FEVER, day="2020-01-01")))
    assert "fever" not in facts
    assert remarks == ["QuestionnaireResponse/q was not used: it is older than 2 days."]
    scores = [
        answers(item("pain_score", valueQuantity={"value": value, "code": "1"}), id_=f"q{value}", day=str(day))
        for value, day in ((3, date.today() - timedelta(1)), (8, date.today()))
    ]
    facts, remarks = told(bundle(*scores))
    assert "QuestionnaireResponse/q8" in facts
    assert remarks == ["QuestionnaireResponse/q3 was not used for pain_score: a later value is used."]


def test_what_is_not_used_for_one_reason_is_one_remark_and_an_unknown_medicine_is_named_with_its_fact():
    labs = [observation(concept("loinc", "718-7"), id_=f"hb{at}", valueInteger=13) for at in range(40)]
    unknown = [medicine(concept("rxnorm", "860975"), f"m{at}") for at in range(2)]
    _, remarks = told(bundle(*labs, *unknown))
    few = "Observation/hb0, Observation/hb1, Observation/hb2 and 37 more were not used: no fact is read from its code."
    why = "its code is not known here, and it has no name."
    both_ = "MedicationRequest/m0, MedicationRequest/m1 were not used"
    assert few in remarks and f"{both_} for anticoagulant: {why}" in remarks
    assert len(remarks) <= 4


def test_what_is_about_the_topic_and_tells_no_fact_is_said_first():
    cauda_equina = condition(concept("icd10cm", "G83.4"), id_="ces")
    _, remarks = told(bundle({"resourceType": "Coverage", "id": "v"}, cauda_equina))
    assert [one.split()[0] for one in remarks] == ["Condition/ces", "Coverage/v", "Condition/ces"]


def test_a_pack_without_codes_reads_answers_and_refuses_a_record(tmp_path):
    shutil.copytree(PACK.folder, tmp_path / PACK.id)
    (tmp_path / PACK.id / "codes.yaml").unlink()
    uncoded = load(tmp_path / PACK.id)
    assert apply(response(uncoded, FACTS), uncoded)["resourceType"] == "Bundle"
    with pytest.raises(NotFoundError, match="has no codes"):
        apply(bundle(DROP), uncoded)
