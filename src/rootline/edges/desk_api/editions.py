"""Editions as programs read them: what was put up for review, to the letter, and what became of it. Decides nothing."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from sqlalchemy import select
from starlette.requests import Request

from rootline.client.desk_shapes import EditionItem, EditionTold, Number
from rootline.client.shapes import Listed
from rootline.desk.read_edition import edition_by_id
from rootline.desk.states import STATES
from rootline.desk.tables import Edition
from rootline.edges.desk.opened_desk import desk_of, present_of
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
    desk = desk_of(request)
    with desk.reading() as session:
        telling = Telling(session, present_of(request), desk.today)
        query = select(Edition).order_by(Edition.id.desc())
        found = list(session.scalars(query.where(Edition.piece == piece) if piece else query))
        if state:
            found = [one for one in found if telling.as_shown(one).state == state]
        return stretch.of(found, telling.item)


@router.get("/editions/{edition}", responses=problems(401, 404, 422))
def edition(request: Request, edition: Number) -> EditionTold:
    """One edition whole: its content, who signed it with which conflicts, what was said of it, and what it changes."""
    desk = desk_of(request)
    with desk.reading() as session:
        return Telling(session, present_of(request), desk.today).whole(edition_by_id(session, edition))
