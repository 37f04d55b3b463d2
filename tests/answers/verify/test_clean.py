"""An answer as it was made verifies clean: every canonical question, every audience, patients of every kind."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings

from rootline.answers.ask import ask
from rootline.answers.case import Given, given_onset, read_given
from rootline.answers.model import AUDIENCES
from rootline.answers.verify import Verification, read_answer, verify
from rootline.logic.values import say_value
from tests.invariants.cases import PACK, cases

TODAY = date(2026, 11, 21)
PATIENTS = {
    "foot drop on apixaban": (
        "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban", ()),
    "pregnant": ("32 weeks pregnant, sciatica for 3 weeks, what can she take?", ()),
    "months of pain": ("Sciatica for 5 months, 48 years old, mostly in the S1 distribution, no weakness", ()),
    "an old woman who falls": ("78-year-old woman, leg pain on walking, two falls this year, takes amitriptyline", ()),
    "a child": ("12-year-old with sciatica", ()),
    "saddle numbness": ("Back and leg pain, numb between the legs since this morning, cannot pass urine", ()),
    "contradicting": ("Sciatica. Saddle numbness since Monday. No saddle numbness.", ()),
    "contradicting, settled by a flag": ("Sciatica. Saddle numbness. No saddle numbness.", ("saddle_numbness=no",)),
    "what does not count": ("Sciatica for 3 weeks. Mother had cancer. Return if saddle numbness. Maybe fever.", ()),
    "all denied": ("Sciatica, 40 years old, no red flags, neuro exam normal, egfr 90", ()),
    "power 4 against a denial": ("Sciatica, no weakness. Power 4/5 of ankle dorsiflexion", ()),
    "flags": ("Sciatica, which painkiller?", ("age=72", "egfr=28", "symptom_duration=>6 weeks")),
    "partly known": ("Sciatica", ("foot_drop=partial or complete", "age=60 to 69", "symptom_duration=3 to 5 weeks")),
    "taken back": ("Sciatica on apixaban with a foot drop", ("anticoagulant=unknown", "foot_drop=none")),
    "a finding taken back": ("Sciatica, power 4/5, no weakness", ("lowest_power=unknown", "leg_weakness=unknown")),
    "a finding of a flag": ("Sciatica, no weakness in the leg", ("lowest_power=4",)),
    "a focused question": ("Should I start gabapentin for sciatica?", ()),
    "other scripts": ("sciatica 😀 für 3 weeks 坐骨神经痛", ()),
    "not covered": ("How do I treat a migraine?", ()),
    "not covered, with a fact": ("How do I treat a migraine?", ("age=40",)),
}  # fmt: skip


def checked(answer, pack) -> Verification:
    return verify(read_answer(answer.model_dump_json(by_alias=True, indent=2).encode()), pack)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_canonical_question_verifies(pack, audience):
    for question in pack.questions:
        found = checked(ask(question.text, pack, audience), pack)
        assert (found.outcome, found.findings) == ("verified", ())
        assert found.statements > 20 and found.citations > found.statements and found.sources > 20


@pytest.mark.parametrize("name", PATIENTS)
def test_a_patient_verifies(pack, name):
    text, flags = PATIENTS[name]
    given_ = [read_given(flag, pack) for flag in flags]
    for audience in ("clinician", "patient"):
        assert checked(ask(text, pack, audience, given_), pack).findings == ()


def test_an_answer_with_a_day_of_onset_verifies_on_any_later_day(pack):
    onset = date(2026, 10, 1)
    answer = ask("Sciatica. When should I be seen again?", pack, "patient", [given_onset(onset, TODAY, pack)], onset)
    assert answer.onset == "2026-10-01"
    assert checked(answer, pack).findings == ()


@settings(max_examples=15)
@example({"weak_plantarflexion": "yes", "leg_weakness": "yes"})  # a source that only the drawn leg leans on
@given(cases())
def test_facts_of_a_record_or_a_flag_verify_whether_known_exactly_or_in_part(case):
    of_record = [Given(fact, value, "fhir", f"Observation/{fact}") for fact, value in case.items()]
    said = [f"{fact}={say_value(value, PACK.facts[fact].type)}" for fact, value in case.items()]
    for told in (of_record, [read_given(one, PACK) for one in said]):
        assert checked(ask("Sciatica, no weakness, what now?", PACK, "clinician", told), PACK).findings == ()
