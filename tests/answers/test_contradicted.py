"""A value that a finding contradicts is told as such, and is never believed again when the finding goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.answers.ask import ask
from rootline.answers.case import read_given
from rootline.answers.conversation import Asked, Conversation, Corrected, reply
from rootline.answers.verify.rederive import read_inputs, rederive
from rootline.packs.model import LEVELS

WEAK = Conversation("left sciatica 2 weeks, weak big toe")
NO_WEAKNESS = Corrected("leg_weakness", "no")
TOE = "weak_toe_extension"


def known(conversation, pack):
    return {fact: entry.value for fact, entry in reply(conversation, pack).worked.case.items()}


@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_what_a_finding_contradicts_is_listed_with_the_finding(pack, audience):
    conversation = Conversation(WEAK.question, audience, steps=(NO_WEAKNESS,))
    answer = reply(conversation, pack).worked.answer
    told = [(one.value, one.note) for one in answer.facts if one.id == "leg_weakness"]
    assert [value for value, _ in told] == ["yes", "no"]
    assert told[0][1] == "" and "says otherwise" in told[1][1] and "toe" in told[1][1]
    inputs, unread = read_inputs(answer, pack)
    assert unread == [] and rederive(inputs, pack).answer == answer


def test_a_flag_that_a_finding_contradicts_is_listed_too(pack):
    answer = ask(WEAK.question, pack, given=[read_given("leg_weakness=no", pack)])
    assert [one.note != "" for one in answer.facts if one.id == "leg_weakness"] == [False, True]


@pytest.mark.parametrize("first", [NO_WEAKNESS, Asked("he has no leg weakness")])
def test_an_unknown_wakes_no_earlier_press(pack, first):
    assert known(WEAK.then(first), pack)["leg_weakness"] == "yes"
    after = WEAK.then(first, Corrected(TOE, "unknown"))
    assert "leg_weakness" not in known(after, pack), "it is to be asked anew"
    assert known(after.then(NO_WEAKNESS), pack)["leg_weakness"] == "no", "said again, it counts"


def test_a_press_before_the_finding_is_not_woken_either(pack):
    steps = (NO_WEAKNESS, Corrected(TOE, "yes"), Corrected(TOE, "unknown"))
    assert "leg_weakness" not in known(Conversation("left sciatica 2 weeks").then(*steps), pack)


def test_nor_are_the_words_that_a_finding_contradicted(pack):
    after = reply(Conversation("Sciatica with a weak big toe. No leg weakness.").then(Corrected(TOE, "unknown")), pack)
    assert "leg_weakness" not in after.worked.case
    answer = after.worked.answer
    assert [one.against for one in answer.facts if one.id == "leg_weakness"] == ["No leg weakness"]
    inputs, _ = read_inputs(answer, pack)
    assert rederive(inputs, pack).answer == answer


FACTS = ["leg_weakness", TOE, "weak_plantarflexion", "urinary_retention", "recent_infection", "fungal_infection"]


@given(st.lists(st.tuples(st.sampled_from(FACTS), st.sampled_from(["yes", "no", "unknown"])), max_size=5), st.data())
def test_an_unknown_only_ever_takes_away(pack, steps, data):
    before = WEAK.then(*(Corrected(*one) for one in steps))
    fact = data.draw(st.sampled_from(FACTS))
    old, new = known(before, pack), known(before.then(Corrected(fact, "unknown")), pack)
    assert new.items() <= old.items()
    urgencies = [reply(one, pack).worked.plan.urgency for one in (before, before.then(Corrected(fact, "unknown")))]
    worst = [LEVELS.index(one.could_be[0]) for one in urgencies]
    assert worst[1] <= worst[0], "what is unknown rules nothing out"
