"""Days named in a narrative as the beginning of something: "since 1 November 2026", "started on 31.10.2026".

Counts them to the day it is given and never looks at a clock; a date that could be two, or lies ahead, is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from rootline.logic.values import Between
from rootline.narrative.quantities import Length
from rootline.narrative.tokens import Token, plain

_LEAD = re.compile(
    r"\b(?:since|from|started|starting|began|begun|beginning|onset|commenced)"
    r"(?:\s*:|\s+(?:on|in|at|about|around|approximately|roughly|the|of|it|was|is)\b)*\s+"
)
_END = r"(?![\d/]|[.-]\d|\w)"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + _END)
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})" + _END)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+([a-z]+)\.?(?:,?\s+(\d{4}))?" + _END)
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?" + _END)
_MONTH = re.compile(r"([a-z]+)(?:\s+(\d{4}))?" + _END + r"(?!\s+(?:be|have)\b)")
_WEEKDAY = re.compile(r"(last\s+)?([a-z]+)" + _END + r"(?!\s+(?:last|week|before)\b)")
_LAST = re.compile(r"(last|this) (month|year)\b")
_FEAST = re.compile(r"(?:last )?([a-z]+(?: years?)?(?: day)?)" + _END)
_YEAR = re.compile(r"((?:19|20)\d\d)" + _END)
_WEEK = 7

Days = tuple[date, date]  # the first and the last day that may be meant


def find_dates(text: str, tokens: list[Token], words: Mapping[str, Any], today: date) -> Iterator[Length]:
    """How long ago, in days, the days lie that something began on; each with the word that says so."""
    bare = plain(text)
    for lead in _LEAD.finditer(bare):
        if found := _read(bare, lead.end(), words, today):
            (first, last), end = found
            places = [at for at, token in enumerate(tokens) if lead.start() <= token.start and token.end <= end]
            most, least = float((today - first).days), float((today - min(last, today)).days)
            yield Length(most if first == last else Between(least, most), places[0], places[-1] + 1)


def _read(text: str, at: int, words: Mapping[str, Any], today: date) -> tuple[Days, int] | None:
    """The days named at this place, and where their words end."""
    months, weekdays = words["months"], words["weekdays"]
    if match := _ISO.match(text, at):
        days = _only(_dates(match[1], [(match[2], match[3])]))
    elif match := _NUMERIC.match(text, at):
        year = match[4] if len(match[4]) > 2 else f"20{match[4]}"
        days = _only(_dates(year, [(match[3], match[1]), (match[1], match[3])]))
    elif (match := _DAY_FIRST.match(text, at)) and match[2] in months:
        days = _latest(match[3], months[match[2]], match[1], today)
    elif (match := _MONTH_FIRST.match(text, at)) and match[1] in months:
        days = _latest(match[3], months[match[1]], match[2], today)
    elif match := _LAST.match(text, at):
        days = _relative(match[1] == "last", match[2], today)
    elif (match := _FEAST.match(text, at)) and match[1] in words["feasts"]:
        month, day = words["feasts"][match[1]]
        days = _latest(None, month, day, today)
    elif (match := _MONTH.match(text, at)) and match[1] in months:
        days = _month(match[2], int(months[match[1]]), today)
    elif (match := _WEEKDAY.match(text, at)) and match[2] in weekdays:
        days = _weekday(int(weekdays[match[2]]), bool(match[1]), today)
    elif match := _YEAR.match(text, at):
        days = date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
    else:
        return None
    return (days, match.end()) if days and days[0] <= today else None


def _dates(year: str, orders: list[tuple[Any, Any]]) -> set[date]:
    """The days that these orders of month and day make; an order that makes none is left out."""
    found = set()
    for month, day in orders:
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found


def _only(found: set[date]) -> Days | None:
    """The one day meant; "03/04/2026" may be two and is not guessed."""
    return (next(iter(found)),) * 2 if len(found) == 1 else None


def _latest(year: str | None, month: Any, day: str, today: date) -> Days | None:
    """That day of that year, or the last such day that is not ahead."""
    for one in [int(year)] if year else [today.year, today.year - 1]:
        if (days := _only(_dates(str(one), [(month, day)]))) and days[0] <= today:
            return days
    return None


def _month(year: str | None, month: int, today: date) -> Days:
    """The whole month of that year, or the last such month that has begun."""
    first = date(int(year) if year else today.year - (month > today.month), month, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _relative(is_last: bool, unit: str, today: date) -> Days:
    """Last month, this year: all of its days; those ahead are cut off by who counts them."""
    if unit == "year":
        year = today.year - is_last
        return date(year, 1, 1), date(year, 12, 31)
    month = (today.month - is_last - 1) % 12 + 1
    return _month(str(today.year - (month > today.month)), month, today)


def _weekday(weekday: int, is_last: bool, today: date) -> Days | None:
    """The last such day before today; said on that very weekday without "last", it may be today, and is not guessed."""
    ago = (today.weekday() - weekday) % _WEEK
    if not ago and not is_last:
        return None
    day = today - timedelta(days=ago or _WEEK)
    return day, day
