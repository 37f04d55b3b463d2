"""Editions as programs read them: what was put up for review, to the letter, and what became of it. Decides nothing."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.requests import Request

from rootline.client.desk_shapes import EditionItem, EditionTold, Number
from rootline.client.shapes import Listed
from rootline.desk.read_edition import edition_by_id, every_edition
from rootline.desk.states import STATES
from rootline.edges.desk_api.bearer import needs
from rootline.edges.desk_api.tell import Telling
from rootline.edges.rest.fresh import shared
from rootline.edges.rest.listed import LINKS, Filter, In
from rootline.edges.rest.problem import check_one_of, problems

router = APIRouter(dependencies=[Depends(needs("see the desk")), Depends(shared)])


@router.get("/editions", responses={200: LINKS, **problems(401, 422)})
def editions(request: Request, stretch: In, piece: Filter = "", state: Filter = "") -> Listed[EditionItem]:
    """Every edition, the newest first; those of one piece, or in one state."""
    check_one_of(state, STATES, "query.state")
    with Telling(request) as telling:
        found = every_edition(telling.session, piece)
        if state:
            found = [one for one in found if telling.as_shown(one).state == state]
        return stretch.of(found, telling.item)


@router.get("/editions/{edition}", responses=problems(401, 404, 422))
def edition(request: Request, edition: Number) -> EditionTold:
    """One edition whole: its content, who signed it with which conflicts, what was said of it, and what it changes."""
    with Telling(request) as telling:
        return telling.whole(edition_by_id(telling.session, edition))
