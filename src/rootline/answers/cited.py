"""What stands behind each citation of an answer: the point in our words, for whom, how sure, and who disagrees.

Only looks up; the answer decides what is cited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rootline.answers.model import Answer
from rootline.evidence.points.cite import read_citation
from rootline.evidence.points.source import Citation, Point, Source
from rootline.packs.model import Pack
from rootline.readers.english import Voice


@dataclass(frozen=True)
class Other:
    """A disagreement that a point takes part in, and who is on another side."""

    topic: str
    id: str
    who: str


@dataclass(frozen=True)
class Cited:
    """One cited point; `mark` is its source's number in the answer, with a letter where several points are cited."""

    citation: str
    mark: str
    source: Source
    point: Point


def cited(answer: Answer, pack: Pack) -> dict[str, Cited]:
    """Every citation of the answer once, by its name, in the order of the sources."""
    of_source: dict[str, list[str]] = {source.id: [] for source in answer.sources}
    for name in dict.fromkeys(_named(answer)):
        of_source[name.partition("#")[0]].append(name)
    numbers = {source.id: place for place, source in enumerate(answer.sources, start=1)}
    found = {}
    for source_id, same in of_source.items():
        for place, name in enumerate(same):
            letter = chr(ord("a") + place) if len(same) > 1 else ""
            citation = read_citation(name, pack.sources)
            found[name] = Cited(
                name,
                f"{numbers[source_id]}{letter}",
                pack.sources[source_id],
                pack.point(citation),
            )
    return found


def who_disagrees(citation: Citation, pack: Pack, voice: Voice) -> list[Other]:
    """Every disagreement that the point takes part in, with those on its other sides."""
    found = []
    for one in pack.disagreements:
        own = [position for position in one.positions if citation in position.because]
        if own:
            against = [other for position in one.positions if position not in own for other in position.because]
            who = ", ".join(dict.fromkeys(pack.sources[other.source].short for other in against))
            found.append(Other(one.title.to(voice), one.id, who))
    return found


def _named(answer: Answer) -> Iterable[str]:
    yield from answer.bottom_line.citations
    for reason in answer.urgency.because:
        yield from reason.citations
    for section in answer.sections:
        for statement in section.statements:
            yield from statement.citations
    for site in answer.localisation:
        yield from site.citations
    for one in answer.disagreements:
        for position in one.positions:
            yield from position.citations
    for claim in answer.overruled:
        yield from claim.citations
