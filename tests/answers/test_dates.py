"""Dates: what is due after the onset carries its date when the day of onset is known, and none otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from rootline.answers.ask import ask
from rootline.answers.case import given_onset, read_given
from rootline.answers.conversation import Conversation, reply, with_onset
from rootline.answers.render_markdown import to_markdown
from rootline.answers.verify.rederive import read_inputs, rederive
from rootline.errors import InputError

QUESTION = "Sciatica. When should I be seen again?"
ONSET, TODAY = date(2026, 11, 1), date(2026, 11, 21)


def due(answer):
    return {
        one.id: [(when.after, when.date) for when in one.due]
        for section in answer.sections
        for one in section.statements
        if one.due
    }


def test_with_a_day_of_onset_every_time_has_its_date(pack):
    answer = ask(QUESTION, pack, given=[given_onset(ONSET, TODAY, pack)], onset=ONSET)
    assert due(answer)["review-dates"] == [
        ("within 2 weeks", "2026-12-05"),
        ("4 weeks", "2026-11-29"),
        ("6 weeks", "2026-12-13"),
        ("12 weeks", "2027-01-24"),
    ]
    assert "6 weeks: 2026-12-13" in to_markdown(answer)
    assert {fact.id: fact.value for fact in answer.facts}["symptom_duration"] == "20 days"


def test_without_a_day_of_onset_no_date_is_made_up(pack):
    answer = ask(QUESTION, pack)
    assert due(answer)["review-dates"] == [("within 2 weeks", ""), ("4 weeks", ""), ("6 weeks", ""), ("12 weeks", "")]
    assert "2026-12" not in to_markdown(answer)


def test_a_leap_year_is_counted_in_days(pack):
    onset = date(2028, 2, 20)
    answer = ask(QUESTION, pack, given=[given_onset(onset, date(2028, 2, 22), pack)], onset=onset)
    assert due(answer)["review-dates"][:2] == [("within 2 weeks", "2028-03-07"), ("4 weeks", "2028-03-19")]


def test_an_onset_after_today_is_refused(pack):
    with pytest.raises(InputError, match="lies after"):
        given_onset(date(2026, 12, 1), TODAY, pack)


@pytest.mark.parametrize(
    ("duration", "said", "not_said"),
    [
        ("1 day", {"stay-active", "no-early-imaging"}, {"twelve-weeks", "mri-after-6-weeks", "one-year-review"}),
        ("2 weeks", {"stay-active", "no-early-imaging", "review-dates"}, {"twelve-weeks", "mri-after-6-weeks"}),
        ("41 days", {"no-early-imaging"}, {"mri-after-6-weeks", "twelve-weeks"}),
        ("6 weeks", {"mri-after-6-weeks", "refer-if-not-settling"}, {"no-early-imaging", "twelve-weeks"}),
        ("12 weeks", {"mri-after-6-weeks", "twelve-weeks"}, {"no-early-imaging", "one-year-review"}),
        ("1 year", {"twelve-weeks", "one-year-review"}, {"no-early-imaging"}),
    ],
)
def test_each_time_has_its_own_advice(pack, duration, said, not_said):
    from rootline.logic.values import read_value
    from rootline.packs.run import run

    days = read_value(duration, pack.facts["symptom_duration"].type)
    status = {one.advice.id: one.status for one in run(pack, {"symptom_duration": days}).advised}
    assert {id_ for id_ in said if status[id_] == "does not apply"} == set()
    assert {id_ for id_ in not_said if status[id_] != "does not apply"} == set()


def test_a_day_of_onset_in_the_words_is_the_onset_and_the_answer_says_what_it_was_counted_to(pack):
    answer = ask("Sciatica since 1 November 2026. When should I come back?", pack, today=TODAY)
    assert (answer.onset, answer.read_on, answer.days_since_onset) == ("2026-11-01", "2026-11-21", 20)
    assert due(answer)["review-dates"][:2] == [("within 2 weeks", "2026-12-05"), ("4 weeks", "2026-11-29")]
    assert answer.not_understood == []
    inputs, unreadable = read_inputs(answer, pack)
    assert (rederive(inputs, pack).answer, unreadable) == (answer, [])


def test_words_without_a_date_do_not_depend_on_the_day(pack):
    assert ask(QUESTION, pack, today=TODAY) == ask(QUESTION, pack)


def test_a_duration_given_beside_the_words_overrules_the_day_in_them(pack):
    answer = ask(
        "sciatica since 1 November 2026", pack, given=[read_given("symptom_duration=3 days", pack)], today=TODAY
    )
    assert answer.onset == ""


def test_a_case_that_is_kept_keeps_the_day_named_in_its_words(pack):
    asked = Conversation("sciatica since last Monday")
    assert with_onset(asked, pack, TODAY).onset == date(2026, 11, 16)
    assert reply(asked, pack, TODAY).worked.answer.onset == "2026-11-16"
