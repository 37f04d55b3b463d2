"""What is published, with its state of review; and putting it up for review as it says now. Decides nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from rootline.client.desk_shapes import PieceTold, Submission, Submitted
from rootline.client.shapes import Listed
from rootline.desk.actor import Actor
from rootline.desk.content import Subject
from rootline.desk.opening import Desk
from rootline.desk.present import Present
from rootline.desk.published import subjects
from rootline.desk.read_edition import newest_with
from rootline.desk.states import STATES
from rootline.desk.submit_present import submit_present
from rootline.edges.desk.opened_desk import desk_of, present_of
from rootline.edges.desk.patience import patiently
from rootline.edges.desk_api.bearer import OPEN, needs
from rootline.edges.desk_api.tell import Telling
from rootline.edges.rest.fresh import shared
from rootline.edges.rest.listed import LINKS, Filter, In
from rootline.edges.rest.problem import PlaceError, check_one_of, problems
from rootline.edges.web.form import LONGEST
from rootline.errors import NotFoundError, nearest

router = APIRouter(max_body_size=LONGEST)
_READS = [Depends(needs("read")), Depends(shared)]


@router.get("/pieces", dependencies=_READS, responses={200: LINKS, **problems(401, 422)}, openapi_extra=OPEN)
def pieces(request: Request, stretch: In, state: Filter = "") -> Listed[PieceTold]:
    """Everything that is published: the pack, each canonical question for each audience, each case; or a state's."""
    check_one_of(state, STATES, "query.state")
    with Telling(request) as telling:
        every = list(subjects(desk_of(request), telling.present))
        if not state:
            return stretch.of(every, telling.piece)
        told = [telling.piece(one) for one in every]
        return stretch.of([one for one in told if one.review.state == state], lambda one: one)


@router.get("/pieces/{piece:path}", dependencies=_READS, responses=problems(401, 404, 422), openapi_extra=OPEN)
def piece(request: Request, piece: Annotated[str, Path(max_length=300)]) -> PieceTold:
    """One thing that is published, such as `lumbar-radiculopathy`, the state of the pack itself."""
    with Telling(request) as telling:
        return telling.piece(published(desk_of(request), telling.present, piece))


@router.post(
    "/submissions",
    responses={
        202: {"model": Submitted, "description": "It is still compared."},
        **problems(400, 401, 404, 413, 415, 422),
    },
)
def submit_piece(
    request: Request, response: Response, sent: Submission, actor: Annotated[Actor, Depends(needs("submit"))]
) -> Submitted:
    """Draft and submit what a piece says now. What is there already, letter for letter, stays as it is.

    Where another version was approved, what changes is proved first; that may take minutes. After ten seconds the reply
    is a 202 without an edition, and the work goes on: send the same again, or look into the queue.
    """
    desk, present = desk_of(request), present_of(request)
    subject = published(desk, present, sent.piece)
    content = present.content(subject)
    if content is None or content.sha256 != sent.sha256:
        what = "the piece does not say what was named"
        raise PlaceError(what, where="body.sha256", mend="Read it again: its `sha256` is of what it says now.")
    try:
        patiently(lambda: list(submit_present(desk, actor, present, [subject])))
    except TimeoutError:
        response.status_code = 202
        return Submitted(piece=subject.id, sha256=sent.sha256, edition=None)
    with Telling(request) as telling:
        edition = newest_with(telling.session, subject.id, sent.sha256)
        return Submitted(piece=subject.id, sha256=sent.sha256, edition=telling.item(edition) if edition else None)


def published(desk: Desk, present: Present, id_: str) -> Subject:
    """The subject of this name. Raises `NotFoundError`, which repeats nothing."""
    known = {one.id: one for one in subjects(desk, present)}
    if id_ not in known:
        mend = nearest(id_, known) or "See /api/v1/desk/pieces."
        raise NotFoundError("nothing that is published has this name", mend=mend)
    return known[id_]
