"""What may be known of a fact: its type, and a value that may be exact or only partly known.

Exact: a choice (`str`) or a number (`float`, in the fact's unit). Partly known: some of the choices
(`Among`, "a foot drop, of unknown degree") or an interval (`Between`, "over six weeks"). More knowledge
narrows; it never contradicts. Nothing here knows where a value came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf
from typing import Union

from rootline.errors import InputError, nearest
from rootline.logic.units import UNITS, Unit, convert, find_unit, say, say_shortest, unit_hint


@dataclass(frozen=True)
class Choice:
    """A fact that is one of a few named values. Yes/no is a choice too."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Amount:
    """A fact that is a number, in one unit, within bounds that a living person can have."""

    unit: Unit
    low: float
    high: float


FactType = Union[Choice, Amount]
YES_NO = Choice(("yes", "no"))


@dataclass(frozen=True)
class Among:
    """One of these values, it is not known which."""

    values: frozenset[str]


@dataclass(frozen=True)
class Between:
    """A number in an interval; an open end does not belong to it."""

    low: float = -inf
    high: float = inf
    low_open: bool = False
    high_open: bool = False


Value = Union[str, float, Among, Between]


def is_exact(value: Value) -> bool:
    """Whether nothing is left to learn about the value."""
    return isinstance(value, (str, float))


def narrow(first: Value, second: Value) -> Value | None:
    """What is known when both are true, or None when they contradict each other."""
    if isinstance(first, (str, Among)) and isinstance(second, (str, Among)):
        return _choice_among(_choices(first) & _choices(second))
    if isinstance(first, (float, Between)) and isinstance(second, (float, Between)):
        return _number_between(_interval(first), _interval(second))
    return None


def _choices(value: str | Among) -> frozenset[str]:
    return value.values if isinstance(value, Among) else frozenset([value])


def _choice_among(values: frozenset[str]) -> Value | None:
    if not values:
        return None
    return next(iter(values)) if len(values) == 1 else Among(values)


def _interval(value: float | Between) -> Between:
    return value if isinstance(value, Between) else Between(value, value)


def _number_between(first: Between, second: Between) -> Value | None:
    low = max((first.low, first.low_open), (second.low, second.low_open))
    high = min((first.high, not first.high_open), (second.high, not second.high_open))
    low_open, high_open = low[1], not high[1]
    if low[0] > high[0] or (low[0] == high[0] and (low_open or high_open)):
        return None
    return low[0] if low[0] == high[0] else Between(low[0], high[0], low_open, high_open)


_ORDERS = {"at most": "<=", "at least": ">=", "under": "<", "over": ">"}  # as `say_value` says them
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"  # no other script's digits: what is typed is read in one way or refused
_QUANTITY = re.compile(
    rf"^\s*(?P<order><=|>=|<|>|{'|'.join(_ORDERS)})?\s*(?P<number>-?{_NUMBER})\s*(?P<unit>[^0-9].*)?$"
)
_SPAN = re.compile(
    rf"^(?P<low>-?{_NUMBER})(?:\s*(?P<low_unit>[^\s0-9-].*?))?\s*(?:-|to)\s*"
    rf"(?P<high>{_NUMBER})\s*(?P<high_unit>[^0-9].*)?$"
)


def read_amount(text: str, type_: Amount, *, unit_needed: bool) -> float:
    """A number with its unit, in the fact's unit. Raises `InputError` that says how to mend it."""
    match = _QUANTITY.match(text)
    if not match or match["order"]:
        raise InputError(f"`{text}` is not a number", mend=f"Write it as `{_example(type_)}`.")
    return _in_range(_to_unit(float(match["number"]), match["unit"], type_, unit_needed, text), type_, text)


def _to_unit(number: float, unit_text: str | None, type_: Amount, unit_needed: bool, text: str) -> float:
    if not unit_text or not unit_text.strip():
        if unit_needed and type_.unit.dimension not in ("score", "power"):
            raise InputError(f"`{text}` has no unit", mend=f"Write it as `{say(number, type_.unit)}`.")
        return number
    unit = find_unit(unit_text.strip())
    if unit is None:
        raise InputError(f"`{unit_text.strip()}` is not a unit known here", mend=unit_hint(unit_text.strip()))
    if unit.dimension != type_.unit.dimension:
        raise InputError(
            f"`{text}` measures {unit.dimension}, but {type_.unit.dimension} is meant",
            mend=f"Write it as `{_example(type_)}`.",
        )
    return convert(number, unit, type_.unit)


def _in_range(number: float, type_: Amount, text: str) -> float:
    if not type_.low <= number <= type_.high:
        raise _impossible(text, type_)
    return number


def _impossible(text: str, type_: Amount) -> InputError:
    bounds = f"{say(type_.low, type_.unit)} to {say(type_.high, type_.unit)}"
    return InputError(f"`{text}` is not possible", mend=f"It can be {bounds}.")


def _example(type_: Amount) -> str:
    middle = 6.0 if type_.low <= 6 <= type_.high else type_.low
    return say(middle, type_.unit)


def read_value(text: str, type_: FactType) -> Value | None:
    """A value as a person types it: `yes`, `partial or complete`, `61 years`, `>6 weeks`, `unknown`,
    or as `say_value` says it: `over 6 weeks`, `6 weeks to 2 months`.

    Returns None for `unknown`. Raises `InputError` for anything the fact cannot be.
    """
    bare = " ".join(text.split())
    if bare.lower() in ("unknown", "?", ""):
        return None
    return _read_choice(bare, type_) if isinstance(type_, Choice) else _read_number(bare, type_)


def _read_choice(text: str, type_: Choice) -> Value:
    values = []
    for part in re.split(r"\s+or\s+|\||,\s*", text):
        match = next((value for value in type_.values if value.lower() == part.strip().lower()), None)
        if match is None:
            raise InputError(
                f"`{part}` is not one of its values",
                mend=nearest(part, type_.values) or "It can be " + ", ".join(type_.values) + ".",
            )
        values.append(match)
    return values[0] if len(set(values)) == 1 else Among(frozenset(values))


def _read_number(text: str, type_: Amount) -> Value:
    if span := _SPAN.match(text):
        units = {"low": span["low_unit"] or span["high_unit"], "high": span["high_unit"]}
        ends = [_to_unit(float(span[end]), unit, type_, False, text) for end, unit in units.items()]
        low, high = (_in_range(end, type_, text) for end in ends)
        if low > high:
            raise InputError(f"`{text}` runs backwards", mend="Write the smaller number first.")
        return low if low == high else Between(low, high)
    match = _QUANTITY.match(text)
    if match and match["order"]:
        number = _in_range(_to_unit(float(match["number"]), match["unit"], type_, False, text), type_, text)
        order = _ORDERS.get(match["order"], match["order"])
        above, strict = order.startswith(">"), len(order) == 1
        low, high = (number, type_.high) if above else (type_.low, number)
        value = narrow(Between(low, high, strict and above, strict and not above), Between(type_.low, type_.high))
        if value is None:
            raise _impossible(text, type_)
        return value
    return read_amount(text, type_, unit_needed=False)


def say_value(value: Value, type_: FactType) -> str:
    """A value as people read it, in the fact's unit."""
    if isinstance(value, str):
        return value
    if isinstance(value, Among):
        order = type_.values if isinstance(type_, Choice) else sorted(value.values)
        return " or ".join(choice for choice in order if choice in value.values)
    assert isinstance(type_, Amount)
    if isinstance(value, float):
        return _say_number(value, type_)
    if value.high >= type_.high:
        return ("over " if value.low_open else "at least ") + _say_number(value.low, type_)
    if value.low <= type_.low:
        return ("under " if value.high_open else "at most ") + _say_number(value.high, type_)
    return f"{_say_number(value.low, type_)} to {_say_number(value.high, type_)}"


def write_value(value: Value, type_: FactType) -> str:
    """A value as a person would type it: `read_value` reads the same value back."""
    if isinstance(value, (str, Among)) or isinstance(type_, Choice):
        return say_value(value, type_)
    if isinstance(value, float):
        return say(value, type_.unit)
    if value.high >= type_.high:
        return f"{'>' if value.low_open else '>='}{say(value.low, type_.unit)}"
    if value.low <= type_.low:
        return f"{'<' if value.high_open else '<='}{say(value.high, type_.unit)}"
    return f"{value.low:g}-{say(value.high, type_.unit)}"


def _say_number(number: float, type_: Amount) -> str:
    return say_shortest(number) if type_.unit is UNITS["d"] else say(number, type_.unit)
