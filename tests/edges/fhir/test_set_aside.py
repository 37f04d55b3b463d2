"""What is set aside for doubt keeps its facts open, whatever kind of resource it is and however its day is known."""

from __future__ import annotations

import pytest

from rootline.logic.values import Among, Between
from tests.edges.fhir.resources import (
    SUBJECT,
    allergy,
    answers,
    concept,
    condition,
    item,
    medicine,
    observation,
    procedure,
    quantity,
    status,
    taken,
)

NOW, YESTERDAY = "2026-11-21", "2026-11-20"
SADDLE, SCIATICA, FOOT_DROP = (
    concept("snomed", "449813001"), concept("icd10cm", "M54.32"), concept("icd10cm", "M21.372"),
)  # fmt: skip
EGFR, APIXABAN, IBUPROFEN = concept("loinc", "98979-8"), concept(text="Apixaban"), concept("rxnorm", "5640")
UNIT = "mL/min/{1.73_m2}"
MODIFIED = {"modifierExtension": [{"url": "https://a.example"}]}
NO = {"valueBoolean": False}


def form(day: str = NOW, id_: str = "calm", **more):
    """A form that says no to everything these tests ask."""
    asked = ("anticoagulant", "nsaid_allergy", "saddle_numbness", "previous_spine_surgery")
    return answers(*(item(fact, **NO) for fact in asked), id_=id_, day=day, **more)


def said_yes(day: str = NOW, **more):
    return answers(item("saddle_numbness", valueBoolean=True), id_="warns", day=day, **more)


# Days known in part.


@pytest.mark.parametrize("month", ["2026-11", "2026"])
def test_this_month_or_year_is_not_the_future(read, month):
    dated = {"onsetDateTime": month, "recordedDate": YESTERDAY}
    seen = read(condition(SCIATICA, **dated), condition(FOOT_DROP, "d", **dated))
    assert seen.facts["leg_pain"] == "yes" and seen.facts["foot_drop"] == Among(frozenset({"partial", "complete"}))
    assert read(condition(SCIATICA, onsetDateTime=month)).facts["leg_pain"] == "yes"


def test_a_new_sign_of_this_month_counts_as_long_as_its_first_day_does(read):
    assert read(condition(SADDLE, onsetDateTime="2026-11")).facts == {"saddle_numbness": "yes"}
    assert read(condition(SADDLE, onsetDateTime="2026")).facts == {}, "it may be of January"
    assert read(condition(SADDLE, onsetDateTime="2026", recordedDate=YESTERDAY)).facts == {"saddle_numbness": "yes"}
    month = read(observation(SADDLE, "2026-10", valueBoolean=True), form())
    assert "saddle_numbness" not in month.facts and "it may be older than 30 days" in month.why("Observation/o")


def test_a_number_of_this_month_may_be_the_latest(read):
    month = observation(EGFR, "2026-11", "month", **quantity(28, UNIT))
    may = observation(EGFR, "2026-05-01", "may", **quantity(80, UNIT))
    day = observation(EGFR, "2026-11-10", "day", **quantity(80, UNIT))
    assert read(month, may).facts == {"egfr": 28.0}
    assert read(month, day).facts == {"egfr": 28.0}, "either may be the later: the lower one counts"


def test_answers_of_this_month_may_be_too_old_and_are_closed_by_no_denial(read):
    assert "saddle_numbness" not in read(said_yes("2026-11"), form(YESTERDAY)).facts
    assert "saddle_numbness" not in read(said_yes("2026"), form(YESTERDAY)).facts
    assert read(said_yes("2026-10"), form(YESTERDAY)).facts["saddle_numbness"] == "no", "it is surely older"


def test_what_begins_after_tomorrow_is_the_future_and_stays_in_doubt(read):
    for day in ("2026-12", "2027", "2026-11-23"):
        seen = read(condition(SADDLE, recordedDate=day), form())
        assert "saddle_numbness" not in seen.facts and "it lies in the future" in seen.why("Condition/c")
    assert read(condition(SADDLE, recordedDate="2026-11-22")).facts == {"saddle_numbness": "yes"}


# No denial closes what was set aside.


@pytest.mark.parametrize(
    "resource",
    [
        medicine(APIXABAN, authoredOn="2026-11-20 10:00"),
        medicine(APIXABAN, **MODIFIED),
        medicine(APIXABAN, state=""),
        medicine(APIXABAN, state="unknown"),
        medicine(APIXABAN, state="on-hold"),
        medicine(APIXABAN, intent=""),
        medicine(APIXABAN, intent="plan"),  # how some systems send what a patient says that they take
        medicine(APIXABAN, subject={}),
        medicine(APIXABAN, dosageInstruction="daily"),
        taken(APIXABAN, state="unknown"),
        medicine({}, medicationReference={"reference": "Medication/not-sent"}),
        medicine(concept("rxnorm", "1364445")),  # a product's code without a word
    ],
)
def test_a_medicine_that_may_be_taken_is_closed_by_no_denial(read, resource):
    seen = read(resource, form())
    assert "anticoagulant" not in seen.facts
    assert seen.why(f"{resource['resourceType']}/{resource['id']}")
    assert ("QuestionnaireResponse/calm", "anticoagulant") in {(one, fact) for one, fact, _ in seen.unused}


@pytest.mark.parametrize(
    "resource",
    [
        *(medicine(APIXABAN, state=state) for state in ("stopped", "completed", "cancelled", "entered-in-error")),
        *(medicine(APIXABAN, state=state, **MODIFIED) for state in ("stopped", "entered-in-error")),
        taken(APIXABAN, state="not-taken"),
        medicine(APIXABAN, doNotPerform=True),
        medicine(APIXABAN, dispenseRequest={"validityPeriod": {"end": "2026-10-01"}}),
        medicine(APIXABAN, subject={"reference": "Patient/somebody-else"}),
        medicine(concept("rxnorm", "6809", "Metformin 500 MG"), state="unknown"),
    ],
)
def test_a_medicine_that_is_surely_not_taken_leaves_no_doubt(read, resource):
    assert read(resource, form()).facts["anticoagulant"] == "no"


@pytest.mark.parametrize(
    "more",
    [
        {"recordedDate": "20.11.2026"},
        {"type": "intolerance"},
        {"verificationStatus": status("odd")},
        {"clinicalStatus": status("odd")},
        {"patient": {}},
        MODIFIED,
    ],
)
def test_an_allergy_that_does_not_count_is_closed_by_no_denial(read, more):
    assert "nsaid_allergy" not in read(allergy(IBUPROFEN, **more), form()).facts
    assert "nsaid_allergy" not in read(allergy(concept(text="Ibuprofen"), **more), form()).facts


def test_an_allergy_to_what_nothing_names_is_closed_by_no_denial(read):
    assert "nsaid_allergy" not in read(allergy(concept("snomed", "372665008")), form()).facts
    for more in ({"verificationStatus": status("refuted")}, {"clinicalStatus": status("resolved")}):
        assert read(allergy(IBUPROFEN, **more), form()).facts["nsaid_allergy"] == "no"
        assert read(allergy(IBUPROFEN, **more, **MODIFIED), form()).facts["nsaid_allergy"] == "no"
    assert read(allergy(concept(text="Penicillin"), type="intolerance"), form()).facts["nsaid_allergy"] == "no"


@pytest.mark.parametrize("make", [medicine, taken, allergy, condition, procedure, observation])
def test_two_versions_of_anything_are_closed_by_no_denial(read, make):
    about = {allergy: IBUPROFEN, condition: SADDLE, observation: SADDLE, procedure: concept(text="Lumbar fusion")}
    fact = {allergy: "nsaid_allergy", condition: "saddle_numbness", observation: "saddle_numbness",
            procedure: "previous_spine_surgery"}.get(make, "anticoagulant")  # fmt: skip
    first = make(about.get(make, APIXABAN))
    assert fact not in read(first, {**first, "note": [{"text": "again"}]}, form()).facts


@pytest.mark.parametrize("more", [{"state": "in-progress"}, {"state": "stopped"}, {"state": "on-hold"}, {"state": ""},
                                  {"performedDateTime": "last year"}, MODIFIED])  # fmt: skip
def test_a_procedure_that_may_have_been_done_is_closed_by_no_denial(read, more):
    seen = read(procedure(concept(text="Lumbar fusion"), **more), form())
    assert "previous_spine_surgery" not in seen.facts and seen.why("Procedure/x")


@pytest.mark.parametrize("state", ["not-done", "preparation", "entered-in-error"])
def test_a_procedure_that_was_not_done_leaves_no_doubt(read, state):
    assert read(procedure(concept(text="Lumbar fusion"), state=state), form()).facts["previous_spine_surgery"] == "no"


@pytest.mark.parametrize(
    "warning",
    [
        said_yes(state="in-progress"), said_yes(state="stopped"), said_yes(state=""), said_yes("2026-12-24"),
        said_yes(""), said_yes("20/11/2026"), said_yes(**MODIFIED), said_yes(subject={}),
    ],
)  # fmt: skip
def test_a_form_that_does_not_count_is_closed_by_no_denial(read, warning):
    seen = read(warning, form(YESTERDAY))
    assert "saddle_numbness" not in seen.facts and seen.why("QuestionnaireResponse/warns")
    assert seen.facts["anticoagulant"] == "no", "what it does not ask stays as it is"


@pytest.mark.parametrize(
    "warning",
    [
        said_yes(state="entered-in-error"), said_yes("2026-11-01", state="in-progress"),
        said_yes(state="in-progress", questionnaire="https://elsewhere.example/Questionnaire/knee"),
        form(id_="warns", state="in-progress"),
    ],
)  # fmt: skip
def test_a_form_that_says_nothing_of_now_leaves_no_doubt(read, warning):
    assert read(warning, form()).facts["saddle_numbness"] == "no"


def test_a_note_that_does_not_count_is_closed_by_no_denial(read):
    words = {"contentType": "text/plain", "data": "U2FkZGxlIG51bWJuZXNzLg=="}  # Saddle numbness.
    note = {"resourceType": "DocumentReference", "id": "d", "status": "current", "subject": SUBJECT,
            "date": NOW, "content": [{"attachment": words}]}  # fmt: skip
    for more in ({"docStatus": "preliminary"}, {"date": "today"}, {"status": "odd"}, MODIFIED):
        assert "saddle_numbness" not in read({**note, **more}, form()).facts
    older = {"docStatus": "preliminary", "date": "2026-10-01"}
    for more in ({"status": "superseded"}, {"docStatus": "entered-in-error"}, older):
        assert read({**note, **more}, form()).facts["saddle_numbness"] == "no"


@pytest.mark.parametrize(
    "resource",
    [
        condition(SADDLE, recordedDate=NOW, subject={}),
        condition(SADDLE, recordedDate=NOW, subject={"reference": "#me"}),
        condition(SADDLE, recordedDate=NOW, subject="me"),
        condition(concept(text="Cauda equina syndrome"), recordedDate="yesterday"),
        observation(concept("loinc", "55418-8"), NOW, component=[{"code": SADDLE, "valueBoolean": True}], **MODIFIED),
        observation(SADDLE, NOW, state="", valueBoolean=True),
    ],
)
def test_a_warning_that_cannot_be_used_is_told_as_about_the_topic(read, resource):
    calm = answers(item("saddle_numbness", **NO), item("cauda_equina_named", **NO), day=NOW)
    seen = read(resource, calm)
    assert not {"saddle_numbness", "cauda_equina_named"} <= set(seen.facts)
    name = f"{resource['resourceType']}/{resource['id']}"
    first, second = [one for one in seen.record.unused if one.resource == name]
    assert first.topic and second.fact in ("saddle_numbness", "cauda_equina_named")


@pytest.mark.parametrize("code", [SADDLE, concept(text="Saddle numbness"), concept(text="Suspected cauda equina")])
def test_a_warning_without_a_known_day_is_told_as_about_the_topic(read, code):
    for day in ({}, {"onsetDateTime": "2026-10"}, {"recordedDate": "2027-05-01"}):
        (unused,) = [one for one in read(condition(code, **day)).record.unused if one.fact]
        assert unused.topic
    (old,) = read(condition(code, recordedDate="2019-01-01")).record.unused
    assert not old.topic and "older than 30 days" in old.why


# No older number stands in for what was set aside.


@pytest.mark.parametrize(
    "later",
    [
        observation(EGFR, "20/11/2026", **quantity(28, UNIT)),
        observation(EGFR, "2026-11-31", **quantity(28, UNIT)),
        observation(EGFR, "", **quantity(28, UNIT)),
        observation(EGFR, "2027-01-01", **quantity(28, UNIT)),
        observation(EGFR, NOW, **quantity(28, UNIT), **MODIFIED),
        observation(EGFR, NOW, subject={}, **quantity(28, UNIT)),
        observation(EGFR, NOW, state="", **quantity(28, UNIT)),
        answers(item("egfr", valueString="28"), day=NOW),
        condition(concept("snomed", "431857002"), verified="provisional", recordedDate=NOW),
    ],
)
def test_no_older_number_stands_in_for_one_that_cannot_be_used(read, later):
    older = observation(EGFR, "2026-09-01", "older", **quantity(80, UNIT))
    seen = read(later, older)
    assert "egfr" not in seen.facts
    assert seen.why("Observation/older") == "a later value cannot be used, so no older one is"


def test_a_number_later_than_all_that_was_set_aside_counts(read):
    odd = observation(EGFR, "2026-09-01", "odd", **quantity(28, UNIT), **MODIFIED)
    assert read(odd, observation(EGFR, "2026-10-01", **quantity(80, UNIT))).facts == {"egfr": 80.0}
    assert read({**odd, "status": "entered-in-error"}, observation(EGFR, "2026-08-01", **quantity(80, UNIT))).facts


def test_a_stage_that_is_later_than_a_number_goes_before_it(read):
    january = observation(EGFR, "2026-01-15", **quantity(80, UNIT))

    def stage(day: str):
        return condition(concept("snomed", "431857002"), **({"recordedDate": day} if day else {}))

    below = Between(0.0, 30.0, high_open=True)
    assert read(january, stage(NOW)).facts == {"egfr": below}
    assert read(january, stage("2025-06-01")).facts == {"egfr": 80.0}
    for unsure in ("", "2026", "2026-01"):
        seen = read(january, stage(unsure))
        assert "egfr" not in seen.facts and "may be later" in seen.why("Observation/o")
