"""A yes or no in code is read as one in words; a value that is not understood keeps its fact open."""

from __future__ import annotations

import pytest

from tests.edges.fhir.resources import SYSTEM, answers, concept, item, observation

NOW, YESTERDAY, TWO_DAYS_AGO = "2026-11-21", "2026-11-20", "2026-11-19"
SADDLE, FALLS = concept("snomed", "449813001"), concept("loinc", "52552-7")
PREGNANT = concept("loinc", "82810-3")
V2, V3 = (f"http://terminology.hl7.org/CodeSystem/{one}" for one in ("v2-0136", "v3-ObservationInterpretation"))
YES = [("snomed", "52101004"), ("snomed", "373066001"), ("loinc", "LA33-6"), (V2, "Y")]
NO = [("snomed", "2667000"), ("snomed", "373067005"), ("loinc", "LA32-8"), (V2, "N")]


def coded(system: str, code: str, display: str = "") -> dict:
    named = {"display": display} if display else {}
    return {"valueCodeableConcept": {"coding": [{"system": SYSTEM.get(system, system), "code": code, **named}]}}


def form(fact: str, day: str = NOW):
    return answers(item(fact, valueBoolean=False), day=day)


@pytest.mark.parametrize(("system", "code"), YES)
def test_a_yes_in_code_is_a_yes(read, system, code):
    assert read(observation(SADDLE, **coded(system, code))).facts == {"saddle_numbness": "yes"}
    assert read(observation(FALLS, **coded(system, code))).facts == {"falls": "yes"}
    named = observation(concept(text="Saddle numbness"), **coded(system, code))
    assert read(named).facts == {"saddle_numbness": "yes"}
    yesterday = observation(SADDLE, YESTERDAY, **coded(system, code))
    assert "saddle_numbness" not in read(yesterday, form("saddle_numbness")).facts


@pytest.mark.parametrize(("system", "code"), NO)
def test_a_no_in_code_is_a_no(read, system, code):
    assert read(observation(SADDLE, **coded(system, code))).facts == {"saddle_numbness": "no"}
    assert read(observation(concept(text="Saddle numbness"), **coded(system, code))).facts == {}


def test_words_are_read_as_a_code(read):
    for words, value in (("Present", "yes"), ("Yes", "yes"), ("absent", "no")):
        assert read(observation(SADDLE, valueString=words)).facts == {"saddle_numbness": value}
        assert read(observation(SADDLE, **coded("loinc", "LA9633-4", words))).facts == {"saddle_numbness": value}


def test_a_finding_of_presence_without_a_value_is_a_yes_and_negative_is_no_absence(read):
    positive, negative = ({"interpretation": [concept(V3, one)]} for one in ("POS", "NEG"))
    assert read(observation(SADDLE, **positive)).facts == {"saddle_numbness": "yes"}
    assert read(observation(SADDLE, **negative)).facts == {}
    assert read(observation(SADDLE, valueBoolean=False, **positive)).facts == {}, "they contradict each other"


def test_yes_and_no_at_once_is_neither(read):
    assert read(observation(SADDLE, **coded("snomed", "52101004", "Absent"))).facts == {}


@pytest.mark.parametrize(
    "value",
    [
        coded("loinc", "LA9633-4"),
        coded("http://hospital.example/yes-no", "1"),
        coded("snomed", "261665006", "Unknown"),
        {"valueString": "see note"},
        {"valueInteger": 1},
        {"interpretation": [concept(V3, "A")]},
        {},
    ],
)
def test_a_value_that_is_not_understood_is_closed_by_no_denial(read, value):
    for day in (TWO_DAYS_AGO, YESTERDAY, NOW):
        seen = read(observation(SADDLE, day, **value), form("saddle_numbness"))
        assert "saddle_numbness" not in seen.facts
        assert "its value does not settle the fact" in seen.why("Observation/o")
    old = read(observation(SADDLE, "2026-09-01", **value), form("saddle_numbness"))
    assert old.facts == {"saddle_numbness": "no"}, "what is too old is in no doubt"


def test_what_was_not_measured_is_closed_by_a_later_denial_alone(read):
    absent = {"dataAbsentReason": concept(text="not asked")}
    assert read(observation(SADDLE, TWO_DAYS_AGO, **absent), form("saddle_numbness")).facts == {"saddle_numbness": "no"}
    assert read(observation(SADDLE, NOW, **absent), form("saddle_numbness", YESTERDAY)).facts == {}


def test_pregnant_by_the_answer_that_loinc_lists(read):
    assert read(observation(PREGNANT, **coded("loinc", "LA15173-0"))).facts == {"pregnant": "yes"}
    seen = read(observation(PREGNANT, TWO_DAYS_AGO, **coded("loinc", "LA15173-0")), form("pregnant"))
    assert "pregnant" not in seen.facts
    denied = observation(PREGNANT, TWO_DAYS_AGO, **coded("snomed", "60001007", "Not pregnant"))
    assert read(denied).facts == read(denied, form("pregnant")).facts == {"pregnant": "no"}
    assert read(observation(PREGNANT, **coded("loinc", "LA26683-5"))).facts == {"pregnant": "no"}
    assert read(observation(PREGNANT, "2026-10-01", **coded("loinc", "LA26683-5"))).facts == {}, "of last month"
    assert read(denied, observation(PREGNANT, NOW, "later", **coded("loinc", "LA15173-0"))).facts == {"pregnant": "yes"}
