"""What a name on a problem list says counts as long as a code would, and never when it says something else."""

from __future__ import annotations

import shutil

import pytest

from rootline.checks.lint import lint
from rootline.packs.codes import codes
from rootline.packs.load import load
from rootline.packs.pressing import pressing_facts
from rootline.packs.run import run
from tests.edges.fhir.resources import Resource, answers, concept, condition, item
from tests.packs.test_codes import changed

NOW = "2026-11-21"
SCIATICA = condition(concept("icd10cm", "M54.32"), "sciatica", recordedDate=NOW)


def named(name: str, day: str = NOW, **more) -> Resource:
    return condition(concept(text=name), **({"recordedDate": day} if day else {}), **more)


@pytest.fixture
def level(pack, read):
    def reading(*resources: Resource) -> str:
        facts = read(SCIATICA, *resources).facts
        urgency = run(pack, facts).urgency
        assert urgency.could_be[:1] == ("emergency",) or urgency.level == "emergency"
        return str(urgency.level or urgency.at_least)

    return reading


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Erectile dysfunction", "2005-01-01"), ("Chest pain", "2005-03-01"), ("Abdominal pain", "2010-01-01"),
        ("Drug overdose", "2011-01-01"), ("Pulmonary embolism", "2015-01-01"), ("Road traffic accident", "1999-01-01"),
        ("Pale leg", "2019-01-01"), ("Facial droop", "2019-01-01"), ("Unable to walk", "2019-01-01"),
        ("Stress incontinence", NOW), ("Stress urinary incontinence", NOW), ("Urge incontinence", ""),
        ("Melena", "2018-01-01"), ("GI bleed", "2018-01-01"), ("Hematemesis", "2018-01-01"), ("Sepsis", "2019-01-01"),
        ("Weak hip flexion", "2019-01-01"), ("Systemic fungal infection", "2019-01-01"),
        ("Chest pain", ""), ("Erectile dysfunction", ""), ("Saddle numbness", ""), ("Urinary retention", ""),
    ],
)  # fmt: skip
def test_an_old_or_ordinary_problem_is_no_emergency(level, name, day):
    assert level() == level(named(name, day)) == "routine"


@pytest.mark.parametrize("name", ["Erectile dysfunction", "Chest pain", "Abdominal pain", "Urinary incontinence",
                                  "Urinary retention", "Saddle numbness", "Pale leg"])  # fmt: skip
def test_the_same_problem_of_today_is_one(level, name):
    assert level(named(name)) == "emergency"


def test_an_old_entry_that_is_not_called_over_stays_in_doubt_until_it_is_denied(read):
    no = answers(item("sexual_dysfunction_new", valueBoolean=False), day=NOW)
    old, undated = (named("Erectile dysfunction", day) for day in ("2005-01-01", ""))
    assert "sexual_dysfunction_new" not in read(old).facts
    assert read(old, no).facts == {"sexual_dysfunction_new": "no"}
    assert "sexual_dysfunction_new" not in read(undated, no).facts  # it may be of today
    over = named("Erectile dysfunction", "2005-01-01", clinical="resolved")
    assert read(over, no).facts == {"sexual_dysfunction_new": "no"}


@pytest.mark.parametrize("name", ["Sepsis", "Cellulitis", "Tuberculosis"])
def test_an_infection_by_its_name_is_recent_for_three_months(read, name):
    assert read(named(name)).facts["recent_infection"] == "yes"
    assert "recent_infection" not in read(named(name, "2014-01-01")).facts


@pytest.mark.parametrize("name", ["Weight loss advised", "Malignant melanoma screening", "Cancer screening declined",
                                  "Screening for malignant neoplasm of colon", "Resolved sciatica",
                                  "Resolved: foot drop"])  # fmt: skip
def test_a_name_that_speaks_of_something_else_tells_nothing(read, name):
    seen = read(named(name))
    assert seen.facts == {} and seen.why("Condition/c")


def test_what_is_over_by_its_name_still_counts_as_history(read):
    assert read(named("Resolved peptic ulcer")).facts == {"peptic_ulcer": "yes"}
    assert read(named("Malignant melanoma", "2001-01-01")).facts == {"cancer_history": "yes"}
    assert read(named("Abnormal weight loss")).facts == {"weight_loss": "yes"}


@pytest.mark.parametrize("name", ["Lumbar radiculopathy", "Radiculopathy, lumbar region",
                                  "Chronic lumbosacral radiculopathy"])  # fmt: skip
def test_a_name_tells_what_its_code_tells(read, name):
    since = {"onsetDateTime": "2026-11-11"}
    coded = read(condition(concept("icd10cm", "M54.16"), **since)).facts
    assert read(condition(concept(text=name), **since)).facts == coded == {"leg_pain": "yes", "symptom_duration": 10.0}
    assert read(condition(concept(text="Sciatica"), **since)).facts["symptom_duration"] == 10.0


@pytest.mark.parametrize(
    "name",
    [
        "Cervical radiculopathy",
        "History of lumbar radiculopathy",
        "No lumbar radiculopathy",
        "Resolved lumbar radiculopathy",
        "Lumbar radiculopathy ruled out",
    ],
)
def test_a_name_that_takes_it_back_does_not(read, name):
    assert "leg_pain" not in read(named(name)).facts


def test_a_code_whose_words_speak_of_a_relative_is_in_doubt(read):
    for code, text in (("G83.4", "Family history of cauda equina syndrome"), ("M21.372", "Mother had foot drop")):
        seen = read(condition(concept("icd10cm", code, text), recordedDate=NOW))
        assert not {"cauda_equina_named", "foot_drop"} & set(seen.facts)
        assert "its name speaks of a relative" in seen.why("Condition/c")


def test_a_name_at_a_refused_code_is_as_doubtful_as_the_code(read):
    coding = {"system": "http://snomed.info/sct", "code": "271594007", "display": "Saddle anesthesia"}
    for code in ({"coding": [coding]}, {"coding": [coding], "text": "Saddle anesthesia"}):
        seen = read(condition(code, recordedDate=NOW))
        assert seen.facts == {} and "its name stands at a refused code" in seen.why("Condition/c")
        assert any(one.topic for one in seen.record.unused)
    own = read(condition({"coding": [coding], "text": "Numb around the anus and genitals"}, recordedDate=NOW))
    assert own.facts == {"saddle_numbness": "yes"}, "the user's own words are heard"


def test_for_every_pressing_fact_it_is_said_how_long_its_name_counts(pack, tmp_path):
    assert lint(pack) == []
    known = codes(pack)
    for fact in ("sexual_dysfunction_new", "other_emergency", "abdominal_pain_or_mass", "major_trauma"):
        assert fact in pressing_facts(pack) and known.within(fact) is not None
    (finding,) = lint(load(changed(tmp_path / "ankle-sprain", "  foot_pale_or_cold:\n", "  outer_swelling:\n")))
    assert "for how long a problem that is named as `foot_pale_or_cold` counts" in str(finding)
    assert "facts" in str(finding)


def test_so_it_is_for_every_fact_that_a_finding_turns_into_a_pressing_one(pack, tmp_path):
    folder = shutil.copytree(pack.folder, tmp_path / pack.folder.name)
    kept = [line for line in (folder / "codes.yaml").read_text().splitlines() if "active_gi_bleed" not in line]
    (folder / "codes.yaml").write_text("\n".join(kept))
    (finding,) = lint(load(folder))
    assert "for how long a problem that is named as `active_gi_bleed` counts" in str(finding)
