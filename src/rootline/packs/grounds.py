"""What gives a sentence its ground: which numbers it may say, and whether its points are about this patient.

Judges words against points; runs no condition, and reads no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf

from rootline.evidence.figures import figures
from rootline.evidence.points.source import Citation, Point
from rootline.logic.values import Between, Value
from rootline.packs.model import Advice, Pack
from rootline.readers.english import english

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_STAGES = {"acute": (0.0, 42.0), "subacute": (42.0, 84.0), "chronic": (84.0, inf)}  # days


def groundless_numbers(said: str, grounds: Iterable[str]) -> list[str]:
    """The numbers said that stand in none of the grounds.

    >>> groundless_numbers("at most 1,200 mg for 5 days", ["1200 mg a day"])
    ['5']
    """
    return sorted(_numbers(said) - _numbers(" ".join(grounds)))


def groundless_units(said: Iterable[str], grounds: Iterable[str]) -> list[str]:
    """The figures said with a unit that the grounds give only with another; and how often, where they say it otherwise.

    >>> groundless_units(["for 5 weeks, five times daily"], ["5 days, twice daily"])
    ['5 time', '5 week']
    """
    given = [figure for text in grounds for figure in figures(text)]
    found = set()
    for figure in (one for text in said for one in figures(text) if one.unit):
        units = {one.unit for one in given if one.number == figure.number}
        is_often = figure.unit == "time" and any(one.unit == "time" for one in given)
        if (units or is_often) and not units & {"", figure.unit}:
            found.add(str(figure))
    return sorted(found)


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(_THOUSANDS.sub("", text)))


def cited_words(citations: Iterable[Citation], pack: Pack) -> list[str]:
    """All that cited points give: their words, figures, place, ages, population, and the year of their source."""
    told: list[str] = []
    for citation in citations:
        point = pack.point(citation)
        told += [point.says, point.numbers, point.at, point.ages, point.population, pack.sources[citation.source].year]
    return told


def grounds_of(advice: Advice, citations: Iterable[Citation], pack: Pack) -> list[str]:
    """What a statement may draw its numbers from: the points cited, our stated reading, its own condition."""
    return [*cited_words(citations, pack), advice.reading, english(advice.when, pack.lexicon, "clinician")]


def misfits(points: Iterable[Point], pack: Pack) -> list[str]:
    """Whom the points are about, when not one of them is about this pack's patients; else nothing."""
    found = {one.strip() for point in points for one in point.fits.split(",")}
    return [] if found & set(pack.fits) else sorted(found)


def is_about(point: Point, pack: Pack, age: Value | None, duration: Value | None) -> bool:
    """Whether a point may be about this patient: anatomy, age in years, acute or chronic by a duration in days.

    What is unknown excludes no point.
    """
    if misfits([point], pack):
        return False
    if point.ages and age is not None:
        youngest, _, oldest = point.ages.rstrip("+").partition("-")
        if not _overlap(age, float(youngest), float(oldest) + 1 if oldest else inf):
            return False
    phases = [one.strip() for one in point.phase.split(",")]
    if "any" in phases or duration is None:
        return True
    return any(_overlap(duration, *_STAGES[phase]) for phase in phases)


def _overlap(value: Value, low: float, high: float) -> bool:
    """Whether the amount may lie between the two, ends included."""
    if isinstance(value, Between):
        return value.low <= high and value.high >= low
    return isinstance(value, float) and low <= value <= high
