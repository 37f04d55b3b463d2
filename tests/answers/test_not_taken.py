"""What the words say and the plan does not rest on stands in the answer, and in every form that is read from it."""

from __future__ import annotations

import pytest

from rootline.answers.ask import ask
from rootline.answers.case import read_given
from rootline.answers.render_markdown import to_markdown
from rootline.answers.render_text import to_text

CALM = (
    "sciatica 3 weeks, 45 year old man, no saddle numbness, bladder and bowel normal, power normal, no fever, no cancer"
)
SETTLED = (
    "anal_tone_reduced=no", "sexual_dysfunction_new=no", "cauda_equina_named=no", "bilateral_leg_weakness=no",
    "bilateral_leg_pain=no", "iv_drug_use=no", "immunosuppressed=no", "recent_infection=no", "weight_loss=no",
    "major_trauma=no", "minor_trauma=no", "osteoporosis=no", "long_term_steroids=no", "cold_pulseless_leg=no",
    "abdominal_pain_or_mass=no", "recent_spinal_procedure=no", "other_emergency=no", "loss_of_balance=no",
    "brain_signs=no", "cord_signs=no", "unable_to_walk=no", "onset_sudden_severe=no", "foot_drop=none",
    "weakness_getting_worse=no", "lowest_power=5", "hand_or_arm_symptoms=no", "anticoagulant=no", "rest_pain=no",
    "pain_score=4", "pain_uncontrolled=no", "symptom_course=improving", "numb_leg=no", "pregnant=no",
)  # fmt: skip


@pytest.mark.parametrize("form", [to_markdown, to_text])
def test_words_that_were_not_understood_are_told_in_every_text(pack, form):
    answer = ask("sciatica, and my belly glows in the dark", pack)
    assert answer.not_understood == ["my belly glows in the dark"]
    assert "“my belly glows in the dark”" in form(answer)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I think I may be numb down below, sciatica", "numb down below"),
        ("maybe a bit numb when I wipe, sciatica", "numb when I wipe"),
        ("sciatica, denies saddle numbness but cannot feel wiping", "denies saddle numbness; cannot feel wiping"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_a_sign_said_in_doubt_or_in_two_ways_is_told_with_its_words_before_the_plan(pack, text, words, audience):
    answer = ask(text, pack, audience)
    assert [(one.fact, one.words) for one in answer.unclear] == [("saddle_numbness", words)]
    told = to_markdown(answer)
    assert told.index(f"“{words}”") < told.index("##")


def test_a_value_given_since_settles_it(pack):
    answer = ask("maybe numb when I wipe, sciatica", pack, given=[read_given("saddle_numbness=no", pack)])
    assert answer.unclear == []


def test_a_doubt_of_something_that_can_wait_is_no_unclear_sign(pack):
    assert ask("sciatica, perhaps diabetes, may be depressed", pack).unclear == []


def test_beside_a_plan_that_is_calm_for_certain_the_signs_that_must_not_wait_are_told(pack):
    given = [read_given(one, pack) for one in SETTLED]
    calm, missed = ask(CALM, pack, given=given), ask(f"{CALM}, he zorbles", pack, given=given)
    assert (calm.urgency.level, calm.not_understood, calm.do_not_wait) == ("routine", [], [])
    assert missed.urgency.level == "routine"
    assert [one.level for one in missed.do_not_wait] == [
        line.level for line in pack.urgency if line.level in ("emergency", "urgent")
    ]


def test_what_the_pack_does_not_cover_is_refused_without_such_words(pack):
    answer = ask("C6 radiculopathy, my arm glows", pack)
    assert (answer.outcome, answer.not_understood, answer.unclear) == ("refused", [], [])
    assert answer.do_not_wait


def test_an_emergency_is_told_though_the_rest_is_about_the_neck(pack):
    assert ask("cervical radiculopathy, cannot pee", pack).urgency.level == "emergency"
