"""The units Rootline accepts, by their UCUM code, and how they convert. Exact factors only.

A month is 30.4375 days and a year 365.25 days, as UCUM defines `mo` and `a`.
Source: The Unified Code for Units of Measure, table 5 (time), https://ucum.org/ucum.
"""

from __future__ import annotations

from dataclasses import dataclass

from rootline.errors import nearest


@dataclass(frozen=True)
class Unit:
    """One UCUM unit: what it measures, its size in that dimension's base unit, and how it is said."""

    code: str
    dimension: str
    size: float
    one: str
    many: str


UNITS = {
    unit.code: unit
    for unit in (
        Unit("h", "time", 1 / 24, "hour", "hours"),
        Unit("d", "time", 1.0, "day", "days"),
        Unit("wk", "time", 7.0, "week", "weeks"),
        Unit("mo", "time", 30.4375, "month", "months"),
        Unit("a", "time", 365.25, "year", "years"),
        Unit("kg", "mass", 1.0, "kg", "kg"),
        Unit("g", "mass", 0.001, "g", "g"),
        Unit("[lb_av]", "mass", 0.45359237, "lb", "lb"),
        Unit("mL", "volume", 1.0, "mL", "mL"),
        Unit("L", "volume", 1000.0, "L", "L"),
        Unit("mL/min", "clearance", 1.0, "mL/min", "mL/min"),
        Unit("mL/min/{1.73_m2}", "normalised clearance", 1.0, "mL/min/1.73 m2", "mL/min/1.73 m2"),
        Unit("mL/s/{1.73_m2}", "normalised clearance", 60.0, "mL/s/1.73 m2", "mL/s/1.73 m2"),
        Unit("mg", "dose", 1.0, "mg", "mg"),
        Unit("{score}", "score", 1.0, "", ""),
        Unit("{MRC}", "power", 1.0, "", ""),
    )
}

# What people write for a UCUM code. Lower case; spaces are dropped before the look-up.
_SPELLINGS = {
    "hours": "h", "hour": "h", "hrs": "h", "hr": "h",
    "days": "d", "day": "d",
    "weeks": "wk", "week": "wk", "wks": "wk",
    "months": "mo", "month": "mo", "mths": "mo", "mth": "mo",
    "years": "a", "year": "a", "yrs": "a", "yr": "a",
    "kgs": "kg", "lb": "[lb_av]", "lbs": "[lb_av]", "pounds": "[lb_av]",
    "l": "L", "litre": "L", "litres": "L", "liter": "L", "liters": "L", "ml": "mL", "ml/min": "mL/min",
    "ml/min/1.73m2": "mL/min/{1.73_m2}", "ml/min/1.73m^2": "mL/min/{1.73_m2}",
    "ml/min/1.73m*2": "mL/min/{1.73_m2}", "ml/min/1.73m²": "mL/min/{1.73_m2}", "ml/min/{1.73m2}": "mL/min/{1.73_m2}",
    "ml/s/1.73m2": "mL/s/{1.73_m2}", "ml/s/1.73m²": "mL/s/{1.73_m2}", "ml/s/{1.73m2}": "mL/s/{1.73_m2}",
    "ml/s/1.73_m2": "mL/s/{1.73_m2}", "ml/s/{1.73_m2}": "mL/s/{1.73_m2}",
    "ml/min/1.73_m2": "mL/min/{1.73_m2}", "ml/min/{1.73_m2}": "mL/min/{1.73_m2}",
    "mrc": "{MRC}", "/5": "{MRC}", "/10": "{score}", "points": "{score}",
}  # fmt: skip


def find_unit(text: str) -> Unit | None:
    """The unit that a UCUM code or a common spelling stands for, or None.

    >>> find_unit("weeks").code
    'wk'
    """
    bare = text.replace(" ", "")
    if bare in UNITS:
        return UNITS[bare]
    code = _SPELLINGS.get(bare.lower())
    return UNITS[code] if code else None


def unit_hint(text: str) -> str:
    """The nearest unit to a misspelt one, for an error message."""
    return nearest(text.lower(), [*UNITS, *_SPELLINGS])


def convert(number: float, unit: Unit, to: Unit) -> float:
    """`number` of `unit`, said in `to`. Both must measure the same thing.

    >>> convert(6, UNITS["wk"], UNITS["d"])
    42.0
    """
    if unit.dimension != to.dimension:
        raise ValueError(f"{unit.code} measures {unit.dimension}, {to.code} measures {to.dimension}")
    return number if unit is to else number * unit.size / to.size


def say(number: float, unit: Unit) -> str:
    """A quantity as people read it.

    >>> say(6, UNITS["wk"]), say(1, UNITS["d"]), say(3, UNITS["{MRC}"])
    ('6 weeks', '1 day', '3')
    """
    return f"{number:g} {unit.one if number == 1 else unit.many}".strip()


def say_shortest(days: float) -> str:
    """A length of time in the largest unit that says it in whole numbers.

    >>> say_shortest(42), say_shortest(10)
    ('6 weeks', '10 days')
    """
    for code in ("a", "mo", "wk"):
        number = days / UNITS[code].size
        if number >= 1 and number == int(number):
            return say(number, UNITS[code])
    hours = round(days * 24, 6)
    if days != int(days) and hours == int(hours) and hours < 72:
        return say(hours, UNITS["h"])
    return say(round(days, 1), UNITS["d"])
