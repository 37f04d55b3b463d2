"""What the story denies and a follow-up tells has begun since: weakness that is new, unless its words say how long."""

from __future__ import annotations

import pytest

from rootline.answers.conversation import Asked, Conversation, Corrected, reply

WELL = Conversation("45-year-old man, left sciatica for 3 weeks, no weakness, bladder and bowel normal")


def told(pack, *steps, first=WELL):
    return reply(first.then(*steps), pack)


def known(pack, *steps, first=WELL):
    return {fact: entry.value for fact, entry in told(pack, *steps, first=first).worked.case.items()}


@pytest.mark.parametrize(
    "words",
    ["now my leg is weak", "the leg has become weak", "now he has a weak big toe", "power now 4/5", "drags the leg"],
)
def test_weakness_that_was_denied_is_new(pack, words):
    after = told(pack, Asked(words))
    assert after.worked.case["weakness_getting_worse"].value == "yes"
    assert after.worked.case["weakness_getting_worse"].origin == "follow-up"
    assert after.worked.plan.urgency.at_least == "urgent"


def test_what_is_only_supposed_is_supposed_to_be_new(pack):
    after = told(pack, Asked("and if the leg becomes weak, or is weak?"), Asked("what if his leg is weak?"))
    assert after.supposed >= {"leg_weakness", "weakness_getting_worse"}


@pytest.mark.parametrize("words", ["now my leg is weak, for three months", "his leg is weak; weakness not worse"])
def test_what_the_follow_up_says_itself_counts(pack, words):
    assert known(pack, Asked(words)).get("weakness_getting_worse") != "yes"


def test_weakness_that_nobody_denied_is_not_called_new(pack):
    assert "weakness_getting_worse" not in known(pack, Asked("his leg is weak"), first=Conversation("left sciatica"))


def test_new_numbness_is_no_new_weakness(pack):
    first = Conversation("left leg pain for 3 weeks, no numbness in the leg")
    after = known(pack, Asked("now his foot is numb"), first=first)
    assert after["numb_leg"] == "yes" and "weakness_getting_worse" not in after and after["symptom_duration"] == 21


def test_a_press_corrects_the_story_and_is_no_change_since(pack):
    assert "weakness_getting_worse" not in known(pack, Corrected("leg_weakness", "yes"))


@pytest.mark.parametrize("words", ["it has got worse", "it is getting worse", "it is worse than before"])
def test_worse_since_is_read_as_the_course(pack, words):
    assert known(pack, Asked(words))["symptom_course"] == "worsening"


@pytest.mark.parametrize("words", ["it is worse at night", "it gets worse on coughing", "it has not got worse"])
def test_what_makes_it_worse_is_no_course(pack, words):
    assert "symptom_course" not in known(pack, Asked(words))
