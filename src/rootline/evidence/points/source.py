"""Where words come from: sources, their standing, and the points taken from them.

A point is one recommendation or finding in our own words. Knows nothing of rules or patients.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rootline.content.take import Take
from rootline.evidence.points.effect import Effect, read_effect
from rootline.logic.place import Fields, Place

KINDS = (
    "guideline", "systematic review", "trial", "cohort", "diagnostic study", "review", "regulator", "label",
    "case report", "textbook", "standard",
)  # fmt: skip
STANDINGS = ("current", "superseded", "retracted", "disputed")
PHASES = ("acute", "subacute", "chronic", "any")
_AGES = re.compile(r"[0-9]+(\+|-[0-9]+)")
DIRECTIONS = ("for", "against", "neutral", "benefit", "no benefit", "harm", "finding")


@dataclass(frozen=True)
class Point:
    """One recommendation or finding of a source, with whom it is about and how sure it is."""

    id: str
    says: str
    direction: str
    strength: str
    certainty: str
    population: str
    fits: str
    phase: str
    ages: str
    numbers: str
    at: str
    place: Place
    effects: tuple[Effect, ...] = ()
    quote: str = ""  # a span of the source, letter for letter, where the pack carries one


@dataclass(frozen=True)
class Source:
    """A guideline, study or label: its bibliographic record, its standing and its points."""

    id: str
    kind: str
    short: str
    title: str
    organisation: str
    authors: str
    journal: str
    year: str
    doi: str
    pmid: str
    url: str
    standing: str
    standing_note: str
    superseded_by: str
    read: str
    points: dict[str, Point]
    place: Place

    @property
    def address(self) -> str:
        """Where a reader can open it: DOI first, then PubMed, then the page it was read on; may be empty."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else self.url


@dataclass(frozen=True)
class Citation:
    """A source and one of its points, written `source#point`."""

    source: str
    point: str

    def __str__(self) -> str:
        return f"{self.source}#{self.point}"


def read_source(id_: str, fields: Fields) -> Source:
    """One source file. Raises `PackError` with file and line."""
    take = Take(fields, f"source `{id_}`")
    year = take.text("year", "")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise take.error(f"`year: {year}` should be four digits", at=year)
    points = take.any("points")
    if not isinstance(points, Fields) or not points:
        raise take.error("`points:` is missing", "A source is here for what it says: add at least one point.")
    source = Source(
        id=id_,
        kind=take.one_of("kind", KINDS),
        short=take.text("short"),
        title=take.text("title"),
        organisation=take.text("organisation", ""),
        authors=take.text("authors", ""),
        journal=take.text("journal", ""),
        year=year,
        doi=take.text("doi", ""),
        pmid=take.text("pmid", ""),
        url=take.text("url", ""),
        standing=take.one_of("standing", STANDINGS),
        standing_note=take.text("standing note", ""),
        superseded_by=take.text("superseded by", ""),
        read=take.text("read"),
        points={point_id: _read_point(point_id, value) for point_id, value in points.items()},
        place=fields.place,
    )
    take.done()
    return source


def _read_point(id_: str, fields: Fields) -> Point:
    take = Take(fields, f"point `{id_}`")
    numbers = take.text("numbers", "")
    phase, ages = take.text("phase", "any"), take.text("ages", "")
    if not {one.strip() for one in phase.split(",")} <= set(PHASES):
        raise take.error(f"`phase: {phase}` should be one or several of {', '.join(PHASES)}", at=phase)
    if ages and not _AGES.fullmatch(ages):
        raise take.error(f"`ages: {ages}` should be `18+` or `18-75`", at=ages)
    point = Point(
        id=id_,
        says=take.text("says"),
        direction=take.one_of("direction", DIRECTIONS),
        strength=take.text("strength", ""),
        certainty=take.text("certainty", ""),
        population=take.text("population", ""),
        fits=take.text("fits"),
        phase=phase,
        ages=ages,
        numbers=numbers,
        effects=tuple(read_effect(item, numbers, id_) for item in take.items("effects")),
        at=take.text("place", ""),
        place=take.place,
        quote=take.text("quote", ""),
    )
    take.done()
    return point
