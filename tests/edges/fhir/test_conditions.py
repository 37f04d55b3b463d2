"""Problems of a record: by code or name, active, over, doubtful, refuted, old, or somebody else's."""

from __future__ import annotations

import pytest

from rootline.logic.values import Among, Between
from tests.edges.fhir.resources import answers, concept, condition, item, status

SCIATICA = concept("icd10cm", "M54.32", "Sciatica, left side")
FOOT_DROP = concept("icd10cm", "M21.371")
HEART = concept("snomed", "42343007")
ULCER = concept(text="Peptic ulcer")


def test_a_code_tells_its_facts_and_names_its_resource(read):
    seen = read(condition(SCIATICA, recordedDate="2026-11-01"))
    assert seen.facts == {"leg_pain": "yes", "side": "left"}
    assert seen.texts["leg_pain"] == "Condition/c: Sciatica, left side (ICD-10-CM M54.32), 2026-11-01"
    assert {one.origin for one in seen.record.given} == {"fhir"}


def test_a_code_that_does_not_tell_the_degree_leaves_it_open(read):
    assert read(condition(FOOT_DROP, recordedDate="2026-11-01")).facts["foot_drop"] == Among(
        frozenset({"partial", "complete"})
    )


def test_a_name_is_heard_where_no_code_is_read(read):
    seen = read(
        condition(concept("http://hospital.example/local", "4711", "Foot drop, left"), recordedDate="2026-11-01")
    )
    assert seen.facts["foot_drop"] == Among(frozenset({"partial", "complete"}))
    assert 'Condition/c: by its name "Foot drop, left"' in seen.texts["foot_drop"]


@pytest.mark.parametrize("name", ["Family history of breast cancer", "Rule out cauda equina syndrome, ?cancer"])
def test_a_name_about_a_relative_or_a_doubt_tells_nothing(read, name):
    seen = read(condition(concept(text=name)))
    assert "cancer_history" not in seen.facts
    assert seen.why("Condition/c")


@pytest.mark.parametrize(
    "verified", ["refuted", "entered-in-error", "provisional", "differential", "unconfirmed", "odd"]
)
def test_what_is_not_confirmed_tells_nothing_and_never_no(read, verified):
    seen = read(condition(HEART, verified=verified))
    assert "heart_failure" not in seen.facts
    assert seen.why("Condition/c")


@pytest.mark.parametrize("clinical", ["resolved", "inactive", "remission"])
def test_what_is_over_tells_only_what_counts_as_history(read, clinical):
    seen = read(condition(SCIATICA, clinical=clinical), condition(ULCER, "u", clinical=clinical))
    assert seen.facts == {"peptic_ulcer": "yes"}
    assert ("Condition/c", "leg_pain", "it is over") in seen.unused


def test_an_abatement_ends_a_problem_whatever_its_status_says(read):
    seen = read(condition(SCIATICA, abatementDateTime="2026-10"), condition(FOOT_DROP, "d", abatementString="gone"))
    assert seen.facts == {}


def test_a_problem_without_statuses_counts(read):
    bare = {key: value for key, value in condition(SCIATICA).items() if not key.endswith("Status")}
    assert read(bare).facts["leg_pain"] == "yes"


def test_an_old_entry_of_a_new_sign_tells_nothing(read):
    fever = concept("icd10cm", "R50.9")
    assert read(condition(fever, recordedDate="2026-11-18")).facts == {"fever": "yes"}
    assert read(condition(fever, recordedDate="2026-11-01")).why("Condition/c") == "it is older than 7 days"
    assert read(condition(fever)).why("Condition/c") == "it has no date, and counts for 7 days only"
    assert read(condition(fever, recordedDate="2026-12-01")).why("Condition/c") == "it lies in the future"
    assert read(condition(fever, recordedDate="2026-11")).facts == {}  # it may be the first of the month


def test_the_onset_tells_how_long_it_has_lasted(read):
    assert read(condition(SCIATICA, onsetDateTime="2026-11-11")).facts["symptom_duration"] == 10.0
    month = read(condition(SCIATICA, onsetDateTime="2026-10")).facts["symptom_duration"]
    assert month == Between(21.0, 51.0)
    again = read(condition(SCIATICA, clinical="recurrence", onsetDateTime="2016-01-01"))
    assert "symptom_duration" not in again.facts
    assert read(condition(SCIATICA, onsetDateTime="2026-11-22")).facts["symptom_duration"] == 0.0  # another time zone
    impossible = condition(SCIATICA, onsetDateTime="1700", recordedDate="2026-11-20")
    assert "its onset cannot be" in read(impossible).why("Condition/c")


def test_two_onsets_that_differ_leave_the_duration_unknown(read):
    seen = read(
        condition(SCIATICA, "one", onsetDateTime="2026-11-11"), condition(SCIATICA, "two", onsetDateTime="2026-09-01")
    )
    assert "symptom_duration" not in seen.facts
    assert (
        "Condition/two",
        "symptom_duration",
        "values of the same day contradict each other: left unknown",
    ) in seen.unused


def test_both_sides_at_once_leave_the_side_unknown(read):
    right = concept("icd10cm", "M54.31")
    seen = read(condition(SCIATICA, recordedDate="2026-11-01"), condition(right, "r", recordedDate="2026-11-01"))
    assert seen.facts == {"leg_pain": "yes"}
    assert {one.fact for one in seen.record.unused} == {"side"}


def test_what_is_known_and_left_out_says_why(read):
    assert "Cauda equina syndrome on the record" in read(condition(concept("icd10cm", "G83.4"))).why("Condition/c")


@pytest.mark.parametrize("code", [("snomed", "271594007"), ("icd10cm", "R26.3"), ("icd10cm", "m21.37X")])
def test_a_known_bad_code_is_refused_in_a_record_too(read, code):
    seen = read(condition(concept(*code)))
    assert seen.facts == {}
    assert "is refused" in seen.why("Condition/c")


def test_kidney_disease_by_stage_is_an_upper_limit(read):
    assert read(condition(concept("snomed", "433146000"))).facts["egfr"] == Between(0.0, 30.0, high_open=True)


def test_a_stage_of_kidney_disease_is_read_from_its_name(read):
    named = read(condition(concept(text="Chronic kidney disease, stage 4 (severe)"))).facts["egfr"]
    assert named == Between(0.0, 30.0, high_open=True)
    assert read(condition(concept(text="ESRD on dialysis"))).facts["egfr"] == Between(0.0, 15.0, high_open=True)
    assert "egfr" not in read(condition(concept(text="Chronic kidney disease, stage unspecified"))).facts


def test_a_code_without_its_dot_is_the_same_code(read):
    assert "foot_drop" in read(condition(concept("icd10cm", "M21372"), recordedDate="2026-11-20")).facts
    assert "is refused" in read(condition(concept("icd10cm", "R263"))).why("Condition/c")


@pytest.mark.parametrize(("code", "fact"), [("G83.4", "cauda_equina_named"), ("G834", "cauda_equina_named"),
                                            ("M54.1", "leg_pain")])  # fmt: skip
def test_a_code_of_the_who_is_in_doubt_and_told_first(read, code, fact):
    who = condition(concept("http://hl7.org/fhir/sid/icd-10", code), recordedDate="2026-11-20")
    seen = read(who, answers(item(fact, valueBoolean=False), day="2026-11-21"))
    assert seen.facts == {} and "is of the WHO's ICD-10" in seen.why("Condition/c")
    assert any(one.topic for one in seen.record.unused)
    assert read({**who, "clinicalStatus": status("resolved")}, answers(item(fact, valueBoolean=False))).facts
    assert read(condition(concept("http://hl7.org/fhir/sid/icd-10", "I10"))).facts == {}


def test_a_problem_of_the_topic_is_what_the_patient_comes_with_for_a_year_and_leaves_a_doubt_beyond(read):
    seen_again = {"onsetDateTime": "2016-03-04", "recordedDate": "2026-01-02"}
    for day in ({"recordedDate": "2025-11-22"}, seen_again, {}, {"recordedDate": "2025"}):
        assert read(condition(SCIATICA, **day)).facts["leg_pain"] == "yes"
    old = read(condition(SCIATICA, onsetDateTime="2016-03-04", recordedDate="2025-11-20"))
    assert "leg_pain" not in old.facts and "symptom_duration" not in old.facts
    assert old.why("Condition/c") == "it is older than 365 days" and "leg_pain" in old.record.held


@pytest.mark.parametrize(
    "name",
    [
        "Carcinoma in situ of cervix, unspecified", "Cervical carcinoma in situ", "Basal cell carcinoma of nose",
        "History of basal cell carcinoma", "Basal cell cancer", "Basal cell carcinoma; cancer screening due",
    ],
)  # fmt: skip
def test_what_seldom_spreads_is_told_and_asked_and_a_no_to_it_counts(read, name):
    seen = read(condition(concept(text=name)))
    assert seen.facts == {}
    assert ("Condition/c", "cancer_history", "its name speaks of something else") in seen.unused
    assert read(condition(concept(text=name)), answers(item("cancer_history", valueBoolean=False))).facts == {
        "cancer_history": "no"
    }


@pytest.mark.parametrize(
    "name",
    [
        "Basal cell carcinoma and breast cancer", "Metastatic basal cell carcinoma", "Melanoma in situ",
        "Ductal carcinoma in situ of breast", "Squamous cell carcinoma of skin", "Carcinoma of cervix",
        "Carcinoma in situ of cervix; lymphoma",
        "Breast cancer, cancer screening of the other side",
    ],
)  # fmt: skip
def test_what_may_spread_is_a_history_of_cancer_whatever_stands_beside_it(read, name):
    assert read(condition(concept(text=name))).facts == {"cancer_history": "yes"}


@pytest.mark.parametrize(
    "name",
    [
        "Moderate cervical dysplasia",
        "Dysphagia",
        "Functional dyspepsia",
        "Hypothyroidism",
        "Diverticulitis of colon",
        "Cushing syndrome",
    ],
)
def test_the_right_name_of_another_illness_is_no_slip_of_the_pen(read, name):
    assert read(condition(concept(text=name), recordedDate="2026-11-20")).facts == {}


@pytest.mark.parametrize("steward", ["bfarm", "dimdi"])
def test_the_german_edition_of_icd10_leaves_its_facts_in_doubt_and_is_told(read, steward):
    german = concept(f"http://fhir.de/CodeSystem/{steward}/icd-10-gm", "G83.4")
    seen = read(condition(german, recordedDate="2026-11-20"), answers(item("cauda_equina_named", valueBoolean=False)))
    assert seen.facts == {}
    assert "its code G83.4 is of the WHO's ICD-10 or its German edition" in seen.why("Condition/c")
    assert any(one.topic for one in seen.record.unused)


@pytest.mark.parametrize(
    ("named", "fact"),
    [
        (concept("icd10cm", "I25.10"), "cardiovascular_disease"),
        (
            concept(text="Atherosclerotic heart disease of native coronary artery without angina pectoris"),
            "cardiovascular_disease",
        ),
        (concept(text="Cerebral infarction, unspecified"), "cardiovascular_disease"),
        (concept(text="Fatty (change of) liver, not elsewhere classified"), "liver_disease"),
        (concept(text="Human immunodeficiency virus infection (disorder)"), "immunosuppressed"),
        (concept(text="Gastrointestinal hemorrhage, unspecified"), "peptic_ulcer"),
    ],
)  # fmt: skip
def test_what_speaks_against_an_nsaid_is_known_by_the_name_of_its_code(read, named, fact):
    assert read(condition(named, recordedDate="2026-11-10")).facts[fact] == "yes"


def test_a_cauda_equina_operated_on_is_not_read_as_a_new_one(read):
    name = concept(text="Cauda equina syndrome s/p decompression 2015")
    assert "cauda_equina_named" not in read(condition(name, recordedDate="2026-11-20")).facts
