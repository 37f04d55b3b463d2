"""Measurements: the latest that still counts, in the fact's unit; what cannot be read is told and never replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.edges.fhir.element import Odd
from rootline.edges.fhir.quantity import read_quantity
from rootline.logic.units import UNITS
from rootline.logic.values import Amount, Between
from tests.edges.fhir.resources import answers, concept, condition, item, observation, quantity

EGFR = concept("loinc", "98979-8")
PAIN = concept("loinc", "72514-3")
WEIGHT = concept("loinc", "29463-7")
FALLS = concept("loinc", "52552-7")
UNIT = "mL/min/{1.73_m2}"
KILOGRAMS = Amount(UNITS["kg"], 1, 400)


def test_the_latest_value_counts_and_the_older_is_told(read):
    seen = read(
        observation(EGFR, "2026-10-02T08:00:00Z", "new", **quantity(52, UNIT)),
        observation(EGFR, "2026-01-15", "old", **quantity(25, UNIT)),
    )
    assert seen.facts == {"egfr": 52.0}
    assert "Observation/new" in seen.texts["egfr"] and "2026-10-02" in seen.texts["egfr"]
    assert seen.why("Observation/old") == "a later value is used"


def test_a_value_that_is_too_old_is_unknown(read):
    seen = read(observation(EGFR, "2025-11-01", **quantity(90, UNIT)))
    assert seen.facts == {}
    assert "older than 365" in seen.why("Observation/o")


def test_where_the_latest_cannot_be_read_no_older_one_stands_in(read):
    seen = read(
        observation(EGFR, "2026-10-02", "new", **quantity(0.9, "mg/dL")),
        observation(EGFR, "2026-09-15", "old", **quantity(95, UNIT)),
    )
    assert seen.facts == {}
    assert "`mg/dL` is not known here" in seen.why("Observation/new")
    assert seen.why("Observation/old") == "a later value cannot be used, so no older one is"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (quantity(50, "mL/min"), "it measures clearance, and normalised clearance is meant"),
        ({"valueQuantity": {"value": 50}}, "its unit is missing"),
        ({"valueQuantity": {"value": 50, "system": "http://units.example", "code": UNIT}}, "its unit is not in UCUM"),
        (quantity(-5, UNIT), "no living person can have this value"),
        (quantity(50, UNIT, comparator="ad"), "its comparator is not known here"),
        ({"valueString": "fifty"}, "it has no number"),
        ({"valueQuantity": {"value": "50", "code": UNIT}}, "`value` is not a number"),
        ({"valueQuantity": {"value": True, "code": UNIT}}, "`value` is not a number"),
        ({"dataAbsentReason": concept(text="not done")}, "it was not measured"),
        ({**quantity(50, UNIT), "modifierExtension": [{"url": "x"}]}, "a modifier extension may change its meaning"),
    ],
)
def test_what_cannot_be_a_value_is_refused_with_a_note(read, more, why):
    seen = read(observation(EGFR, **more))
    assert seen.facts == {}
    assert why in seen.why("Observation/o")


@pytest.mark.parametrize("unit", [UNIT, "mL/min/1.73m2", "mL/min/{1.73m2}"])
def test_spellings_of_one_unit(read, unit):
    assert read(observation(EGFR, **quantity(50, unit))).facts == {"egfr": 50.0}


def test_over_and_under_are_intervals(read):
    assert read(observation(EGFR, **quantity(60, UNIT, comparator=">"))).facts["egfr"] == Between(60.0, 200.0, True)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (">60", Between(60.0, 200.0, True)),
        ("> 60 mL/min/1.73m2", Between(60.0, 200.0, True)),
        ("≥ 90", Between(90.0, 200.0)),
        ("<=15", Between(0.0, 15.0)),
        ("45", 45.0),
        ("45.5 mL/min/1.73 m²", 45.5),
        ("0.5 mL/s/1.73m2", 30.0),
    ],
)
def test_a_result_in_words_that_is_a_number_counts_as_one(read, words, value):
    assert read(observation(EGFR, valueString=words)).facts == {"egfr": value}


@pytest.mark.parametrize(
    "words", ["60+", "45-60", "see comment", "45 mL/min", "> 900", "1,5", "greater than 60", "", "G3a"]
)
def test_a_result_in_words_that_is_no_number_keeps_the_fact_open_and_is_told(read, words):
    seen = read(
        observation(EGFR, "2026-10-02", "new", valueString=words),
        observation(EGFR, "2026-09-15", "old", **quantity(95, UNIT)),
    )
    assert seen.facts == {}
    assert seen.why("Observation/new")
    assert seen.why("Observation/old") == "a later value cannot be used, so no older one is"


def test_a_number_in_words_needs_its_unit_where_the_pack_names_none(read):
    assert read(observation(WEIGHT, valueString="180")).why("Observation/o") == "its unit is missing"
    assert read(observation(WEIGHT, valueString="80 kg")).facts == {"weight": 80.0}
    assert read(observation(PAIN, valueString="7")).facts == {"pain_score": 7.0}


LOCAL = "urn:oid:1.2.276.0.76"  # a laboratory's own codes


@pytest.mark.parametrize(
    "name",
    ["eGFR (CKD-EPI)", "GFR nach CKD-EPI", "Glomerular filtration rate predicted", "Glomeruläre Filtrationsrate"],
)
def test_a_measurement_under_a_code_of_its_own_counts_by_its_name(read, name):
    later = observation(concept(LOCAL, "GFR", name), "2026-11-19", "new", **quantity(22, UNIT))
    older = observation(EGFR, "2026-05-01", "old", **quantity(80, UNIT))
    seen = read(later, older)
    assert seen.facts == {"egfr": 22.0}
    assert f'Observation/new: by its name "{name}"' in seen.texts["egfr"]


@pytest.mark.parametrize(
    "more", [quantity(22, "mL/min"), {"valueString": "see report"}, {"dataAbsentReason": {"text": "x"}}]
)
def test_a_measurement_by_its_name_that_cannot_be_read_leaves_no_older_one(read, more):
    older = observation(EGFR, "2026-05-01", "old", **quantity(80, UNIT))
    seen = read(observation(concept(text="eGFR"), "2026-11-19", "new", **more), older)
    assert seen.facts == {} and seen.why("Observation/new")
    two = {**observation(concept(text="eGFR"), "2026-11-19", "new", **quantity(22, UNIT)), "implicitRules": "x"}
    assert read(two, older).facts == {}


def test_of_a_group_without_a_value_its_members_tell(read):
    members = {"hasMember": [{"reference": "Observation/o"}]}
    for code in (concept(text="GFR"), EGFR):
        seen = read(observation(code, id_="group", **members), observation(EGFR, **quantity(80, UNIT)))
        assert seen.facts == {"egfr": 80.0}
        assert seen.why("Observation/group") == "its values stand in its members"
    assert read(observation(EGFR, **members, **quantity(50, UNIT))).facts == {"egfr": 50.0}


@pytest.mark.parametrize("name", ["Basic metabolic panel with eGFR", "GFR category", "eGFR comment"])
def test_what_only_speaks_of_a_measurement_is_none(read, name):
    beside = observation(concept(LOCAL, "x", name), "2026-11-19", "panel")
    assert read(beside, observation(EGFR, **quantity(80, UNIT))).facts == {"egfr": 80.0}


@pytest.mark.parametrize("state", ["preliminary", "registered", "cancelled", "entered-in-error", "unknown", "odd"])
def test_only_a_final_result_counts(read, state):
    seen = read(observation(EGFR, state=state, **quantity(50, UNIT)))
    assert seen.facts == {} and seen.why("Observation/o")


def test_of_two_values_of_one_day_the_worse_counts_where_the_fact_says_so(read):
    seen = read(observation(EGFR, id_="a", **quantity(61, UNIT)), observation(EGFR, id_="b", **quantity(58, UNIT)))
    assert seen.facts == {"egfr": 58.0}
    heavy = read(observation(WEIGHT, id_="a", **quantity(70, "kg")), observation(WEIGHT, id_="b", **quantity(90, "kg")))
    assert heavy.facts == {} and heavy.why("Observation/a") == heavy.why("Observation/b")


def test_scores_need_no_unit(read):
    assert read(observation(PAIN, valueInteger=8)).facts == {"pain_score": 8.0}
    assert read(observation(PAIN, **quantity(8, "{score}"))).facts == {"pain_score": 8.0}
    assert read(observation(PAIN, **quantity(80, "{score}"))).facts == {}


def test_pounds_become_kilograms(read):
    assert read(observation(WEIGHT, **quantity(165, "[lb_av]"))).facts["weight"] == pytest.approx(74.84, abs=0.01)


@given(st.floats(3, 800))
def test_a_weight_in_either_unit_is_the_same_weight(pounds):
    found = read_quantity({"value": pounds, "system": "http://unitsofmeasure.org", "code": "[lb_av]"}, KILOGRAMS)
    same = read_quantity({"value": pounds * 0.45359237, "system": "http://unitsofmeasure.org", "code": "kg"}, KILOGRAMS)
    assert found == pytest.approx(same, abs=1e-5)


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.dictionaries(st.text(), inner))
)
def test_whatever_stands_in_a_quantity_it_is_read_or_refused(anything):
    try:
        value = read_quantity(
            {"value": anything, "code": anything, "unit": anything, "comparator": anything}, KILOGRAMS
        )
    except Odd:
        return
    assert isinstance(value, float) and 1 <= value <= 400


def test_a_finding_that_is_not_so_denies_only_what_its_code_says(read):
    saddle, retention = concept("snomed", "449813001"), concept("snomed", "782390002")
    assert read(observation(saddle, valueBoolean=False)).facts == {"saddle_numbness": "no"}
    assert read(observation(saddle, valueBoolean=True)).facts == {"saddle_numbness": "yes"}
    assert read(observation(retention, valueBoolean=False)).facts == {}
    assert read(observation(saddle, "2026-09-01", valueBoolean=False)).facts == {}  # too old to reassure


def test_a_coded_status_counts_where_the_code_is_the_facts_own(read):
    status = concept("loinc", "82810-3")
    pregnant = read(observation(status, valueCodeableConcept=concept("snomed", "77386006")))
    assert pregnant.facts == {"pregnant": "yes"}
    other = read(observation(status, valueCodeableConcept=concept("snomed", "64859006")))
    assert other.facts == {} and other.why("Observation/o") == "its value does not settle the fact"


def test_a_denial_never_overrules_a_finding_that_still_counts(read):
    fell = condition(concept("icd10cm", "R29.6"), recordedDate="2026-06-01")
    seen = read(fell, observation(FALLS, "2026-11-20", valueBoolean=False))
    assert seen.facts == {}
    assert seen.why("Condition/c") == "the record contradicts itself: left unknown"
    later = read(
        observation(FALLS, "2026-10-01", valueBoolean=False),
        condition(concept("icd10cm", "R29.6"), recordedDate="2026-11-10"),
    )
    assert later.facts == {"falls": "yes"}
    assert later.why("Observation/o") == "something later says otherwise"


def test_a_later_unreadable_value_takes_an_older_denial_with_it(read):
    seen = read(
        observation(FALLS, "2026-10-01", "old", valueBoolean=False),
        observation(FALLS, "2026-11-01", "new", valueString="twice"),
    )
    assert seen.facts == {}
    assert "may say that it is so" in seen.why("Observation/old")


def test_a_measured_value_goes_before_a_stage(read):
    stage = condition(concept("snomed", "433146000"), recordedDate="2026-01-01")
    seen = read(stage, observation(EGFR, **quantity(45, UNIT)))
    assert seen.facts["egfr"] == 45.0
    assert "it contradicts it" in seen.why("Condition/c")
    assert "contradicts" not in read(stage, observation(EGFR, **quantity(12, UNIT))).why("Condition/c")


def test_an_answer_of_today_counts_beside_a_measurement(read):
    seen = read(observation(PAIN, "2026-11-16", valueInteger=3), answers(item("pain_score", valueInteger=9)))
    assert seen.facts == {"pain_score": 9.0}


@pytest.mark.parametrize(
    "value",
    [{"valueBoolean": True}, {"valueCodeableConcept": {"text": "Present"}}, {"valueString": "yes"}],
)
def test_an_observation_named_in_words_alone_is_heard(read, value):
    named = observation({"text": "Saddle numbness"}, **value)
    assert read(named).facts == {"saddle_numbness": "yes"}
    assert read({**named, "status": "entered-in-error"}).facts == {}
    assert read({**named, "effectiveDateTime": "2024-01-01"}).facts == {}


def test_a_no_to_a_name_tells_nothing_and_a_value_that_is_neither_is_told(read):
    assert read(observation({"text": "Saddle numbness"}, valueBoolean=False)).facts == {}
    unclear = read(observation({"text": "Saddle numbness"}, valueString="see note"))
    assert ("Observation/o", "saddle_numbness", "its value does not settle the fact") in unclear.unused
    topic = read(observation({"text": "Lumbar radiculopathy"}, valueBoolean=True)).record.unused
    assert [one.topic for one in topic] == [True]


def test_grams_and_seconds_are_converted(read):
    assert read(observation(WEIGHT, **quantity(80_000, "g"))).facts["weight"] == 80.0
    assert read(observation(WEIGHT, **quantity(80, "g"))).facts == {}, "no living person"
    assert read(observation(EGFR, **quantity(0.5, "mL/s/{1.73_m2}"))).facts["egfr"] == 30.0
