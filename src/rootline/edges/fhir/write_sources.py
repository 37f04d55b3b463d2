"""What the pack stands on: an Evidence for each point of each source, and citations that lead to it.

Nothing is graded anew: direction, strength and certainty are told in the source's words as the pack holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rootline.answers.model import Review
from rootline.edges.fhir.definition import definition
from rootline.edges.fhir.naming import Resource, canonical, evidence_id
from rootline.evidence.points.source import Citation, Point, Source
from rootline.packs.model import Pack

_NOT_STATED = "Population not stated in the pack"


def write_sources(pack: Pack, review: Review) -> Iterator[Resource]:
    """Every point of every source, in the order of the pack."""
    for source in pack.sources.values():
        for point in source.points.values():
            yield _evidence(source, point, pack, review)


def _evidence(source: Source, point: Point, pack: Pack, review: Review) -> Resource:
    name = str(Citation(source.id, point.id))
    title = f"{source.short}: {point.id}"
    opening = definition("Evidence", evidence_id(pack.id, name), title, point.says, pack, review)
    variants = list(dict.fromkeys(said for effect in point.effects for said in (effect.of, effect.against)))
    outcomes = list(dict.fromkeys(effect.outcome for effect in point.effects))
    return {
        **opening,
        "note": [{"text": line} for line in _notes(source, point)],
        "relatedArtifact": [
            {"type": "citation", "label": name, "display": source.short, "citation": _in_full(source), **_url(source)}
        ],
        "exposureBackground": {"display": point.population or _NOT_STATED},
        **({"exposureVariant": [{"display": one} for one in variants]} if variants else {}),
        **({"outcome": [{"display": one} for one in outcomes]} if outcomes else {}),
    }


def _notes(source: Source, point: Point) -> Iterator[str]:
    yield f"Direction: {point.direction}."
    if point.strength:
        yield f"Strength: {point.strength}."
    if point.certainty:
        yield f"Certainty: {point.certainty}."
    if point.numbers:
        yield f"Numbers: {point.numbers}"
    if point.at:
        yield f"Place in the source: {point.at}."
    yield f"How it was read: {source.read}"
    if source.standing != "current":
        yield f"Standing: {source.standing}. {source.standing_note}".strip()


def _in_full(source: Source) -> str:
    """The source's record on one line, its DOI and PMID in it where they are known."""
    parts = [source.authors or source.organisation, source.title, source.journal, source.year]
    ids = [f"doi:{source.doi}" if source.doi else "", f"PMID {source.pmid}" if source.pmid else ""]
    standing = source.standing.upper() if source.standing != "current" else ""
    return ". ".join(part.rstrip(".") for part in [standing, *parts, *ids] if part) + "."


def citations(because: Iterable[Citation], pack: Pack) -> list[Resource]:
    """What a statement rests on, each leading to its Evidence and to where it was published."""
    return [
        {
            "type": "citation",
            "label": str(one),
            "display": pack.sources[one.source].short,
            **_url(pack.sources[one.source]),
            "resource": canonical("Evidence", evidence_id(pack.id, str(one)), pack.version),
        }
        for one in dict.fromkeys(because)
    ]


def _url(source: Source) -> Resource:
    return {"url": source.address} if source.address else {}
