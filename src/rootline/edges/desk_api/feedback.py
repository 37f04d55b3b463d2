"""What readers say, by a program: given without an account, read and settled by those at the desk. Decides nothing.

Nothing of who sent it is kept but the name of an account. Patients' data do not belong here.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rootline.client.desk_shapes import (
    FeedbackCounted,
    FeedbackGiven,
    FeedbackTaken,
    FeedbackTold,
    Number,
    Settled,
    SettledCount,
    SettledTogether,
)
from rootline.client.shapes import Listed
from rootline.desk.actor import SOMEBODY, Actor
from rootline.desk.audit import fingerprint
from rootline.desk.feedback import KINDS, give_feedback, open_feedback, settle_all, settle_feedback
from rootline.desk.read_edition import newest_with
from rootline.desk.tables import AuditEntry, Feedback
from rootline.edges.desk.feedback_page import check_known, wait_for
from rootline.edges.desk.opened_desk import desk_of, present_of
from rootline.edges.desk_api.acts import do
from rootline.edges.desk_api.bearer import OPEN, needs
from rootline.edges.desk_api.tell import tell_feedback
from rootline.edges.rest.fresh import shared
from rootline.edges.rest.listed import LINKS, Filter, In
from rootline.edges.rest.once import Key
from rootline.edges.rest.problem import PlaceError, check_one_of, problem, problems
from rootline.edges.web.form import LONGEST

router = APIRouter(max_body_size=LONGEST)
_SEES = [Depends(needs("see the desk")), Depends(shared)]


@router.get("/feedback", dependencies=_SEES, responses={200: LINKS, **problems(401, 422)})
def feedback(request: Request, stretch: In, piece: Filter = "", kind: Filter = "") -> Listed[FeedbackTold]:
    """What nobody has settled yet, unsafe first, then the oldest first; of one piece, or of one kind."""
    check_one_of(kind, KINDS, "query.kind")
    with desk_of(request).reading() as session:
        found = [one for one in open_feedback(session, piece) if kind in ("", one.kind)]
    return stretch.of(found, tell_feedback)


@router.get("/feedback/counts", dependencies=_SEES, responses=problems(401, 422))
def counts(request: Request, piece: Filter = "") -> FeedbackCounted:
    """How much is open of each kind, of everything or of one piece; what was said again counts again."""
    with desk_of(request).reading() as session:
        found = Counter[str]()
        for one in open_feedback(session, piece):
            found[one.kind] += one.times
    return FeedbackCounted(**{kind: found[kind] for kind in KINDS})


@router.post(
    "/feedback", status_code=201, response_model=FeedbackTaken, openapi_extra=OPEN,
    responses=problems(400, 401, 404, 409, 413, 415, 422),
)  # fmt: skip
def give(
    request: Request,
    sent: FeedbackGiven,
    reader: Annotated[Actor | None, Depends(needs("give feedback"))],
    key: Key = None,
) -> FeedbackTaken | Response:
    """Say of an answer, or of a statement in it, that it is unsafe, wrong or unclear. It goes into the queue."""
    by = reader or SOMEBODY
    check_known(request, sent.piece, sent.statement)
    _check_content(request, sent)
    if wait := wait_for(request, sent.kind):
        mend, headers = f"Send it again in {wait} seconds.", {"Retry-After": str(wait)}
        return problem(429, "Many reports came from this address.", mend, headers=headers)
    entry = do(
        request, by, key, sent,
        lambda desk: give_feedback(desk, sent.piece, sent.statement, sent.sha256, sent.kind, sent.text, by),
    )  # fmt: skip
    with desk_of(request).reading() as session:
        return _taken(tell_feedback(session.get_one(Feedback, json.loads(entry.detail)["feedback"])), sent, by, entry)


@router.post("/feedback/settle", responses=problems(400, 401, 409, 413, 415, 422))
def settle_together(
    request: Request, sent: SettledTogether, actor: Annotated[Actor, Depends(needs("settle feedback"))]
) -> SettledCount:
    """Close all of one kind on one piece, up to the last that was read, saying what was done."""
    return SettledCount(settled=settle_all(desk_of(request), actor, sent.piece, sent.kind, sent.last, sent.how))


@router.post("/feedback/{number}/settle", responses=problems(400, 401, 404, 409, 413, 415, 422))
def settle(
    request: Request, number: Number, sent: Settled, actor: Annotated[Actor, Depends(needs("settle feedback"))],
    key: Key = None,
) -> FeedbackTold:  # fmt: skip
    """Close it, saying what was done."""
    do(request, actor, key, sent, lambda desk: settle_feedback(desk, actor, number, sent.how))
    with desk_of(request).reading() as session:
        return tell_feedback(session.get_one(Feedback, number))


def _taken(kept: FeedbackTold, sent: FeedbackGiven, by: Actor, entry: AuditEntry) -> FeedbackTaken:
    """What this caller said. With no room for its words it was counted with another reader's, which stay untold."""
    text = sent.text.strip()
    is_kept = json.loads(entry.detail)["text"] == fingerprint(text)
    own = {"text": text, "name": by.name, "sha256": sent.sha256, "is_kept": is_kept}
    return FeedbackTaken(**{**kept.model_dump(), **own})


def _check_content(request: Request, sent: FeedbackGiven) -> None:
    """Raises `PlaceError` for the hash of something that this piece never said here."""
    present = present_of(request)
    published = next((one for one in present.subjects() if one.id == sent.piece), None)
    now = present.content(published) if published else None
    if not sent.sha256 or published is None or (now and now.sha256 == sent.sha256):
        return
    with desk_of(request).reading() as session:
        known = newest_with(session, sent.piece, sent.sha256)
    if known is None:
        what = "the piece never had this content here"
        raise PlaceError(what, where="body.sha256", mend="Its `sha256` is of what it says now; or leave it empty.")
