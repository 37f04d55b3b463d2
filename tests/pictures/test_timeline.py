"""The timeline shows everything that is due, when, and under which condition; and how urgent today is."""

from __future__ import annotations

from datetime import date

import pytest

from rootline.answers.ask import ask
from rootline.answers.audience import VOICE
from rootline.answers.case import given_onset, read_given
from rootline.answers.phrases import LEVEL
from rootline.pictures.timeline import ONSET, TODAY, timeline
from tests.pictures.looking import SVG, check_legible, described, read, seen
from tests.pictures.test_svg import HOSTILE

DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def dated(pack):
    today = date(2026, 11, 21)
    return ask("sciatica, no red flags", pack, given=[given_onset(DAY, today, pack)], onset=DAY)


def due(answer):
    return [(one, due) for section in answer.sections for one in section.statements for due in one.due]


def test_all_that_is_due_is_shown_with_its_condition(answer):
    svg = timeline(answer)
    check_legible(svg)
    for text in (seen(svg), described(svg)):
        for one, when in due(answer):
            assert (
                (when.is_now or when.after in text.lower()) and one.text.rstrip(".") in text and one.condition in text
            )
            assert all(action.name.lower() in text.lower() for action in one.actions)
        assert LEVEL[answer.urgency.could_be[0]].to(VOICE[answer.audience]) in text
    assert timeline(answer) == svg


@pytest.mark.parametrize(
    ("story", "level", "line"),
    [
        ("left sciatica, cannot lift foot since yesterday", "urgent", "urgent-weakness"),
        ("sciatica, numb bottom", "emergency", "emergency-cauda-equina"),
    ],
)
@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_what_must_not_wait_stands_at_today_alone(pack, story, level, line, audience):
    answer = ask(story, pack, audience)
    svg = timeline(answer)
    check_legible(svg)
    now = next(one.advice.say.to(VOICE[audience]) for one in pack.urgency if one.advice.id == line)
    for text in (seen(svg), described(svg)):
        assert LEVEL[level].to(VOICE[audience]) in text and now.rstrip(".") in text
    assert "12 weeks" not in seen(svg)


def test_what_is_only_possible_is_not_drawn_as_what_must_be_done(general):
    assert general.urgency.at_least == "routine"
    assert "cauda equina" not in seen(timeline(general))


def test_the_decision_at_12_weeks_is_on_the_line(pack):
    text = seen(timeline(ask("45-year-old, sciatica for 3 weeks, no red flags", pack)))
    places = [text.index(mark) for mark in (TODAY.clinician, "Within 2 weeks", "6 weeks after", "12 weeks after")]
    assert places == sorted(places)
    assert "12 weeks after" not in seen(timeline(ask("45-year-old, sciatica for 20 weeks, no red flags", pack)))


def test_the_general_answer_has_something_due(pack):
    assert due(ask(pack.questions[0].text, pack))


def test_dates_are_shown_where_the_onset_is_known(dated):
    text = seen(timeline(dated))
    assert {when.date for _, when in due(dated)} and all(when.date in text for _, when in due(dated))
    assert f"{ONSET.clinician} 2026-11-01" in text and "20 days after the first symptom" in text


def test_today_stands_between_the_first_symptom_and_what_is_to_come(dated):
    text = seen(timeline(dated))
    assert text.index(ONSET.clinician) < text.index(TODAY.clinician) < text.index("Within 2 weeks")
    assert "from today, 2026-12-05" in text and "2026-11-15" not in text, "nothing is due on a day that has passed"
    assert text.index("2026-11-29") < text.index("2026-12-05") < text.index("2026-12-13"), "in the order of time"


def test_the_limit_of_the_urgency_is_a_point_on_the_line(pack):
    answer = ask("45-year-old, sciatica for 8 weeks, no red flags, weak big toe", pack)
    assert answer.urgency.at_least == "soon"
    text = seen(timeline(answer))
    assert text.index(TODAY.clinician) < text.index("Within 2 weeks from today") < text.index("Neurological exam")


def test_what_should_have_been_done_already_is_due_now(pack):
    answer = ask("sciatica for 8 weeks, no red flags, not improving, told in depth", pack)
    now = [one.id for one, when in due(answer) if when.is_now]
    assert "mri-after-6-weeks" in now and "review-dates" not in now
    text = seen(timeline(answer))
    assert text.index(TODAY.clinician) < text.index("MRI") < text.index("Within 2 weeks")
    assert "already past" not in text


def test_what_counts_from_today_needs_no_onset_and_what_counts_from_the_onset_is_set_apart(general):
    assert general.days_since_onset is None
    svg = timeline(general)
    lines = [one for one in read(svg).iter(f"{SVG}line") if one.get("x1") == one.get("x2") == "14"]
    broken = [bool(one.get("stroke-dasharray")) for one in lines]
    assert broken == sorted(broken) and broken[-1] and not broken[0]
    assert seen(svg).startswith(TODAY.clinician) and ONSET.clinician not in seen(svg)


def test_today_never_stands_before_the_first_symptom(pack):
    given = [given_onset(DAY, date(2026, 11, 21), pack), read_given("symptom_duration=unknown", pack)]
    text = seen(timeline(ask("sciatica, no red flags", pack, given=given, onset=DAY)))
    assert text.startswith(TODAY.clinician) and ONSET.clinician not in text


def test_hostile_words_stay_words(general):
    sections = [
        one.model_copy(update={"statements": [two.model_copy(update={"text": HOSTILE}) for two in one.statements]})
        for one in general.sections
    ]
    assert "<script" not in timeline(general.model_copy(update={"sections": sections}))


def test_nothing_due_nothing_drawn(general, refused):
    assert timeline(refused) == ""
    assert timeline(general.model_copy(update={"sections": []})) == ""
