"""What FHIR forbids to pass over: a modifier extension inside a resource, and a value that is said to be absent."""

from __future__ import annotations

import pytest

from rootline.edges.fhir.operations import apply
from rootline.errors import InputError
from tests.edges.fhir.calm import NOW
from tests.edges.fhir.resources import answers, concept, item, observation, quantity

WRONG = {"modifierExtension": [{"url": "https://a.example/answer-is-wrong", "valueBoolean": True}]}
ABSENT = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]}
NO = {"valueBoolean": False}
NUMB = item("saddle_numbness", **NO)
SADDLE = concept("snomed", "449813001")
EGFR = concept("loinc", "98979-8")
ITEMS = [
    {**NUMB, **WRONG},
    item("saddle_numbness", **NO, **WRONG),
    {"linkId": "group.nerve", "item": [NUMB], **WRONG},
    {"linkId": "numb_leg", "answer": [{**NO, "item": [NUMB], **WRONG}]},
    item("saddle_numbness", **NO, _valueBoolean=ABSENT),
    item("foot_drop", valueCoding={"code": "none", **ABSENT}),
]


@pytest.mark.parametrize("asked", ITEMS)
def test_such_an_answer_of_a_form_is_refused(pack, asked):
    with pytest.raises(InputError, match=r"a modifier extension may change its meaning|said to be absent") as raised:
        apply(answers(asked, item("fever", **NO), day=NOW), pack)
    assert raised.value.where and raised.value.where.startswith("QuestionnaireResponse.item[0]")


@pytest.mark.parametrize("asked", ITEMS)
def test_in_a_record_it_keeps_its_fact_open_and_the_other_answers_count(read, level, asked):
    seen = read(answers(asked, item("fever", **NO), day=NOW))
    assert seen.facts == {"fever": "no"} and seen.why("QuestionnaireResponse/q")
    assert level(answers(asked, day=NOW)).startswith("open: "), "no denial closes it"


def test_the_parts_of_a_result_are_held_to_it_too(read, level):
    part = {"code": SADDLE, **NO, **WRONG}
    assert level(observation({"text": "Examination"}, NOW, component=[part])) == "open: emergency"
    assert level(observation(SADDLE, NOW, **NO, _valueBoolean=ABSENT)) == "open: emergency"
    value = {"valueCodeableConcept": {**concept("snomed", "2667000"), **ABSENT}}
    assert level(observation(SADDLE, NOW, **value)) == "open: emergency"
    measured = quantity(50, "mL/min/{1.73_m2}")
    measured["valueQuantity"]["_value"] = ABSENT
    assert read(observation(EGFR, **measured)).facts == {}
