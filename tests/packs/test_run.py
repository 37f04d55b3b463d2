"""The plan: urgency read downwards, advice applied, left open or left out."""

from __future__ import annotations

import pytest

from rootline.logic.tree import facts_of
from rootline.logic.values import Among, Between
from rootline.packs.explore import ask_next, candidates, would_change
from rootline.packs.run import run

NO_FLAGS = {
    fact: "no"
    for fact in (
        "saddle_numbness", "urinary_retention", "bladder_change", "bowel_incontinence", "anal_tone_reduced",
        "sexual_dysfunction_new", "bilateral_leg_weakness", "bilateral_leg_pain", "fever", "iv_drug_use",
        "immunosuppressed", "recent_infection", "cancer_history", "weight_loss", "rest_pain", "major_trauma",
        "minor_trauma", "osteoporosis", "long_term_steroids", "cold_pulseless_leg", "abdominal_pain_or_mass",
        "recent_spinal_procedure", "onset_sudden_severe", "leg_weakness", "weakness_getting_worse", "loss_of_balance",
        "brain_signs", "cord_signs", "hand_or_arm_symptoms", "other_emergency", "cauda_equina_named", "unable_to_walk", "pain_uncontrolled",
        "numb_leg",
    )
} | {"foot_drop": "none", "lowest_power": 5.0, "symptom_duration": 10.0, "symptom_course": "unchanged", "pain_score": 5.0}  # fmt: skip

EMERGENCIES = {
    "saddle numbness alone": {"saddle_numbness": "yes"},
    "retention alone": {"urinary_retention": "yes"},
    "bladder change alone": {"bladder_change": "yes"},
    "bowel incontinence alone": {"bowel_incontinence": "yes"},
    "lax anal tone alone": {"anal_tone_reduced": "yes"},
    "new sexual dysfunction alone": {"sexual_dysfunction_new": "yes"},
    "both legs weak": {"bilateral_leg_weakness": "yes"},
    "cancer with a numb leg": {"cancer_history": "yes", "numb_leg": "yes"},
    "fever with a weak leg": {"fever": "yes", "leg_weakness": "yes"},
    "anticoagulant, sudden severe pain, weak leg": {"anticoagulant": "yes", "onset_sudden_severe": "yes", "leg_weakness": "yes"},
    "weak leg after a spinal procedure": {"recent_spinal_procedure": "yes", "leg_weakness": "yes"},
    "crash with a numb leg": {"major_trauma": "yes", "numb_leg": "yes"},
    "cold pale leg": {"cold_pulseless_leg": "yes"},
    "belly pain with collapse": {"abdominal_pain_or_mass": "yes"},
    "unsteady with slurred speech": {"loss_of_balance": "yes", "brain_signs": "yes"},
}  # fmt: skip
URGENT = {
    "complete foot drop": {"foot_drop": "complete"},
    "partial foot drop": {"foot_drop": "partial"},
    "foot drop of unknown degree": {"foot_drop": Among(frozenset({"partial", "complete"}))},
    "power 3": {"lowest_power": 3.0},
    "weakness getting worse": {"weakness_getting_worse": "yes"},
    "fever alone": {"fever": "yes"},
    "injecting drugs": {"iv_drug_use": "yes"},
    "cancer alone": {"cancer_history": "yes"},
    "cord signs": {"cord_signs": "yes"},
    "unsteady with clumsy hands": {"loss_of_balance": "yes", "hand_or_arm_symptoms": "yes"},
    "small fall with osteoporosis": {"minor_trauma": "yes", "osteoporosis": "yes"},
    "both legs hurt": {"bilateral_leg_pain": "yes"},
    "cannot walk": {"unable_to_walk": "yes"},
}
SOON = {
    "power 4": {"lowest_power": 4.0, "leg_weakness": "yes"},
    "loss of balance alone": {"loss_of_balance": "yes"},
    "weight loss": {"weight_loss": "yes"},
    "osteoporosis alone": {"osteoporosis": "yes"},
    "six weeks and not improving": {"symptom_duration": 42.0},
    "pain not controlled": {"pain_uncontrolled": "yes"},
}
ROUTINE = {"nothing": {}, "one day short of six weeks": {"symptom_duration": 41.0}, "six weeks but improving": {"symptom_duration": 42.0, "symptom_course": "improving"}}  # fmt: skip


@pytest.mark.parametrize(
    ("level", "facts"),
    [
        pytest.param(level, facts, id=f"{level}: {name}")
        for level, group in (("emergency", EMERGENCIES), ("urgent", URGENT), ("soon", SOON), ("routine", ROUTINE))
        for name, facts in group.items()
    ],
)
def test_with_everything_else_ruled_out_each_flag_alone_gives_its_level(pack, level, facts):
    urgency = run(pack, {**NO_FLAGS, **facts}).urgency
    assert (urgency.level, urgency.at_least) == (level, level)


def test_with_nothing_known_the_urgency_is_undetermined_and_could_be_anything(pack):
    urgency = run(pack, {}).urgency
    assert urgency.level is None
    assert urgency.at_least == "routine"
    assert urgency.could_be == ("emergency", "urgent", "soon", "routine")


def test_a_denied_sign_leaves_the_others_open(pack):
    urgency = run(pack, {**NO_FLAGS, "foot_drop": "complete", "saddle_numbness": "no"}).urgency
    assert urgency.level == "urgent"
    del_one = {fact: value for fact, value in NO_FLAGS.items() if fact != "saddle_numbness"}
    urgency = run(pack, {**del_one, "foot_drop": "complete"}).urgency
    assert (urgency.level, urgency.at_least, urgency.could_be) == (None, "urgent", ("emergency", "urgent"))


def test_a_duration_known_only_as_over_six_weeks_is_enough(pack):
    over = {**NO_FLAGS, "symptom_duration": Between(low=42.0, low_open=True)}
    assert run(pack, over).urgency.level == "soon"
    some = {**NO_FLAGS, "symptom_duration": Between(low=14.0, high=60.0)}
    assert run(pack, some).urgency.level is None


def test_what_is_asked_first_could_reveal_cauda_equina(pack):
    asked = ask_next(run(pack, {"leg_pain": "yes"}))
    assert {one.fact for one in asked[:8]} == set(
        "saddle_numbness urinary_retention bladder_change bowel_incontinence anal_tone_reduced "
        "sexual_dysfunction_new bilateral_leg_weakness cauda_equina_named".split()
    )
    assert all(one.could_raise_to == "emergency" for one in asked[:8])


def test_nothing_that_is_known_is_asked(pack):
    asked = {one.fact for one in ask_next(run(pack, NO_FLAGS))}
    assert not asked & NO_FLAGS.keys()


def test_once_urgency_is_settled_the_question_that_settles_most_comes_first(pack):
    asked = ask_next(run(pack, NO_FLAGS))
    assert asked[0].could_raise_to is None
    assert asked[0].bears_on >= asked[-1].bears_on


def test_in_an_emergency_only_what_changes_what_is_done_now_is_asked(pack):
    plan = run(pack, {"saddle_numbness": "yes", "leg_pain": "yes"})
    asked = [one.fact for one in ask_next(plan)]
    lines = [line.advice.when for line in pack.urgency if line.level == "emergency"]
    assert asked and set(asked) <= {fact for when in lines for fact in facts_of(when, pack.conditions)}
    assert "age" not in asked[:8]


def test_every_change_named_really_changes_the_urgency(pack):
    for case in (
        {},
        NO_FLAGS,
        {**NO_FLAGS, "foot_drop": "complete", "leg_weakness": "yes"},  # a foot drop is a weak leg
        {**NO_FLAGS, "fever": "yes", "cancer_history": "yes"},
    ):
        plan = run(pack, case)
        changes = would_change(plan)
        assert changes
        for change in changes:
            then = run(pack, {**case, **change.facts}).urgency
            assert then.at_least == change.then != plan.urgency.at_least


def test_two_facts_are_named_only_where_one_alone_would_not_do(pack):
    plan = run(pack, {**NO_FLAGS, "fever": "yes", "cancer_history": "yes"})
    pairs = [change for change in would_change(plan) if len(change.facts) == 2]
    assert [change.then for change in pairs] == ["routine"] or {change.then for change in pairs} <= {"soon", "routine"}
    singles = {change.then for change in would_change(plan) if len(change.facts) == 1}
    assert not singles & {change.then for change in pairs}


def test_candidates_stand_on_both_sides_of_every_threshold(pack):
    assert {41.0, 42.0, 83.0, 84.0} <= set(candidates(pack, "symptom_duration"))
    assert candidates(pack, "foot_drop") == ["none", "partial", "complete"]


DRUGS = {
    "nsaid": ["anticoagulant", "antiplatelet", "peptic_ulcer", "active_gi_bleed", "nsaid_allergy", "heart_failure", "cardiovascular_disease", "pregnant", "liver_disease"],
    "acetaminophen": ["liver_disease", "heavy_alcohol"],
    "duloxetine": ["maoi", "liver_disease", "glaucoma", "serotonergic_drug"],
    "epidural-steroid-injection": ["anticoagulant", "fever", "contrast_or_steroid_allergy"],
}  # fmt: skip


@pytest.mark.parametrize(("drug", "fact"), [(drug, fact) for drug, facts in DRUGS.items() for fact in facts])
def test_each_contraindication_alone_takes_the_drug_out(pack, drug, fact):
    for one in run(pack, {fact: "yes"}).advised:
        advised = {what for kind, what in one.advice.actions if kind != "avoid"}
        assert not (drug in advised and one.status != "does not apply"), one.advice.id


def test_kidney_function_takes_nsaids_out_below_30_and_not_at_30(pack):
    def advised(egfr):
        return [
            one.advice.id
            for one in run(pack, {"egfr": egfr}).advised
            if ("consider", "nsaid") in one.advice.actions and one.status != "does not apply"
        ]

    assert advised(29.0) == []
    assert advised(30.0)
