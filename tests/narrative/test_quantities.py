"""Ages and lengths of time: what is said, how exactly, and what only looks like one."""

from __future__ import annotations

from math import inf

import pytest

from rootline.logic.values import Between, Value
from rootline.narrative.quantities import find_ages, find_lengths
from rootline.narrative.tokens import tokenise
from rootline.narrative.triggers import triggers


def _ages(text: str) -> list[Value]:
    return [one.value for one in find_ages(tokenise(text), triggers().time)]


def _lengths(text: str) -> list[Value]:
    return [one.value for one in find_lengths(tokenise(text), triggers().time, set())]


@pytest.mark.parametrize(
    "text",
    [
        "61-year-old woman", "61 year old", "61 years old", "aged 61", "age 61", "61F", "61 M", "61 yo", "61 y/o",
        "61 years of age", "I'm 61", "I am 61 and ill", "she is 61.", "fever, 61F", "age: 61", "Age = 61", "61 yr old",
    ],
)  # fmt: skip
def test_an_age_is_heard_however_it_is_written(text: str) -> None:
    assert _ages(text) == [61.0]


@pytest.mark.parametrize("text", ["in her 60s", "in his 60s", "in my 60s"])
def test_an_age_by_decade_is_an_interval(text: str) -> None:
    assert _ages(text) == [Between(60.0, 70.0, high_open=True)]


@pytest.mark.parametrize(
    "text",
    [
        "leg pain for 6 weeks",
        "6/52",
        "power 4/5",
        "I am 3 weeks into it",
        "aged 6 weeks",
        "take 61",
        "room 61",
        "fever 102 F",
        "temp of 101F",
        "temperature 102 F",
    ],
)
def test_other_numbers_are_no_age(text: str) -> None:
    assert _ages(text) == []


@pytest.mark.parametrize("text", ["6 week old foot drop", "a 3-week-old injury", "her 6-week-old symptoms"])
def test_the_age_of_a_symptom_is_not_the_patient_s(text: str) -> None:
    assert _ages(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("for 10 days", 10.0),
        ("for ten days", 10.0),
        ("10 days ago", 10.0),
        ("x 10d", 10.0),
        ("10 day history", 10.0),
        ("6/52", 42.0),
        ("3/7", 3.0),
        ("2/12", 60.875),
        ("for a week", 7.0),
        ("for 1.5 weeks", 10.5),
        ("48 hours ago", 2.0),
        ("since yesterday", 1.0),
        ("since this morning", 0.0),
        ("for a year", 365.25),
    ],
)
def test_an_exact_length_is_counted_in_days(text: str, days: float) -> None:
    assert _lengths(text) == [pytest.approx(days)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for a few weeks", Between(14.0, 41.0)),
        ("for several months", Between(90.0, 365.0)),
        ("for over 6 weeks", Between(42.0, inf, low_open=True)),
        ("for more than 6 weeks", Between(42.0, inf, low_open=True)),
        ("for at least 6 weeks", Between(42.0, inf)),
        ("for less than 6 weeks", Between(0.0, 42.0, high_open=True)),
        ("> 6 weeks", Between(42.0, inf, low_open=True)),
        ("for years", Between(730.0, 36525.0)),
    ],
)
def test_a_vague_length_is_an_interval(text: str, value: Between) -> None:
    assert _lengths(text) == [value]


@pytest.mark.parametrize("text", ["for 6-8 weeks", "for 6 to 8 weeks", "for six to eight weeks", "6 – 8 weeks"])
def test_a_range_is_one_length_and_not_two(text: str) -> None:
    assert _lengths(text) == [Between(42.0, 56.0)]


@pytest.mark.parametrize(
    "text", ["review in 2 weeks", "return in 3 days", "every 2 hours", "within 2 weeks", "another 6 weeks", "L4/5"]
)
def test_plans_intervals_and_discs_are_no_length(text: str) -> None:
    assert _lengths(text) == []


def test_tokens_already_taken_give_no_length() -> None:
    tokens = tokenise("for 10 days")
    assert list(find_lengths(tokens, triggers().time, set(range(len(tokens))))) == []


@pytest.mark.parametrize("text", ["² weeks", "aged ²", "in her ²s", "① days ago", "½ week"])
def test_superscripts_and_fractions_do_not_break_the_count(text: str) -> None:
    assert all(isinstance(value, (float, Between)) for value in _ages(text) + _lengths(text))


def test_a_length_stands_on_its_words() -> None:
    text = "pain for 10 days now"
    tokens = tokenise(text)
    (length,) = find_lengths(tokens, triggers().time, set())
    assert text[tokens[length.start].start : tokens[length.end - 1].end] == "10 days"
