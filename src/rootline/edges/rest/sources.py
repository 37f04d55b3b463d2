"""Sources and points, each with all that leans on it. Speaks of no patient."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request

from rootline.client.shapes import Listed, PointTold, SourceItem
from rootline.edges.reasons import leaners, tell_point
from rootline.edges.rest.listed import LINKS, Filter, In
from rootline.edges.rest.problem import check_one_of, problems
from rootline.edges.web.site import site_of
from rootline.errors import NotFoundError, nearest
from rootline.evidence.points.source import DIRECTIONS, KINDS, STANDINGS, Citation, Source
from rootline.evidence.search.unsearchable import own_library
from rootline.packs.model import Pack

router = APIRouter(tags=["sources"])
Year = Annotated[str, Query(pattern=r"^([0-9]{4})?$")]
Id = Annotated[str, Path(alias="id", max_length=200)]


@router.get("/sources", responses={200: LINKS, **problems(422)})
def sources(
    request: Request, stretch: In, kind: Filter = "", year: Year = "", standing: Filter = ""
) -> Listed[SourceItem]:
    """Every source by the alphabet of its id, or those of one kind, year or standing."""
    pack = site_of(request).known(own_library())
    check_one_of(kind, KINDS, "query.kind")
    check_one_of(standing, STANDINGS, "query.standing")
    chosen = [
        one
        for _, one in sorted(pack.sources.items())
        if kind in ("", one.kind) and year in ("", one.year) and standing in ("", one.standing)
    ]
    return stretch.of(chosen, lambda one: tell_source_item(one, pack))


@router.get("/sources/{id}", responses=problems(404, 422))
def source(request: Request, id_: Id) -> SourceItem:
    """One source, with its points and all that leans on them."""
    pack = site_of(request).known(own_library())
    if id_ not in pack.sources:
        raise NotFoundError("no source has this name", mend=nearest(id_[:80], pack.sources))
    return tell_source_item(pack.sources[id_], pack)


@router.get("/points", responses={200: LINKS, **problems(422)})
def points(request: Request, stretch: In, source: Filter = "", direction: Filter = "") -> Listed[PointTold]:
    """Every point by the alphabet of its citation, or those of one source or direction."""
    pack = site_of(request).known(own_library())
    check_one_of(source, pack.sources, "query.source")
    check_one_of(direction, DIRECTIONS, "query.direction")
    chosen = [
        Citation(id_, point.id)
        for id_, one in sorted(pack.sources.items())
        if source in ("", id_)
        for _, point in sorted(one.points.items())
        if direction in ("", point.direction)
    ]
    return stretch.of(chosen, lambda one: tell_point(one, pack))


@router.get("/points/{source_id}/{point_id}", responses=problems(404, 422))
def point(request: Request, source_id: str, point_id: str) -> PointTold:
    """One point: what stands behind the citation `source#point`."""
    pack = site_of(request).known(own_library())
    found = pack.sources.get(source_id)
    if found is None:
        raise NotFoundError("no source has this name", mend=nearest(source_id[:80], pack.sources))
    if point_id not in found.points:
        raise NotFoundError("the source has no point of this name", mend=nearest(point_id[:80], found.points))
    return tell_point(Citation(source_id, point_id), pack)


def tell_source_item(source: Source, pack: Pack) -> SourceItem:
    """The record of a source, whole."""
    cited = [leaner for id_ in source.points for leaner in leaners(pack).get(Citation(source.id, id_), ())]
    return SourceItem(
        id=source.id, kind=source.kind, short=source.short, title=source.title, authors=source.authors,
        organisation=source.organisation, journal=source.journal, year=source.year, doi=source.doi, pmid=source.pmid,
        url=source.address, standing=source.standing, standing_note=source.standing_note,
        superseded_by=source.superseded_by, read=source.read,
        points=[f"{source.id}#{id_}" for id_ in source.points], leaned_on_by=list(dict.fromkeys(cited)),
    )  # fmt: skip
