"""Units: every spelling is found, conversions are exact, and a length of time is said so that it can be read back."""

from __future__ import annotations

import pytest

from rootline.logic.units import UNITS, convert, find_unit, say, say_shortest, unit_hint

TIMES = ("h", "d", "wk", "mo", "a")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hour", "h"), ("hrs", "h"), ("days", "d"), ("Weeks", "wk"), ("wks", "wk"), ("month", "mo"), ("yrs", "a"),
        ("years", "a"), ("kgs", "kg"), ("pounds", "[lb_av]"), ("ml", "mL"), ("ML/min", "mL/min"),
        ("mL/min/1.73 m2", "mL/min/{1.73_m2}"), ("ml/min/1.73m^2", "mL/min/{1.73_m2}"),
        ("mL/min/1.73m*2", "mL/min/{1.73_m2}"), ("/5", "{MRC}"), ("/ 10", "{score}"), ("points", "{score}"),
        ("mg", "mg"),
    ],
)  # fmt: skip
def test_what_people_write_is_found(text: str, code: str) -> None:
    unit = find_unit(text)
    assert unit is not None
    assert unit.code == code


@pytest.mark.parametrize("code", UNITS)
def test_every_unit_is_found_by_its_code_and_by_the_words_it_is_said_in(code: str) -> None:
    unit = UNITS[code]
    assert unit.code == code
    for text in {unit.code, unit.one or unit.code, unit.many or unit.code}:
        assert find_unit(text) is unit, text


@pytest.mark.parametrize("text", ["", "fortnight", "wk wk", "weks", "m"])
def test_what_is_no_unit_is_not_guessed(text: str) -> None:
    assert find_unit(text) is None


def test_a_misspelt_unit_is_answered_with_the_nearest() -> None:
    assert unit_hint("weaks") == "Did you mean `weeks`?"
    assert unit_hint("MONHTS") == "Did you mean `months`?"


def test_a_word_near_no_unit_gets_no_misleading_hint() -> None:
    assert unit_hint("banana") == ""


@pytest.mark.parametrize(
    ("number", "unit", "to", "expected"),
    [
        (6, "wk", "d", 42.0), (1, "mo", "d", 30.4375), (1, "a", "d", 365.25), (12, "mo", "a", 1.0), (48, "h", "d", 2.0),
        (14, "d", "wk", 2.0), (100, "[lb_av]", "kg", 45.359237), (0, "wk", "h", 0.0),
    ],
)  # fmt: skip
def test_conversions_are_those_of_ucum(number: float, unit: str, to: str, expected: float) -> None:
    assert convert(number, UNITS[unit], UNITS[to]) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("code", TIMES)
def test_whole_numbers_survive_the_way_to_days_and_back(code: str) -> None:
    unit, days = UNITS[code], UNITS["d"]
    assert [n for n in range(500) if convert(convert(n, unit, days), days, unit) != pytest.approx(n, rel=1e-15)] == []


@pytest.mark.parametrize(("many", "unit", "one"), [(24, "h", "d"), (7, "d", "wk"), (12, "mo", "a")])
def test_the_same_time_in_two_units_is_the_same_number_of_days(many: int, unit: str, one: str) -> None:
    # an off-by-a-hair here would put "72 hours" on the other side of "3 days"
    days = UNITS["d"]
    assert [n for n in range(1, 150) if convert(n * many, UNITS[unit], days) != convert(n, UNITS[one], days)] == []


def test_a_number_already_in_the_unit_is_left_alone() -> None:
    assert convert(0.1 + 0.2, UNITS["mg"], UNITS["mg"]) == 0.1 + 0.2


def test_converting_between_different_measures_says_which() -> None:
    with pytest.raises(ValueError, match="kg measures mass, d measures time"):
        convert(1, UNITS["kg"], UNITS["d"])


def test_normalised_clearance_is_never_taken_for_plain_clearance() -> None:
    with pytest.raises(ValueError, match="measures normalised clearance, mL/min measures clearance"):
        convert(30, UNITS["mL/min/{1.73_m2}"], UNITS["mL/min"])


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (6, "wk", "6 weeks"), (1, "wk", "1 week"), (0, "d", "0 days"), (2.5, "mo", "2.5 months"), (3, "{MRC}", "3"),
        (1, "{score}", "1"), (30, "mL/min/{1.73_m2}", "30 mL/min/1.73 m2"), (70, "kg", "70 kg"),
    ],
)  # fmt: skip
def test_a_quantity_is_said_with_one_or_many(number: float, code: str, said: str) -> None:
    assert say(number, UNITS[code]) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (42, "6 weeks"), (10, "10 days"), (7, "1 week"), (1, "1 day"), (0, "0 days"), (365.25, "1 year"),
        (30.4375, "1 month"), (547.875, "18 months"), (731, "731 days"), (1.5, "36 hours"),
    ],
)  # fmt: skip
def test_a_time_is_said_in_the_largest_unit_that_needs_no_fraction(days: float, said: str) -> None:
    assert say_shortest(days) == said


@pytest.mark.parametrize("hours", [1, 2, 6, 12, 36])
def test_hours_are_not_rounded_away(hours: int) -> None:
    days = convert(hours, UNITS["h"], UNITS["d"])
    number, word = say_shortest(days).split()
    unit = find_unit(word)
    assert unit is not None
    assert convert(float(number), unit, UNITS["d"]) == pytest.approx(days)
