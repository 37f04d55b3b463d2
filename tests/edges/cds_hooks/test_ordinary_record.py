"""The record of ten years that most patients have, nobody having asked about warning signs today: what a day of
signing brings. A service that cries at each opening is switched off, and then warns nobody.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.edges.cds_hooks.calls import call, drug, service_request, signing
from tests.edges.fhir.calm import calm_form
from tests.edges.fhir.resources import (
    Resource,
    answers,
    concept,
    condition,
    item,
    medicine,
    observation,
    patient,
    quantity,
)

PERSON = patient(birthDate="1961-05-02", gender="female")
OLD = {"onsetDateTime": "2016-03-04", "recordedDate": "2016-03-10"}
SCIATICA = condition(concept("icd10cm", "M54.32", "Sciatica, left side"), "sciatica", **OLD)
RECENT = {**SCIATICA, "onsetDateTime": "2026-10-30", "recordedDate": "2026-11-02"}
REST: list[Resource] = [
    condition(concept("icd10cm", "I10", "Essential (primary) hypertension"), "ht", recordedDate="2014-02-01"),
    condition(concept("snomed", "44054006", "Diabetes mellitus type 2"), "dm", recordedDate="2012-09-14"),
    condition(concept(text="Hyperlipidaemia"), "lipids", recordedDate="2015-01-20"),
    condition(concept(text="Acute bronchitis"), "cough", clinical="resolved", recordedDate="2019-12-01"),
    *(observation(concept("loinc", "98979-8"), f"{year}-05-11", f"egfr{year}", **quantity(74, "mL/min/{1.73_m2}"))
      for year in range(2017, 2027)),
    observation(concept("loinc", "4548-4", "Hemoglobin A1c"), "2026-05-11", "a1c", **quantity(7.1, "%")),
    observation(concept("loinc", "29463-7"), "2026-05-11", "weight", **quantity(81, "kg")),
    *(medicine(concept(text=name), f"m{n}", authoredOn="2025-11-03") for n, name in enumerate(
        ["Metformin 500 MG Oral Tablet", "Lisinopril 10 MG Oral Tablet", "Atorvastatin 20 MG Oral Tablet"])),
]  # fmt: skip
AMOXICILLIN = drug(concept(text="Amoxicillin 500 MG Oral Capsule"), "amoxicillin")
IBUPROFEN = drug(concept(text="Ibuprofen 400 MG Oral Tablet"), "ibuprofen")
GABAPENTIN = drug(concept(text="Gabapentin 300 MG Oral Capsule"), "gabapentin")
MRI = service_request(concept(text="MRI lumbar spine without contrast"), "mri")
ORDERS = [AMOXICILLIN, IBUPROFEN, MRI, GABAPENTIN]
UNASKED = "Emergency not ruled out: warning signs not recorded"


def shown(answer: Any, *records: Resource, orders: list[Resource] | None = None) -> list[str]:
    """The indicators of the cards at opening, or on signing each order by itself."""
    if orders is None:
        return [card["indicator"] for card in answer(call(*records, *REST, person=PERSON))]
    requests = (signing(*records, *REST, orders=[order], person=PERSON) for order in orders)
    return [",".join(card["indicator"] for card in answer(request)) for request in requests]


def test_an_old_sciatica_shows_no_card_at_opening_and_one_on_the_scan_of_the_lumbar_spine(answer):
    assert shown(answer, SCIATICA) == []
    assert shown(answer, SCIATICA, orders=ORDERS) == ["", "", "warning", ""]


def test_a_recent_one_shows_one_warning_at_opening_and_none_on_what_is_not_about_it(answer):
    assert shown(answer, RECENT) == ["warning"]
    assert shown(answer, RECENT, orders=ORDERS) == ["", "warning", "warning", "critical"]


def test_what_is_contraindicated_stays_critical_and_tells_of_the_emergency_in_few_words(answer):
    (card,) = answer(signing(RECENT, *REST, orders=[GABAPENTIN], person=PERSON))
    assert card["summary"] == f"Gabapentin or pregabalin: contraindicated here (age 65 years or more). {UNASKED}"


def test_the_one_warning_says_what_is_not_recorded_and_what_to_ask(answer):
    (card,) = answer(call(RECENT, *REST, person=PERSON))
    assert card["summary"] == f"{UNASKED}. Ask and examine those listed below"
    assert "**Urgency:** UNDECIDED: could be EMERGENCY: now, within hours" in card["detail"]
    asked = card["detail"].partition("**Not recorded: ask or examine now**\n")[2]
    questions = asked.partition("\n\n")[0].split("\n")
    assert questions[0] == "- Weakness in both legs?" and questions[1].startswith("- New numbness around the anus")
    assert len(questions) == 7 and re.fullmatch(r"- and \d\d more that could raise the urgency", questions[-1])


def test_what_is_found_besides_stands_behind_what_is_not_recorded(answer):
    bones = condition(concept("icd10cm", "M81.0"), "bones", recordedDate="2018-01-01")
    (card,) = answer(call(RECENT, bones, *REST, person=PERSON))
    assert card["summary"] == f"{UNASKED}. SOON: within about 2 weeks at the latest (osteoporosis)"


def test_an_old_sciatica_that_an_order_names_as_its_reason_is_judged(answer):
    for reason in (concept("icd10cm", "M54.32"), concept(text="Sciatica")):
        (indicator,) = shown(answer, SCIATICA, orders=[{**IBUPROFEN, "reasonCode": [reason]}])
        assert indicator == "warning"


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"recordedDate": "2025-12-01"},
        {"onsetDateTime": "2016-03-04", "recordedDate": "2026-11-01"},
        {"onsetDateTime": "2025"},
    ],
)
def test_a_problem_without_a_date_or_with_a_sign_of_life_within_a_year_counts(answer, days):
    """The year 2025 may be last December."""
    assert shown(answer, condition(concept("icd10cm", "M54.32"), "s", **days)) == ["warning"]


@pytest.mark.parametrize(
    "code",
    [
        concept(text="Sciatica"),
        concept(text="Lumbar radiculopathy"),
        concept(text="Low back pain"),
        concept(text="Radicular syndrome"),
        concept("snomed", "128196005"),
        concept("http://hl7.org/fhir/sid/icd-10", "M54.4"),
    ],
)
def test_however_an_old_problem_is_named_it_is_the_past(answer, code):
    assert shown(answer, condition(code, "s", **OLD)) == []
    assert shown(answer, condition(code, "s", verified="provisional", **OLD)) == []
    assert shown(answer, condition(code, "s", modifierExtension=[{"url": "https://a.example"}], **OLD)) == []
    assert shown(answer, condition(code, "s")) == ["warning"]


def test_a_warning_sign_that_is_written_down_is_critical_be_it_in_doubt(answer, pack):
    now = {"recordedDate": "2026-11-20"}
    weak = condition(concept("snomed", "102568007"), "weak", **now)
    doubtful = condition(concept("snomed", "449813001"), "saddle", verified="provisional", **now)
    undated = condition(concept("snomed", "267064002"), "retention")
    fever = condition(concept(text="Possible fever"), "fever", **now)
    cancer = condition(concept("snomed", "363346000"), "cancer", verified="unconfirmed", **now)
    old_cauda = condition(concept("icd10cm", "G83.4"), "cauda", **OLD)
    form = {"questionnaire": f"Questionnaire/{pack.id}.clinician"}
    residual = answers(item("post_void_residual", valueString="400"), **form)  # no number, and maybe retention
    for sign in (weak, doubtful, undated, fever, cancer, old_cauda, residual):
        assert shown(answer, RECENT, sign) == ["critical"], sign
        assert shown(answer, RECENT, sign, orders=[IBUPROFEN]) == ["critical"]
    denied = calm_form(pack, "saddle_numbness")
    assert shown(answer, RECENT, denied) == ["warning"]
    assert shown(answer, RECENT, denied, doubtful) == ["critical"]
    found = condition(concept("snomed", "449813001"), "found", **now)
    contradicted = answers(item("saddle_numbness", valueBoolean=False), **form)
    assert shown(answer, RECENT, found, contradicted) == ["critical"]


@pytest.mark.parametrize("day", ["2026-11-12", "2025-01-01"])
def test_answers_that_are_too_old_are_absent_and_no_sign(answer, pack, day):
    assert shown(answer, RECENT, {**calm_form(pack), "authored": day}) == ["warning"]


@pytest.mark.parametrize(
    "risk",
    [
        medicine(concept("rxnorm", "1364430"), "apixaban"),
        condition(concept("icd10cm", "M81.0"), "bones", recordedDate="2018-01-01"),
        condition(concept("icd10cm", "Z79.52"), "steroids", recordedDate="2018-01-01"),
    ],
)
def test_a_risk_that_presses_only_beside_something_else_is_no_sign(answer, risk):
    (indicator,) = shown(answer, RECENT, risk)
    assert indicator == "warning"


def test_no_card_about_what_is_unknown_says_that_an_emergency_is_ruled_out(answer):
    requests = [
        call(RECENT, *REST, person=PERSON),
        *(signing(RECENT, *REST, orders=[one], person=PERSON) for one in ORDERS),
    ]
    cards = [card for request in requests for card in answer(request)]
    assert len(cards) == 4
    for card in cards:
        assert UNASKED in card["summary"] and "could be EMERGENCY" in card["detail"]


def test_ten_old_values_of_one_fact_are_one_line_of_what_was_not_used(answer):
    (card,) = answer(call(RECENT, *REST, person=PERSON))
    unused = card["detail"].partition("**Not used**\n")[2].partition("\n\n")[0]
    assert unused.startswith("- Observation/egfr2017 and 8 more: egfr: it is older than 365 days\n")


@pytest.mark.parametrize(
    "sign",
    [
        condition(concept("icd10cm", "R26.81", "Unsteadiness on feet"), "u", recordedDate="2026-01-10"),
        condition(concept(text="Left leg weakness after stroke"), "u", recordedDate="2026-10-02"),
        condition(concept(text="Numb feet"), "u", recordedDate="2026-03-02"),
    ],
)
def test_a_sign_of_many_causes_puts_nobody_on_this_topic_and_counts_beside_pain(answer, sign):
    assert shown(answer, sign) == [] and shown(answer, sign, orders=[IBUPROFEN]) == [""]
    assert shown(answer, RECENT, sign) == shown(answer, SCIATICA, sign) == ["critical"]
    form = answers(item("leg_weakness", valueBoolean=True), day="2026-11-21")
    assert shown(answer, form) == ["critical"], "whoever is asked this pack's questions is its patient"


def test_a_warning_sign_puts_its_patient_on_this_topic_by_itself(answer):
    for code in (concept("snomed", "449813001"), concept("icd10cm", "G82.20")):
        assert shown(answer, condition(code, "s", recordedDate="2026-11-20")) == ["critical"]
    foot_drop = condition(concept(text="Complete foot drop"), "f", recordedDate="2026-11-20")
    assert shown(answer, foot_drop) == ["critical"]
