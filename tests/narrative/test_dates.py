"""Days named as a beginning: counted to the day that is given, and not guessed where they could be two."""

from __future__ import annotations

from datetime import date

import pytest

from rootline.logic.values import Between
from rootline.narrative.dates import find_dates
from rootline.narrative.read import read_narrative
from rootline.narrative.tokens import tokenise
from rootline.narrative.triggers import triggers
from rootline.narrative.unread import unread

TODAY = date(2026, 11, 21)  # a Saturday


def _days(text, today=TODAY):
    return [one.value for one in find_dates(text, tokenise(text), triggers().time, today)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("since 1 November 2026", 20),
        ("since the 1st of November", 20),
        ("since Nov 1, 2026", 20),
        ("started on 31.10.2026", 21),
        ("began 31/10/26", 21),
        ("onset: 2026-10-31", 21),
        ("since 05/05/2026", 200),
        ("since 25 December", 331),
        ("since last Monday", 5),
        ("started on Friday", 1),
        ("since last Saturday", 7),
        ("since October 2026", Between(21.0, 51.0)),
        ("since November", Between(0.0, 20.0)),
        ("since 2025", Between(325.0, 689.0)),
        ("since last month", Between(21.0, 51.0)),
        ("started this month", Between(0.0, 20.0)),
        ("since last year", Between(325.0, 689.0)),
        ("since Christmas", 331),
        ("since last Christmas", 331),
        ("since New Year's Day", 324),
    ],
)
def test_a_day_that_something_began_on_is_a_length_of_time(text, days):
    assert _days(text) == [days]


@pytest.mark.parametrize(
    "text",
    [
        "since 03/04/2026",  # 3 April or March 4
        "since 31.11.2026",  # no such day
        "since 1 December 2026",  # ahead
        "since Saturday",  # today, or a week ago
        "since Monday last week",
        "since early last month",
        "since the summer",  # whose, is not said: the seasons differ by hemisphere
        "MRI on 31.10.2026",
        "it started maybe 3 weeks ago",
        "it started may be 3 weeks ago",
        "L4/5 since 4/5",
    ],
)
def test_what_could_be_two_days_or_is_no_beginning_is_not_guessed(text):
    assert _days(text) == []


@pytest.mark.parametrize(
    ("text", "fact", "days"),
    [
        ("sciatica since 1 November 2026", "symptom_duration", 20.0),
        ("sciatica, started on 31.10.2026", "symptom_duration", 21.0),
        ("sciatica since last Monday.", "symptom_duration", 5.0),
        ("foot drop since 19 November 2026, sciatica for 3 weeks", "weakness_duration", 2.0),
    ],
)
def test_it_belongs_to_what_it_stands_beside_and_is_told_only_without_a_day_to_count_to(pack, text, fact, days):
    read, undated = read_narrative(text, pack, TODAY), read_narrative(text, pack)
    assert (read.values[fact], read.read_on, unread(read, pack)) == (days, TODAY, ())
    assert fact not in undated.values
    assert (undated.read_on, len(unread(undated, pack))) == (None, 1)


def test_the_onset_is_a_day_only_where_it_is_named_as_one(pack):
    assert read_narrative("sciatica since 1 November 2026", pack, TODAY).onset == date(2026, 11, 1)
    assert read_narrative("sciatica since October 2026", pack, TODAY).onset is None
    assert read_narrative("sciatica for 20 days, foot drop since 19 November", pack, TODAY).onset is None
    assert read_narrative("sciatica for 20 days", pack, TODAY).read_on is None


def test_last_month_in_january_is_last_december():
    assert _days("since last month", date(2027, 1, 10)) == [Between(10.0, 40.0)]


@pytest.mark.parametrize("text", ["sciatica since early last month", "sciatica since the end of last year"])
def test_a_time_that_is_not_read_is_told(pack, text):
    assert unread(read_narrative(text, pack, TODAY), pack) == (text.removeprefix("sciatica "),)


def test_a_date_that_could_be_two_is_told(pack):
    assert unread(read_narrative("sciatica since 03/04/2026", pack, TODAY), pack) == ("since 03/04/2026",)
