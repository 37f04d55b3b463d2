"""What a record says of a warning sign and does not count keeps the sign in doubt: no "no" closes it."""

from __future__ import annotations

from datetime import date

import pytest

from rootline.edges.fhir.operations import apply
from tests.edges.fhir.calm import NOW, calm_form
from tests.edges.fhir.resources import bundle, concept, condition, observation, patient

CES = concept("icd10cm", "G83.4", "Cauda equina syndrome")
SADDLE = concept("snomed", "449813001", "Numbness of saddle area")


def test_the_form_alone_is_calm(level):
    assert level() == "routine"


@pytest.mark.parametrize("verified", ["confirmed", "provisional", "unconfirmed", "differential"])
@pytest.mark.parametrize("code", [CES, concept("snomed", "192970008"), concept(text="Suspected cauda equina syndrome"),
                                  concept(text="Cauda equina syndrome"), concept(text="?Cauda equina syndrome"),
                                  concept(text="Rule out cauda equina syndrome")])  # fmt: skip
def test_a_new_diagnosis_or_suspicion_of_cauda_equina_is_an_emergency(level, code, verified):
    entry = condition(code, verified=verified, recordedDate=NOW)
    assert level(entry, unasked="cauda_equina_named") == "emergency"
    assert level(entry) == "open: emergency"  # the form's denial contradicts it, and does not overrule it


@pytest.mark.parametrize(
    "record",
    [
        condition(CES),  # of no day
        condition(CES, recordedDate="2027-11-21"),
        condition(CES, verified="odd", recordedDate=NOW),
        condition(CES, clinical="odd", recordedDate=NOW),
        condition(CES, recordedDate=NOW, modifierExtension=[{"url": "https://a.example"}]),
        condition(CES, recordedDate=NOW, onsetDateTime="last week"),
        condition(SADDLE, verified="provisional", recordedDate=NOW),
        condition(SADDLE),
        condition(concept(text="Possible saddle numbness"), recordedDate=NOW),
        observation(SADDLE, NOW, state="preliminary", valueBoolean=True),
        observation(SADDLE, "", valueBoolean=True),
        observation(SADDLE, NOW, valueString="present"),
        observation(SADDLE, NOW, valueBoolean=True, modifierExtension=[{"url": "https://a.example"}]),
    ],
)
def test_what_may_be_so_and_does_not_count_is_closed_by_no_denial(level, record):
    assert level(record) == "open: emergency"


def test_what_is_too_old_is_closed_by_a_later_denial(level):
    assert level(condition(CES, recordedDate="2021-01-01")) == "routine"


def test_two_versions_of_one_entry_are_closed_by_no_denial(level):
    entry = condition(CES, recordedDate=NOW)
    assert level(entry, {**entry, "recordedDate": "2026-11-20"}) == "open: emergency"


@pytest.mark.parametrize(
    "record",
    [
        condition(CES, verified="refuted", recordedDate=NOW),
        condition(CES, verified="entered-in-error", recordedDate=NOW),
        condition(CES, clinical="resolved", recordedDate=NOW),
        condition(CES, clinical="resolved", verified="provisional", recordedDate=NOW),
        condition(SADDLE, clinical="resolved"),
        condition(concept(text="Cauda equina syndrome ruled out"), recordedDate=NOW),
        observation(SADDLE, NOW, state="entered-in-error", valueBoolean=True),
        observation(SADDLE, "", valueBoolean=False),
    ],
)
def test_what_is_not_so_or_is_over_opens_nothing(level, record):
    assert level(record) == "routine"


def test_a_bladder_that_nerves_disturb_is_a_change(level):
    assert (
        level(condition(concept(text="Neurogenic bladder"), recordedDate=NOW), unasked="bladder_change") == "emergency"
    )
    assert level(condition(concept(text="Neurogenic bladder"), recordedDate=NOW)) == "open: emergency"
    assert level(condition(concept(text="Neurogenic bladder"))) == "open: emergency"


def test_an_entry_too_old_or_undated_is_told_first_and_a_new_one_as_a_fact(read):
    (fact,) = [one for one in read(condition(CES, recordedDate=NOW)).record.given if one.fact == "cauda_equina_named"]
    assert fact.text == "Condition/c: Cauda equina syndrome (ICD-10-CM G83.4), 2026-11-21"
    for old in (condition(CES), condition(CES, recordedDate="2021-01-01")):
        seen = read(old)
        assert seen.facts == {}
        assert any(one.topic and "Cauda equina syndrome on the record" in one.why for one in seen.record.unused)


def test_apply_says_in_document_and_plan_what_was_set_aside_about_a_warning_sign(pack):
    today = date.today().isoformat()
    form = {**calm_form(pack), "authored": today}
    saddle = condition(SADDLE, verified="provisional", recordedDate=today)
    entries = apply(bundle(saddle, form, person=patient(birthDate="1980-01-01", gender="female")), pack)["entry"]
    written = {one["resource"]["resourceType"]: one["resource"] for one in entries}
    said = "Condition/c was not used for saddle_numbness: it is not confirmed (provisional)."
    assert said in [note["text"] for note in written["CarePlan"]["note"]]
    urgency = next(one for one in written["Composition"]["section"] if one["title"] == "Urgency")
    assert "it is not confirmed (provisional)" in urgency["text"]["div"]
    assert written["GuidanceResponse"]["status"] == "data-requested"


def german(code: str, name: str, *certainties: str):
    """A diagnosis under ICD-10-GM, as a practice in Germany bills it."""
    kbv = "https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_ICD_DIAGNOSESICHERHEIT"
    url = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit"
    codings = [
        {"system": "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "code": code, "display": name,
         "extension": [{"url": url, "valueCoding": {"system": kbv, "code": one}}]} for one in certainties
    ]  # fmt: skip
    return condition({"coding": codings}, recordedDate=NOW)


def test_a_german_diagnosis_counts_for_what_its_certainty_says(read, level):
    assert read(german("B20", "HIV infection", "G")).facts == {"immunosuppressed": "yes"}
    excluded = read(german("B20", "HIV infection", "A"))
    assert excluded.facts == {} and excluded.why("Condition/c") == "it is refuted"
    assert level(german("B20", "HIV infection", "A")) == "routine"
    suspected = read(german("A41.9", "Sepsis", "V"))
    assert "recent_infection" not in suspected.facts and "recent_infection" in suspected.record.held
    assert level(german("G83.4", "Cauda equina syndrome", "G"), unasked="cauda_equina_named") == "emergency"
    assert level(german("G83.4", "Cauda equina syndrome", "V"), unasked="cauda_equina_named") == "emergency"
    after = read(german("G83.4", "Cauda equina syndrome", "Z"))
    assert after.facts == {} and "it is over" in after.why("Condition/c")
    assert read(german("C50.9", "Breast cancer", "Z")).facts == {"cancer_history": "yes"}, "a history counts"


def test_what_is_certain_and_excluded_at_once_is_in_doubt(read):
    for certainties in (("A", "G"), ("?",)):
        seen = read(german("B20", "HIV infection", *certainties))
        assert seen.facts == {} and "immunosuppressed" in seen.record.held
