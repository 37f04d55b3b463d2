"""What is supposed, what is stated later and what is changed by hand are told apart wherever the answer is told."""

from __future__ import annotations

import pytest

from rootline.answers.banner import banner
from rootline.answers.conversation import Asked, Conversation, Corrected, from_data, reply, to_data
from rootline.answers.render_markdown import changes_by_level, to_markdown, why_no_change
from rootline.answers.render_text import to_text
from rootline.answers.verify.rederive import read_inputs, rederive

QUESTION = "left sciatica for 3 weeks, 45 year old man"


def told(pack, *steps, question=QUESTION, audience="clinician"):
    return reply(Conversation(question, audience, steps=steps), pack).worked.answer


@pytest.mark.parametrize("step", [Asked("what if he cannot walk?"), Corrected("unable_to_walk", "yes", True)])
def test_a_supposition_is_marked_in_every_form(pack, step):
    answer = told(pack, step)
    fact = next(one for one in answer.facts if one.id == "unable_to_walk")
    assert fact.source == "what if"
    assert "supposed: unable to walk" in banner(answer).because
    for text in (to_markdown(answer), to_text(answer)):
        read, supposed = text.partition("Read from your words")[2].split("Supposed, not stated", 1)
        assert "unable to walk" not in read and "unable to walk: yes" in supposed.partition("\n")[0]
    inputs, findings = read_inputs(answer, pack)
    assert not findings and rederive(inputs, pack).answer == answer


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("She now also cannot feel when wiping", "follow-up"),
        ("now she is numb between the legs. And if she is pregnant?", "follow-up"),
        ("what if she is numb between the legs", "what if"),
        ("suppose she is numb between the legs", "what if"),
        ("numb between the legs?", "what if"),
    ],
)
def test_only_what_supposes_is_a_supposition(pack, text, origin):
    answer = told(pack, Asked(text), question="sciatica in a woman of 45")
    assert {one.id: one.source for one in answer.facts}["saddle_numbness"] == origin


def test_a_pressed_supposition_is_carried(pack):
    case = Conversation(QUESTION, steps=(Corrected("unable_to_walk", "yes", True),))
    assert from_data(to_data(case)) == case


def test_what_is_changed_by_hand_names_the_words_that_it_contradicts(pack):
    answer = told(pack, Corrected("urinary_retention", "no"), question="sciatica for 3 weeks, cannot pee")
    fact = next(one for one in answer.facts if one.id == "urinary_retention")
    assert fact.against == "cannot pee" and fact.source == "form"
    text = to_markdown(answer)
    read, changed = text.partition("Read from your words")[2].split("Changed by hand", 1)
    assert "urinary" not in read
    assert 'urinary retention: no (your words say "cannot pee")' in changed.partition("\n")[0]
    inputs, findings = read_inputs(answer, pack)
    assert not findings and rederive(inputs, pack).answer == answer


def test_what_would_change_is_told_for_a_patient_who_is_undetermined(pack):
    answer = told(pack)
    assert answer.urgency.level == "undetermined" and answer.urgency.at_least == "routine"
    assert [one.then for _, found in changes_by_level(answer) for one in found]
    assert changes_by_level(told(pack, question="What are the treatment options for sciatica?")) == []


def test_at_the_highest_level_it_is_said_why_nothing_changes_it(pack):
    answer = told(pack, question="sciatica for 3 weeks, cannot pee, numb between the legs")
    assert answer.urgency.level == "emergency"
    if not changes_by_level(answer):
        assert "highest level" in why_no_change(answer) and answer.urgency.because[0].text in why_no_change(answer)
        assert why_no_change(answer) in to_markdown(answer)
