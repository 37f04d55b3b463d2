"""What may be known of a fact: reading it, narrowing it as more is learnt, and saying it."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given

from rootline.errors import InputError
from rootline.logic.units import UNITS
from rootline.logic.values import (
    YES_NO,
    Among,
    Amount,
    Between,
    Choice,
    FactType,
    Value,
    is_exact,
    narrow,
    read_amount,
    read_value,
    say_value,
)
from tests.agreement.strategies import NUMBERS, often, spans

FOOT_DROP = Choice(("none", "partial", "complete"))
DURATION = Amount(UNITS["d"], 0.0, 1000.0)
AGE = Amount(UNITS["a"], 0.0, 120.0)
PAIN = Amount(UNITS["{score}"], 0.0, 10.0)
EGFR = Amount(UNITS["mL/min/{1.73_m2}"], 7.0, 200.0)


def among(*values: str) -> Among:
    return Among(frozenset(values))


def refusal(text: str, type_: FactType) -> InputError:
    with pytest.raises(InputError) as caught:
        read_value(text, type_)
    return caught.value


# --- reading


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("yes", YES_NO, "yes"),
        (" No ", YES_NO, "no"),
        ("Partial", FOOT_DROP, "partial"),
        ("partial or complete", FOOT_DROP, among("partial", "complete")),
        ("partial|complete", FOOT_DROP, among("partial", "complete")),
        ("none, partial, complete", FOOT_DROP, among("none", "partial", "complete")),
        ("61 years", AGE, 61.0),
        ("61", AGE, 61.0),
        ("18 months", AGE, 1.5),
        ("6 weeks", DURATION, 42.0),
        ("6weeks", DURATION, 42.0),
        ("6-8 weeks", DURATION, Between(42.0, 56.0)),
        ("6 to 8  weeks", DURATION, Between(42.0, 56.0)),
        ("3 to 3 days", DURATION, 3.0),
        (">6 weeks", DURATION, Between(42.0, 1000.0, low_open=True)),
        (">= 6 weeks", DURATION, Between(42.0, 1000.0)),
        ("< 6 weeks", DURATION, Between(0.0, 42.0, high_open=True)),
        ("<=6 weeks", DURATION, Between(0.0, 42.0)),
        ("7/10", PAIN, 7.0),
        ("7.5", PAIN, 7.5),
        ("28 mL/min/1.73 m2", EGFR, 28.0),
    ],
)
def test_a_value_is_read_as_a_person_types_it(text: str, type_: FactType, value: Value) -> None:
    assert read_value(text, type_) == value


@pytest.mark.parametrize("text", ["unknown", "Unknown", " ? ", "", "  "])
@pytest.mark.parametrize("type_", [YES_NO, DURATION], ids=["choice", "amount"])
def test_unknown_leaves_the_fact_open(text: str, type_: FactType) -> None:
    assert read_value(text, type_) is None


@pytest.mark.parametrize(
    ("text", "type_", "what", "mend"),
    [
        ("maybe", YES_NO, "`maybe` is not one of its values", "Known here: `no`, `yes`."),
        ("partail", FOOT_DROP, "`partail` is not one of its values", "Did you mean `partial`?"),
        ("partial or compleet", FOOT_DROP, "`compleet` is not one of its values", "Did you mean `complete`?"),
        ("old", AGE, "`old` is not a number", "Write it as `6 years`."),
        ("≥6 weeks", DURATION, "`≥6 weeks` is not a number", "Write it as `6 days`."),
        ("200 years", AGE, "`200 years` is not possible", "It can be 0 years to 120 years."),
        ("-1", PAIN, "`-1` is not possible", "It can be 0 to 10."),
        (">11", PAIN, "`>11` is not possible", "It can be 0 to 10."),
        ("2 to 11", PAIN, "`2 to 11` is not possible", "It can be 0 to 10."),
        ("5 to 3 weeks", DURATION, "`5 to 3 weeks` runs backwards", "Write the smaller number first."),
        ("6 wekes", DURATION, "`wekes` is not a unit known here", "Did you mean `weeks`?"),
        ("6 kg", DURATION, "`6 kg` measures mass, but time is meant", "Write it as `6 days`."),
        ("30 mL/min", EGFR, "`30 mL/min` measures clearance, but normalised clearance is meant", "as `7 mL/min"),
        ("1,5 years", AGE, "`,5 years` is not a unit known here", ""),
        ("٦١ years", AGE, "`٦١ years` is not a number", "Write it as `6 years`."),
        ("６１", AGE, "`６１` is not a number", "Write it as `6 years`."),
        ("6１ years", AGE, "`１ years` is not a unit known here", ""),
        ("²", PAIN, "`²` is not a number", ""),
        (">６ weeks", DURATION, "`>６ weeks` is not a number", "Write it as `6 days`."),
        ("٣ to ٥ weeks", DURATION, "`٣ to ٥ weeks` is not a number", "Write it as `6 days`."),
        ("3 to ٥ weeks", DURATION, "`to ٥ weeks` is not a unit known here", ""),
        ("1 000 days", DURATION, "`000 days` is not a unit known here", ""),
    ],
)  # fmt: skip
def test_what_the_fact_cannot_be_is_refused_with_a_way_to_mend_it(
    text: str, type_: FactType, what: str, mend: str
) -> None:
    error = refusal(text, type_)
    assert error.what == what
    assert mend in error.mend


@pytest.mark.parametrize(("text", "type_"), [("<0 days", DURATION), (">10", PAIN), (">120 years", AGE)])
def test_an_order_that_no_possible_number_meets_is_refused(text: str, type_: FactType) -> None:
    assert "is not possible" in refusal(text, type_).what


@pytest.mark.parametrize(("text", "type_", "value"), [("<=0 days", DURATION, 0.0), (">=10", PAIN, 10.0)])
def test_an_order_that_one_number_alone_meets_is_that_number(text: str, type_: FactType, value: float) -> None:
    assert read_value(text, type_) == value


def test_one_choice_said_twice_is_that_choice() -> None:
    assert read_value("partial or Partial", FOOT_DROP) == "partial"


@pytest.mark.parametrize("text", ["6", "6 weeks", "0.5"])
def test_a_number_read_is_a_float_so_that_it_counts_as_exact(text: str) -> None:
    value = read_value(text, DURATION)
    assert isinstance(value, float)
    assert is_exact(value)


def test_where_a_unit_is_needed_a_bare_number_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_amount("6", DURATION, unit_needed=True)
    assert (caught.value.what, caught.value.mend) == ("`6` has no unit", "Write it as `6 days`.")
    assert read_amount("6", DURATION, unit_needed=False) == 6.0


def test_a_score_needs_no_unit_even_where_others_do() -> None:
    assert read_amount("7", PAIN, unit_needed=True) == 7.0
    assert read_amount("4/5", Amount(UNITS["{MRC}"], 0.0, 5.0), unit_needed=True) == 4.0


def test_an_amount_with_an_order_is_not_a_number() -> None:
    with pytest.raises(InputError, match="`>6 weeks` is not a number"):
        read_amount(">6 weeks", DURATION, unit_needed=True)


# --- narrowing


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("yes", "yes", "yes"),
        ("yes", "no", None),
        ("partial", among("partial", "complete"), "partial"),
        ("none", among("partial", "complete"), None),
        (among("none", "partial"), among("partial", "complete"), "partial"),
        (among("none", "partial"), among("none", "partial"), among("none", "partial")),
        (5.0, 5.0, 5.0),
        (5.0, 6.0, None),
        (5.0, Between(5.0, 7.0), 5.0),
        (5.0, Between(5.0, 7.0, low_open=True), None),
        (7.0, Between(5.0, 7.0, high_open=True), None),
        (Between(1.0, 5.0), Between(5.0, 9.0), 5.0),
        (Between(1.0, 5.0, high_open=True), Between(5.0, 9.0), None),
        (Between(1.0, 5.0), Between(5.0, 9.0, low_open=True), None),
        (Between(1.0, 5.0), Between(6.0, 9.0), None),
        (Between(1.0, 5.0), Between(1.0, 5.0, True, True), Between(1.0, 5.0, True, True)),
        (Between(low=3.0), Between(high=8.0, high_open=True), Between(3.0, 8.0, high_open=True)),
        (Between(), Between(1.0, 2.0, True, False), Between(1.0, 2.0, True, False)),
        ("yes", 5.0, None),
        (among("yes", "no"), Between(), None),
    ],
)
def test_two_statements_on_a_fact_narrow_to_what_both_allow(first: Value, second: Value, both: Value | None) -> None:
    assert narrow(first, second) == both
    assert narrow(second, first) == both


def holds(number: float, value: Value | None) -> bool:
    """Whether a number is one of those the value leaves open, told without `narrow`."""
    if isinstance(value, Between):
        above = value.low < number if value.low_open else value.low <= number
        return above and (number < value.high if value.high_open else number <= value.high)
    return number == value


@often
@given(spans(), spans())
def test_narrowing_two_intervals_keeps_exactly_the_numbers_in_both(first: Between, second: Between) -> None:
    both = narrow(first, second)
    points = [point + step for point in NUMBERS for step in (0.0, 0.25)]
    assert [n for n in points if holds(n, both)] == [n for n in points if holds(n, first) and holds(n, second)]


@often
@given(spans(), spans(), spans())
def test_the_order_in_which_things_are_learnt_does_not_matter(one: Between, two: Between, three: Between) -> None:
    left, right = narrow(one, two), narrow(two, three)
    first = None if left is None else narrow(left, three)
    last = None if right is None else narrow(one, right)
    assert first == last


@pytest.mark.parametrize(
    ("value", "exact"), [("yes", True), (5.0, True), (among("a", "b"), False), (Between(1.0, 2.0), False)]
)
def test_only_one_choice_or_one_number_is_exact(value: Value, exact: bool) -> None:
    assert is_exact(value) is exact


# --- saying


@pytest.mark.parametrize(
    ("value", "type_", "said"),
    [
        ("yes", YES_NO, "yes"),
        (among("complete", "partial"), FOOT_DROP, "partial or complete"),
        (61.0, AGE, "61 years"),
        (42.0, DURATION, "6 weeks"),
        (7.0, PAIN, "7"),
        (Between(42.0, 1000.0, low_open=True), DURATION, "over 6 weeks"),
        (Between(42.0, inf), DURATION, "at least 6 weeks"),
        (Between(0.0, 42.0, high_open=True), DURATION, "under 6 weeks"),
        (Between(-inf, 42.0), DURATION, "at most 6 weeks"),
        (Between(42.0, 56.0), DURATION, "6 weeks to 8 weeks"),
    ],
)
def test_a_value_is_said_as_people_read_it(value: Value, type_: FactType, said: str) -> None:
    assert say_value(value, type_) == said


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("yes", YES_NO), ("partial or complete", FOOT_DROP), ("61 years", AGE), ("10 days", DURATION), ("7", PAIN),
        ("6 weeks", DURATION), ("2 months", DURATION), ("2 years", DURATION), ("12 hours", DURATION),
        ("1 hour", DURATION), ("5 hours", DURATION), ("28 mL/min/1.73 m2", EGFR), (">6 weeks", DURATION),
        (">=6 weeks", DURATION), ("<6 weeks", DURATION), ("<=6 weeks", DURATION), ("6 weeks to 2 months", DURATION),
        ("60 to 69", AGE), ("28 to 30.5 mL/min/1.73m2", EGFR), ("<30", EGFR), ("3-5", PAIN),
    ],
)  # fmt: skip
def test_a_value_said_and_read_again_is_the_same_value(text: str, type_: FactType) -> None:
    value = read_value(text, type_)
    assert value is not None
    again = read_value(say_value(value, type_), type_)
    assert again == (pytest.approx(value) if isinstance(value, float) else value)
