"""A conversation is replayed from its words: later steps overrule earlier ones, and the difference is told in full."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.answers.ask import ask
from rootline.answers.change import change
from rootline.answers.cited import cited, who_disagrees
from rootline.answers.conversation import (
    MOST_STEPS,
    Asked,
    Conversation,
    Corrected,
    from_data,
    reply,
    to_data,
    with_onset,
)
from rootline.answers.left_out import left_out
from rootline.answers.tell_plan import plan_of
from rootline.answers.verify.rederive import read_inputs, rederive
from rootline.errors import InputError, NotFoundError
from rootline.evidence.points.cite import read_citation
from rootline.logic.tree import Not
from rootline.logic.truth import Truth
from rootline.packs.model import LEVELS
from rootline.packs.run import run
from rootline.readers.evaluate import truth_of

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"
FIRST = Conversation(PATIENT)


def known(reply_):
    return {fact: entry.value for fact, entry in reply_.worked.case.items()}


def test_without_steps_it_is_the_plain_answer(pack):
    assert reply(FIRST, pack).worked.answer == ask(PATIENT, pack)


def test_the_last_word_counts(pack):
    steps = (Corrected("pregnant", "no"), Asked("and if she is pregnant?"))
    assert known(reply(FIRST.then(*steps), pack))["pregnant"] == "yes"
    assert known(reply(FIRST.then(*reversed(steps)), pack))["pregnant"] == "no"


@pytest.mark.parametrize(
    ("told", "fact", "later"),
    [
        ("numb between my legs since this morning", "saddle_numbness", "no worsening of the numbness between my legs"),
        ("saddle numbness today", "saddle_numbness", "No further saddle numbness since yesterday"),
        ("in urinary retention", "urinary_retention", "no further urinary retention since catheter"),
        ("bladder dysfunction since today", "bladder_change", "no new bladder change"),
        ("left foot drop since today", "foot_drop", "no foot drop on the right"),
    ],
)
def test_denying_a_part_or_more_of_it_takes_nothing_back(pack, told, fact, later):
    before = reply(Conversation(told), pack)
    after = reply(Conversation(told).then(Asked(later)), pack)
    assert known(after)[fact] == known(before)[fact] not in ("no", "none")
    assert after.worked.answer.urgency.level == before.worked.answer.urgency.level


def test_what_is_supposed_is_told_apart_from_what_is_known(pack):
    asked = reply(FIRST.then(Asked("and if she is pregnant?")), pack)
    assert asked.supposed == {"pregnant"}, "that she is a woman was known before"
    corrected = reply(FIRST.then(Asked("and if she is pregnant?"), Corrected("pregnant", "yes")), pack)
    assert "pregnant" not in corrected.supposed


def test_what_was_taken_back_can_be_supposed_again(pack):
    steps = (Corrected("anticoagulant", "unknown"), Asked("and if she takes apixaban?"))
    told = reply(FIRST.then(*steps), pack)
    assert known(told)["anticoagulant"] == "yes"
    assert told.supposed == {"anticoagulant"}


def test_a_follow_up_about_a_treatment_opens_it_and_keeps_the_topic(pack):
    told = reply(FIRST.then(Asked("what about an injection?")), pack).worked.answer
    assert told.outcome == "answered"
    shown = {section.id: len(section.statements) for section in told.sections}
    before = {section.id: len(section.statements) for section in ask(PATIENT, pack).sections}
    assert shown["interventions"] > before["interventions"]
    assert "red-flags" in shown


def test_a_follow_up_to_a_refused_question_does_not_make_it_covered_by_itself(pack):
    assert (
        reply(Conversation("How do I treat a migraine?").then(Asked("and in 2 weeks?")), pack).worked.answer.outcome
        == "refused"
    )


def test_an_onset_counts_as_how_long_it_has_lasted(pack):
    told = reply(Conversation("Sciatica", onset=date(2026, 1, 1)), pack, date(2026, 1, 11))
    assert known(told)["symptom_duration"] == 10.0
    with pytest.raises(InputError, match="lies after"):
        reply(Conversation("Sciatica", onset=date(2026, 1, 12)), pack, date(2026, 1, 11))


@pytest.mark.parametrize("lasted", ["unknown", "8 weeks"])
def test_an_onset_that_was_overruled_dates_nothing(pack, lasted):
    begun, day = Conversation("Sciatica", onset=date(2026, 1, 1)), date(2026, 1, 11)
    assert reply(begun, pack, day).worked.plan.onset == begun.onset
    after = begun.then(Corrected("symptom_duration", lasted))
    assert reply(after, pack, day).worked.plan.onset is None
    counted = with_onset(after, pack, day).onset
    assert counted == (date(2025, 11, 16) if lasted == "8 weeks" else begun.onset)


def test_a_fact_that_does_not_exist_is_named(pack):
    with pytest.raises(NotFoundError, match="foot_drup"):
        reply(FIRST.then(Corrected("foot_drup", "none")), pack)


def test_there_is_an_end_to_steps():
    with pytest.raises(InputError, match=f"more than {MOST_STEPS}"):
        FIRST.then(*[Corrected("age", "61")] * (MOST_STEPS + 1))


STEPS = st.lists(st.builds(Corrected, st.text(), st.text()) | st.builds(Asked, st.text()), max_size=5)


@given(st.text(), st.sampled_from(["clinician", "patient"]), st.none() | st.dates(), STEPS)
def test_as_data_and_back_it_is_the_same(question, audience, onset, steps):
    conversation = Conversation(question, audience, onset, tuple(steps))
    assert from_data(to_data(conversation)) == conversation


@pytest.mark.parametrize(
    "step", [Asked("and if she is pregnant?"), Corrected("foot_drop", "none"), Corrected("age", "unknown")]
)
def test_the_answer_to_a_conversation_can_be_made_anew_from_what_it_states(pack, step):
    told = reply(FIRST.then(Asked("after six weeks without improvement?"), step), pack).worked.answer
    inputs, unread = read_inputs(told, pack)
    assert unread == []
    assert rederive(inputs, pack).answer == told


# --- what changed


def difference(pack, *steps, before=FIRST):
    return change(reply(before, pack).worked, reply(before.then(*steps), pack).worked)


def test_a_higher_urgency_is_said_first_of_all(pack):
    found = difference(pack, Corrected("saddle_numbness", "yes"))
    assert found.direction == "higher"
    assert "EMERGENCY" in found.after and found.after != found.before
    assert [(one.before, one.after) for one in found.facts] == [("unknown", "saddle numbness")]


def test_ruling_out_some_of_the_dangers_is_not_lower_while_the_worst_stays_open(pack):
    found = difference(pack, Corrected("saddle_numbness", "no"))
    assert found.direction == "same"
    assert found.before == found.after


def test_taking_back_what_ruled_an_emergency_out_is_a_rise(pack):
    """The level reached stays; the worst that is possible rises."""
    known = {fact: "no" for fact in pack.facts if pack.facts[fact].kind == "yes/no"} | {"foot_drop": "complete"}
    calm = FIRST.then(*(Corrected(fact, value) for fact, value in known.items()))
    assert reply(calm, pack).worked.plan.urgency.level == "urgent"
    found = difference(pack, Corrected("saddle_numbness", "unknown"), before=calm)
    assert found.direction == "higher"
    assert "COULD BE EMERGENCY" in found.after and "EMERGENCY" not in found.before


def test_every_statement_that_moved_is_told_with_how(pack):
    before = reply(FIRST, pack).worked.plan
    after = reply(FIRST.then(Corrected("anticoagulant", "no")), pack).worked.plan
    moved = {one.id: one.move for one in difference(pack, Corrected("anticoagulant", "no")).statements}
    for old, new in zip(before.advised, after.advised, strict=True):
        assert (old.status, old.condition) == (new.status, new.condition) or new.advice.id in moved
    statuses = {
        "now plain": ({"if", "does not apply"}, "applies"),
        "now open": ({"applies"}, "if"),
        "new": ({"does not apply"}, "if"),
        "gone": ({"if", "applies"}, "does not apply"),
        "other condition": ({"if"}, "if"),
    }
    assert "new" in moved.values()
    for id_, move in moved.items():
        was, is_ = statuses[move]
        assert before.of(id_).status in was and after.of(id_).status == is_


def test_nothing_changed_is_said_too(pack):
    assert difference(pack, Corrected("anticoagulant", "yes")).is_empty


@given(st.data())
def test_direction_never_calls_a_rise_lower(pack, data):
    facts = ["saddle_numbness", "foot_drop", "fever", "urinary_retention", "leg_weakness", "cancer_history"]
    steps = [
        Corrected(fact, data.draw(st.sampled_from([*pack.facts[fact].type.values, "unknown"])))
        for fact in data.draw(st.lists(st.sampled_from(facts), max_size=3, unique=True))
    ]
    before, after = (reply(one, pack).worked for one in (FIRST, FIRST.then(*steps)))
    old, new = (one.plan.urgency for one in (before, after))
    worse = LEVELS.index(new.could_be[0]) < LEVELS.index(old.could_be[0]) or LEVELS.index(new.at_least) < LEVELS.index(
        old.at_least
    )
    assert (change(before, after).direction == "higher") == worse


# --- beside the answer


def test_every_citation_has_its_mark_and_point(pack):
    answer = ask(PATIENT, pack)
    found = cited(answer, pack)
    said = {citation for section in answer.sections for one in section.statements for citation in one.citations}
    assert said <= set(found)
    assert len({one.mark for one in found.values()}) == len(found)
    for name, one in found.items():
        assert answer.sources[int(one.mark.rstrip("abcdefghijklmnopqrstuvwxyz")) - 1].id == name.partition("#")[0]
        assert one.point is pack.point(read_citation(name, pack.sources))


def test_who_disagrees_is_on_another_side(pack):
    for one in pack.disagreements:
        for position in one.positions:
            for citation in position.because:
                others = [other for other in who_disagrees(citation, pack, "clinician") if other.id == one.id]
                against = {c for each in one.positions if citation not in each.because for c in each.because}
                assert len(others) == 1
                assert all(pack.sources[c.source].short in others[0].who for c in against)


def test_what_is_left_out_is_all_that_does_not_apply_each_with_a_true_reason(pack):
    plan = reply(FIRST, pack).worked.plan
    told = left_out(plan, "clinician")
    gone = {one.advice.id for one in plan.advised if one.status == "does not apply"}
    assert {one.id for one in told} == gone - {pack.urgency[-1].advice.id}
    assert all(one.because for one in told)
    assert {one.id: one.because for one in told}["duloxetine-chronic"] == "symptoms for under 12 weeks"


def test_the_plan_from_facts_is_that_of_the_pack(pack):
    urgency, advice, questions = plan_of({"foot_drop": "complete"}, pack, "patient")
    plan = run(pack, {"foot_drop": "complete"})
    assert urgency.at_least == "urgent" and questions
    for told, one in zip(advice, plan.advised, strict=True):
        truth = truth_of(Not(Not(one.advice.when)), plan.values, pack.conditions)
        assert told.status == {Truth.YES: "applies", Truth.UNKNOWN: "if", Truth.NO: "does not apply"}[truth]
        assert told.text == one.advice.say.patient


@pytest.mark.parametrize(
    "follow_up",
    [
        "does that change with foot drop?",
        "if he had diabetes?",
        "after six weeks without improvement?",
        "and if she is pregnant?",
        "what if he is 72 and takes apixaban?",
    ],
)
def test_the_words_that_a_follow_up_was_understood_by_are_not_said_to_count_for_nothing(pack, follow_up):
    told = reply(Conversation("sciatica for 2 weeks").then(Asked(follow_up)), pack)
    assert told.follow_ups[0].facts
    assert told.worked.answer.not_understood == []


# --- what a follow-up does not do


@pytest.mark.parametrize(
    ("question", "days"),
    [("sciatica for 5 months", 152.1875), ("sciatica for 8 weeks", 56.0), ("sciatica for 2 weeks", 42.0)],
)
def test_a_time_that_is_long_past_makes_no_duration_shorter(pack, question, days):
    told = known(reply(Conversation(question).then(Asked("after six weeks without improvement?")), pack))
    assert (told["symptom_duration"], told["symptom_course"]) == (days, "unchanged")


@pytest.mark.parametrize(
    ("question", "asked", "words"),
    [
        ("68-year-old man, sciatica", ["she is pregnant?"], "man; she"),
        ("45-year-old, sciatica", ["and if she is pregnant?", "he has now urinary retention"], "she; he"),
    ],
)
def test_a_follow_up_about_the_other_sex_leaves_it_open_and_says_so(pack, question, asked, words):
    told = reply(Conversation(question).then(*map(Asked, asked)), pack)
    assert "sex" not in known(told)
    notes = {fact.id: (fact.text, fact.note) for fact in told.worked.answer.facts if fact.note}
    assert notes["sex"] == (words, "contradicting mentions: left unknown")
    inputs, _ = read_inputs(told.worked.answer, pack)
    assert rederive(inputs, pack).answer == told.worked.answer


def test_a_relative_in_a_follow_up_says_nothing_of_the_patients_sex(pack):
    asked = Conversation("68-year-old man, sciatica").then(Asked("what about his mother, who has cancer?"))
    assert known(reply(asked, pack))["sex"] == "male"


@pytest.mark.parametrize(
    ("steps", "pregnant"),
    [
        (["forget the pregnancy"], None),
        (["please ignore the pregnancy"], None),
        (["and if she is pregnant?", "OK, forget the pregnancy"], None),
        (["forget the pregnancy", "she is pregnant"], "yes"),
        (["and if she forgets she is pregnant?"], "yes"),
    ],
)
def test_what_is_taken_back_in_words_counts_no_more_until_it_is_said_again(pack, steps, pregnant):
    told = reply(Conversation("30-year-old woman, 12 weeks of sciatica, pregnant").then(*map(Asked, steps)), pack)
    assert known(told).get("pregnant") == pregnant
    inputs, _ = read_inputs(told.worked.answer, pack)
    assert rederive(inputs, pack).answer == told.worked.answer
    if pregnant is None:
        assert ("pregnant", "taken back: not used") in {(one.id, one.note) for one in told.worked.answer.facts}
