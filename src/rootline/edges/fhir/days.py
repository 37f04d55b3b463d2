"""Dates of FHIR, which may be only a year or a month, as the days they may mean. Knows no resource.

A date that cannot be is `Odd`: it is never mended.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

from rootline.edges.fhir.element import Element, Odd, one, text

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(T\d\d:\d\d.*)?)?)?")
_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")


@dataclass(frozen=True, order=True)
class Days:
    """The first and the last day that a date may mean."""

    first: date
    last: date

    def age(self, today: date) -> tuple[int, int]:
        """How many days ago it was, at least and at most."""
        return (today - self.last).days, (today - self.first).days


def read_days(said: str) -> Days | None:
    """A FHIR date, dateTime or instant; None for an empty text. Raises `Odd`."""
    if not said:
        return None
    match = _DATE.fullmatch(said)
    try:
        if not match:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups()[:3])
        assert year is not None
        if month is None:
            return Days(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        told = date(year, month, day)
        if match[4] and _ZONE.search(said):  # the day that it was here, as today is
            told = datetime.fromisoformat(said).astimezone().date()
        return Days(told, told)
    except (ValueError, OverflowError):
        raise Odd("a date cannot be read") from None


def days_of(resource: Element, *keys: str) -> Days | None:
    """The first of these elements that tells a day; of a period, its beginning, else its end. Raises `Odd`."""
    for key in keys:
        if key.endswith("Period"):
            period = one(resource, key)
            said = text(period, "start") or text(period, "end")
        else:
            said = text(resource, key)
        if said:
            return read_days(said)
    return None


def ended(resource: Element, key: str, today: date) -> bool:
    """Whether a period ended before today, for certain."""
    end = read_days(text(one(resource, key), "end"))
    return end is not None and end.last < today


def said(what: str, days: Days | None) -> str:
    """Words with the day they are of, where it is known to the day."""
    return f"{what}, {days.last}" if days and days.first == days.last else what
