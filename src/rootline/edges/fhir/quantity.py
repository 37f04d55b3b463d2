"""A measured quantity in the unit of the fact it is read for, converted by UCUM. Knows no resource.

A unit that is not known, or that measures something else, is refused: a number without its unit is no value.
"""

from __future__ import annotations

import re

from rootline.edges.fhir.element import Element, Odd, in_one_line, number, text
from rootline.edges.fhir.shown_unit import BARE, contradicts, find_written, is_bare
from rootline.logic.units import Unit, convert
from rootline.logic.values import Amount, Between, Value, narrow

_UCUM = "http://unitsofmeasure.org"
_WRITTEN = re.compile(r"\s*(<=|>=|[<>≤≥])?\s*(\d{1,4}(?:\.\d+)?)\s*([^\d\s].*)?")  # ">60", as laboratories send it
_SIGNS = {"≤": "<=", "≥": ">="}


def read_quantity(element: Element, type_: Amount) -> Value:
    """A Quantity as a value of the fact's type. Raises `Odd` that says why it cannot be one."""
    measured = number(element, "value")
    if measured is None:
        raise Odd("it has no number")
    system, code, unit = (text(element, key) for key in ("system", "code", "unit"))
    if system and system != _UCUM:
        raise Odd("its unit is not in UCUM")
    if code and contradicts(unit, code):
        raise Odd(f"its unit is shown as `{in_one_line(unit)[:20]}` and coded as `{in_one_line(code)[:20]}`")
    return _ordered(_converted(measured, code or unit, type_), text(element, "comparator"), type_)


def read_number(measured: float, type_: Amount) -> Value:
    """A number that stands without a unit. Raises `Odd` where one is needed."""
    return _ordered(_converted(measured, "", type_), "", type_)


def read_written(words: str, bare: Unit | None, type_: Amount) -> Value:
    """A number that stands in words, with its comparator; without a unit it is one of `bare`. Raises `Odd`."""
    found = _WRITTEN.fullmatch(in_one_line(words))
    if found is None:
        raise Odd("it has no number")
    sign, written, said = (part or "" for part in found.groups())
    unit = said or (bare.code if bare else "")
    return _ordered(_converted(float(written), unit, type_), _SIGNS.get(sign, sign), type_)


def _converted(measured: float, said: str, type_: Amount) -> float:
    if type_.unit.dimension in BARE and is_bare(said):
        return measured
    unit = find_written(said)
    if unit is None:
        raise Odd("its unit is missing" if not said else f"its unit `{in_one_line(said)[:20]}` is not known here")
    if unit.dimension != type_.unit.dimension:
        raise Odd(f"it measures {unit.dimension}, and {type_.unit.dimension} is meant")
    return round(convert(measured, unit, type_.unit), 6)


def _ordered(measured: float, comparator: str, type_: Amount) -> Value:
    if not type_.low <= measured <= type_.high:
        raise Odd("no living person can have this value")
    if not comparator:
        return measured
    if comparator not in ("<", "<=", ">", ">="):
        raise Odd("its comparator is not known here")
    strict, above = len(comparator) == 1, comparator[0] == ">"
    ends = (measured, type_.high) if above else (type_.low, measured)
    value = narrow(Between(*ends, strict and above, strict and not above), Between(type_.low, type_.high))
    if value is None:
        raise Odd("no living person can have this value")
    return value
