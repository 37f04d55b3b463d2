"""What is due when: nothing is put off that must be done today, and a calendar is offered only for days to come."""

from __future__ import annotations

from datetime import date

import pytest

from rootline.answers.ask import ask
from rootline.answers.conversation import Asked, Conversation, reply
from rootline.answers.due import is_something_to_come

EMERGENCY = "45-year-old, sciatica for 3 days, numb between the legs and cannot pee"


def due(answer):
    return {one.id for part in answer.sections for one in part.statements if one.due}


@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_the_scan_of_an_emergency_is_not_due_in_six_weeks(pack, audience):
    assert "mri-after-6-weeks" in due(ask("sciatica for 8 weeks, told in depth", pack, audience))
    assert "mri-after-6-weeks" not in due(ask(EMERGENCY, pack, audience))


def times(answer, id_):
    return [one.after for part in answer.sections for said in part.statements if said.id == id_ for one in said.due]


@pytest.mark.parametrize(
    ("lasted", "expected"),
    [
        ("10 days", ["within 2 weeks", "4 weeks", "6 weeks", "12 weeks"]),
        ("5 weeks", ["within 2 weeks", "6 weeks", "12 weeks"]),
        ("6 weeks", ["within 2 weeks", "6 weeks", "12 weeks"]),
        ("8 weeks", ["within 2 weeks", "12 weeks"]),
        ("13 weeks", ["within 2 weeks"]),
    ],
)
def test_a_review_that_has_passed_gives_way_to_the_next(pack, lasted, expected):
    assert times(ask(f"sciatica for {lasted}, no red flags", pack), "review-dates") == expected


def test_what_has_no_time_left_is_due_now(pack):
    assert times(ask("sciatica for 3 years, told in depth", pack), "one-year-review") == ["due now"]
    assert times(ask("sciatica for 5 weeks, no red flags", pack), "no-early-imaging") == ["6 weeks"]


def test_only_the_line_that_sets_the_urgency_sets_a_limit(pack):
    assert times(ask("sciatica for 8 weeks, no red flags, weak big toe", pack), "soon-assess") == ["within 2 weeks"]
    assert times(ask("sciatica for 8 weeks, foot drop since yesterday", pack), "soon-assess") == []
    assert times(ask("sciatica", pack), "soon-assess") == [], "nobody knows yet"


def test_a_calendar_is_offered_whenever_something_lies_ahead(pack):
    for question in ("sciatica for 10 days", "sciatica for 3 years", "sciatica", "sciatica for over 6 weeks"):
        assert is_something_to_come(ask(question, pack)), question
    assert not is_something_to_come(ask(EMERGENCY, pack))
    assert not is_something_to_come(ask("How do I treat a migraine?", pack))


def test_a_child_is_told_first_whom_the_guide_is_for(pack):
    answer = ask("8-year-old boy with leg pain for 2 weeks", pack, "patient")
    assert answer.outcome == "partly" and "for adults" in answer.reason
    assert "under 18: see a specialist soon" in answer.bottom_line.text.lower()
    assert "keep active" not in answer.bottom_line.text


def test_what_has_surely_passed_gives_way_also_where_only_a_range_is_known(pack):
    answer = ask("Sciatica since 2019, 45 years old", pack, today=date(2026, 11, 21))
    assert times(answer, "review-dates") == ["within 2 weeks"]


def test_a_plan_that_is_only_supposed_has_no_appointments(pack):
    said = Conversation("Sciatica for 3 weeks, 45 years old")
    assert is_something_to_come(reply(said, pack).worked.answer)
    supposed = said.then(Asked("after six weeks without improvement?"))
    assert not is_something_to_come(reply(supposed, pack).worked.answer)
