"""The Questionnaire asks every fact in its form, and what comes back is read as what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given

from rootline.answers.reviewed import unreviewed
from rootline.edges.fhir.questionnaire_response import read_response
from rootline.edges.fhir.write_questionnaire import write_questionnaire
from rootline.errors import InputError, RootlineError
from rootline.logic.values import YES_NO, Among, Amount, Between, is_exact
from rootline.packs.relevance import dependent_facts
from rootline.packs.run import run
from tests.edges.fhir.responses import response
from tests.invariants.cases import PACK, cases

QUESTIONS = {voice: write_questionnaire(PACK, unreviewed(PACK), voice) for voice in ("clinician", "patient")}


def items(questionnaire):
    return {one["linkId"]: one for group in questionnaire["item"] for one in group["item"]}


@pytest.mark.parametrize("voice", QUESTIONS)
def test_every_fact_is_asked_once_in_its_form_and_in_this_voice(voice):
    found = items(QUESTIONS[voice])
    assert list(found) == list(PACK.facts)
    for id_, fact in PACK.facts.items():
        one = found[id_]
        assert one["text"] == fact.ask.to(voice)
        if isinstance(fact.type, Amount):
            units = [ext["valueCoding"]["code"] for ext in one["extension"] if "valueCoding" in ext]
            assert (one["type"], units[0]) == ("quantity", fact.type.unit.code)
            bounds = [ext["valueQuantity"]["value"] for ext in one["extension"] if "valueQuantity" in ext]
            assert bounds == [fact.type.low, fact.type.high]
        elif fact.type == YES_NO:
            assert one["type"] == "boolean"
        else:
            assert one["type"] == "choice"
            assert [option["valueCoding"]["code"] for option in one["answerOption"]] == list(fact.type.values)


def is_asked(item, case) -> bool:
    """As a form decides: any of the conditions is enough; a question without one is always asked."""
    if "enableWhen" not in item:
        return True
    for one in item["enableWhen"]:
        value = case.get(one["question"])
        known = is_exact(value)
        if one["operator"] == "exists" and not known:
            return True
        wanted = one.get("answerCoding", {}).get("code", "yes" if one.get("answerBoolean") else "no")
        if one["operator"] == "=" and value == wanted:
            return True
    return False


@given(case=cases())
def test_leaving_out_what_is_not_asked_changes_no_plan(case):
    case = {fact: value for fact, value in case.items() if is_exact(value)}
    found = items(QUESTIONS["clinician"])
    asked = {fact: value for fact, value in case.items() if is_asked(found[fact], case)}
    before, after = run(PACK, case), run(PACK, asked)
    assert before.urgency == after.urgency
    assert [one.status for one in before.advised] == [one.status for one in after.advised]


def test_a_question_that_depends_on_another_is_asked_while_that_is_unknown():
    found = items(QUESTIONS["clinician"])
    assert {id_ for id_, one in found.items() if "enableWhen" in one} == set(dependent_facts(PACK))
    for one in ({}, {"foot_drop": "partial"}, {"foot_drop": "complete"}):
        assert is_asked(found["side"], one)
    assert not is_asked(found["side"], {"foot_drop": "none"})


@given(case=cases())
def test_what_is_answered_comes_back_and_nothing_else(case):
    told = {one.fact: one.value for one in read_response(response(PACK, case), PACK)}
    assert told == pytest.approx({fact: value for fact, value in case.items() if is_exact(value)})


def read_one(fact, *answers, **more):
    sent = {"resourceType": "QuestionnaireResponse", "status": "completed", **more}
    return read_response({**sent, "item": [{"linkId": fact, "answer": list(answers)}]}, PACK)


def quantity(value, code, **more):
    return {"valueQuantity": {"value": value, "code": code, "system": "http://unitsofmeasure.org", **more}}


def test_units_are_converted_and_a_comparator_makes_an_interval():
    assert read_one("symptom_duration", quantity(6, "wk"))[0].value == 42.0
    known = read_one("symptom_duration", quantity(6, "wk", comparator=">"))[0].value
    assert isinstance(known, Between) and (known.low, known.low_open) == (42.0, True)
    assert read_one("egfr", quantity(28.5, "mL/min/{1.73_m2}"))[0].value == 28.5


def test_each_fact_names_the_resource_it_came_from():
    found = read_one("foot_drop", {"valueCoding": {"code": "complete"}}, id="q7")[0]
    assert (found.origin, found.text) == ("fhir", "QuestionnaireResponse/q7: foot_drop")


REFUSED = {
    "a word for a truth": ("fever", [{"valueString": "no"}], "is no valueBoolean"),
    "a number for a truth": ("fever", [{"valueBoolean": 0}], "neither true nor false"),
    "a choice that is none": ("foot_drop", [{"valueCoding": {"code": "a bit"}}], "has no such answer"),
    "a choice without a code": ("foot_drop", [{"valueCoding": {"display": "none"}}], "has no such answer"),
    "a number without a unit": ("age", [{"valueQuantity": {"value": 61}}], "a unit that is not read"),
    "a unit of something else": ("age", [quantity(61, "kg")], "a unit that is not read"),
    "a unit of another system": ("age", [quantity(61, "a", system="urn:other")], "a unit that is not read"),
    "a bare number": ("age", [{"valueInteger": 61}], "is no valueQuantity"),
    "a truth for a number": ("age", [quantity(True, "a")], "has no number"),
    "a text for a number": ("age", [quantity("61", "a")], "has no number"),
    "a number nobody has": ("age", [quantity(400, "a")], "is not possible"),
    "a comparator of another kind": ("age", [quantity(61, "a", comparator="ad")], "a comparator that is not read"),
    "two answers": ("fever", [{"valueBoolean": True}, {"valueBoolean": False}], "more than once"),
    "no such question": ("fevre", [{"valueBoolean": True}], "no question has the linkId"),
}


@pytest.mark.parametrize(("fact", "answers", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_and_never_guessed(fact, answers, says):
    with pytest.raises(RootlineError, match=says) as raised:
        read_one(fact, *answers)
    assert raised.value.mend


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"status": "entered-in-error"}, "a status that is not read"),
        ({"status": "in-progress"}, "a status that is not read"),
        ({"status": None}, "a status that is not read"),
        ({"questionnaire": "https://example.org/Questionnaire/other"}, "answers another Questionnaire"),
        ({"item": "x"}, "cannot be read"),
        ({"item": [{"linkId": "group.nerve", "answer": [{"valueBoolean": True}]}]}, "has no answer of its own"),
        ({"item": [{"linkId": "fever", "item": [{"linkId": "age"}]}]}, "has no items below it"),
        ({"item": [{"linkId": 3}]}, "cannot be read"),
    ],
)
def test_a_response_that_is_none_of_ours_is_refused(more, says):
    with pytest.raises(InputError, match=says):
        read_response({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [], **more}, PACK)


def test_items_without_an_answer_and_values_known_in_part_stay_unknown():
    sent = response(PACK, {"foot_drop": Among(frozenset({"partial", "complete"})), "fever": "no"})
    assert [one.fact for one in read_response(sent, PACK)] == ["fever"]
