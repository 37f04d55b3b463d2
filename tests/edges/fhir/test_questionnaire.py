"""The Questionnaire asks every fact in its form, and what comes back is read as what was meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from rootline.answers.reviewed import unreviewed
from rootline.edges.fhir.facts import read_facts
from rootline.edges.fhir.operations import apply
from rootline.edges.fhir.questionnaires import KIND
from rootline.edges.fhir.write_questionnaire import write_questionnaire
from rootline.errors import InputError
from rootline.logic.values import YES_NO, Among, Amount, Between, is_exact
from rootline.packs.relevance import dependent_facts
from rootline.packs.run import run
from tests.edges.fhir.resources import answers, bundle, patient
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


TODAY = date(2026, 11, 21)


def read(sent):
    """The facts of a form in a record."""
    return {one.fact: one for one in read_facts(bundle(sent, person=patient("made-up")), PACK, TODAY).given}


@given(case=cases())
def test_what_is_answered_comes_back_and_nothing_else(case):
    told = {fact: one.value for fact, one in read(response(PACK, case, authored="2026-11-21")).items()}
    assert told == pytest.approx({fact: value for fact, value in case.items() if is_exact(value)})


def form(*items, **more):
    """A form as its sender hands it to `$apply`: nothing beside its patient and its answers."""
    patient = {"reference": "Patient/made-up"}
    return {"resourceType": KIND, "status": "completed", "subject": patient, "item": list(items), **more}


def told_of(sent):
    """The facts in the plan that `$apply` gives, as words."""
    composition = apply(sent, PACK)["entry"][0]["resource"]
    return next(one["text"]["div"] for one in composition["section"] if one["code"]["coding"][0]["code"] == "facts")


def measured(value, code, **more):
    return {"valueQuantity": {"value": value, "code": code, "system": "http://unitsofmeasure.org", **more}}


def read_one(fact, answer, **more):
    sent = answers({"linkId": fact, "answer": [answer]}, **{"subject": {"reference": "Patient/made-up"}, **more})
    return read(sent)[fact]


def test_units_are_converted_and_a_comparator_makes_an_interval():
    assert read_one("symptom_duration", measured(6, "wk")).value == 42.0
    known = read_one("symptom_duration", measured(6, "wk", comparator=">")).value
    assert isinstance(known, Between) and (known.low, known.low_open) == (42.0, True)
    assert read_one("egfr", measured(28.5, "mL/min/{1.73_m2}")).value == 28.5


def test_each_fact_names_the_resource_it_came_from():
    found = read_one("foot_drop", {"valueCoding": {"code": "complete"}}, id_="q7")
    assert (found.origin, found.text) == ("fhir", "QuestionnaireResponse/q7: answered, 2026-11-20")


NO_VALUE = {
    "a word for a truth": ("fever", [{"valueString": "no"}], "none of the fact's values"),
    "a number for a truth": ("fever", [{"valueBoolean": 0}], "not true or false"),
    "a choice that is none": ("foot_drop", [{"valueCoding": {"code": "a bit"}}], "none of the fact's values"),
    "a choice without a code": ("foot_drop", [{"valueCoding": {"display": "none"}}], "none of the fact's values"),
    "a number without a unit": ("age", [{"valueQuantity": {"value": 61}}], "its unit is missing"),
    "a unit of something else": ("age", [measured(61, "kg")], "it measures mass, and time is meant"),
    "a unit nobody knows": ("age", [measured(61, "mm[Hg]")], "its unit `mm[Hg]` is not known here"),
    "a unit of another system": ("age", [measured(61, "a", system="urn:other")], "its unit is not in UCUM"),
    "a bare number": ("age", [{"valueInteger": 61}], "its unit is missing"),
    "a truth for a number": ("age", [measured(True, "a")], "`value` is not a number"),
    "a text for a number": ("age", [measured("61", "a")], "`value` is not a number"),
    "a number nobody has": ("age", [measured(400, "a")], "no living person can have this value"),
    "a comparator of another kind": ("age", [measured(61, "a", comparator="ad")], "its comparator is not known here"),
    "two answers": ("fever", [{"valueBoolean": True}, {"valueBoolean": False}], "answered more than once"),
    "no such question": ("fevre", [{"valueBoolean": True}], "a question that is no fact of this pack"),
}


@pytest.mark.parametrize(("fact", "given", "says"), NO_VALUE.values(), ids=NO_VALUE)
def test_what_cannot_be_read_is_refused_at_its_place_and_named_in_a_record(fact, given, says):
    items = [{"linkId": "nausea"}, {"linkId": fact, "answer": given}]
    with pytest.raises(InputError) as raised:
        apply(form(*items), PACK)
    assert says in raised.value.what and raised.value.mend
    assert raised.value.where == f"QuestionnaireResponse.item[1].answer[{len(given) - 1}]"
    record = read_facts(bundle(answers(*items)), PACK, TODAY)
    assert not record.given
    assert [(one.resource, says in one.why) for one in record.unused] == [("QuestionnaireResponse/q", True)]


@pytest.mark.parametrize(
    ("more", "says", "place"),
    [
        ({"status": "entered-in-error"}, "it is entered-in-error", ".status"),
        ({"status": "in-progress"}, "it is in-progress", ".status"),
        ({"status": None}, "its status is not known here", ".status"),
        ({"authored": "2999"}, "it lies in the future", ".authored"),
        ({"authored": ""}, "it has no date", ".authored"),
        ({"questionnaire": "https://example.org/Questionnaire/other"}, "another questionnaire", ".questionnaire"),
        ({"item": "x"}, "is not a list of objects", ""),
        ({"item": [{"linkId": "group.nerve", "answer": [{"valueBoolean": True}]}]}, "no fact", ".item[0].answer[0]"),
        ({"item": [{"linkId": 3}]}, "is not a text", ""),
        ({"modifierExtension": [{"url": "urn:other"}]}, "may change its meaning", ""),
        ({"subject": {"display": "7"}}, "it names no patient", ".subject"),
    ],
)
def test_a_response_that_is_none_of_ours_is_refused(more, says, place):
    sent = {"resourceType": "Parameters", "parameter": [
        {"name": "subject", "valueString": "Patient/made-up"}, {"name": "data", "resource": form(**more)}]}  # fmt: skip
    with pytest.raises(InputError, match=says) as raised:
        apply(sent, PACK)
    assert raised.value.where == f"QuestionnaireResponse{place}"


def test_the_same_question_answered_in_two_places_is_refused():
    item = {"linkId": "fever", "answer": [{"valueBoolean": True}]}
    with pytest.raises(InputError, match="`fever` is not used: it is answered more than once"):
        apply(form(item, {"linkId": "group.other", "item": [item]}), PACK)


def test_an_answer_below_another_question_counts():
    below = {"linkId": "foot_drop", "answer": [{"valueCoding": {"code": "complete"}}]}
    told = told_of(form({"linkId": "fever", "answer": [{"valueBoolean": False, "item": [below]}]}))
    assert "foot drop: complete" in told.replace("<b>", "").replace("</b>", "")


def test_items_without_an_answer_and_values_known_in_part_stay_unknown():
    sent = response(
        PACK, {"foot_drop": Among(frozenset({"partial", "complete"})), "fever": "no"}, authored="2026-11-21"
    )
    assert list(read(sent)) == ["fever"]


def test_what_a_form_does_not_say_of_itself_follows_from_its_being_sent_and_in_a_record_is_not_guessed():
    item = {"linkId": "fever", "answer": [{"valueBoolean": True}]}
    assert f"answered, {date.today()}" in told_of(form(item))
    undated = {key: value for key, value in answers(item).items() if key != "authored"}
    record = read_facts(bundle(undated), PACK, TODAY)
    why = "it has no date, and counts for 2 days only"
    assert record.given == () and {(one.why, one.fact) for one in record.unused} == {(why, ""), (why, "fever")}
    unasked = {key: value for key, value in answers(item).items() if key != "questionnaire"}
    record = read_facts(bundle(unasked), PACK, TODAY)
    assert (record.given, [one.why for one in record.unused]) == (
        (),
        ["it answers another questionnaire than this pack's"],
    )


def test_the_questions_may_lie_at_a_hospitals_own_address_and_one_of_a_like_name_is_another():
    item = {"linkId": "fever", "answer": [{"valueBoolean": True}]}
    told = [
        [one.fact for one in read_facts(bundle(answers(item, questionnaire=address)), PACK, TODAY).given]
        for address in (
            "https://hospital.example/fhir/Questionnaire/lumbar-radiculopathy.patient|0.1.0",
            "https://hospital.example/fhir/Questionnaire/lumbar-radiculopathy-outcome",
        )
    ]
    assert told == [["fever"], []]
