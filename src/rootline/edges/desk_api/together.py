"""Approving many editions at once, by a program: the same act for each, and why not where one is refused."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request

from rootline.client.desk_shapes import Approvals, OneOfMany, Outcome, Outcomes
from rootline.desk.actor import Actor
from rootline.desk.bulk import approve_many
from rootline.edges.desk.edition_acts import conflict_in
from rootline.edges.desk.opened_desk import check_on_disk, desk_of
from rootline.edges.desk_api.acts import exact
from rootline.edges.desk_api.bearer import needs
from rootline.edges.desk_api.tell import Telling
from rootline.edges.rest.problem import problems
from rootline.edges.web.form import LONGEST
from rootline.errors import RootlineError

router = APIRouter(max_body_size=LONGEST)


@router.post("/approvals", responses=problems(400, 401, 413, 415, 422))
def approve_together(
    request: Request, sent: Approvals, actor: Annotated[Actor, Depends(needs("approve together"))]
) -> Outcomes:
    """Sign each edition that is proved to touch no urgency, action, dose or standing; one refused stops none.

    Sent again, what was signed is told as signed already: nobody signs twice.
    """
    conflict = conflict_in({"declares": sent.declares, "conflict": sent.conflict})
    return Outcomes(outcomes=[_one(request, actor, one, conflict) for one in sent.editions])


def _one(request: Request, actor: Actor, one: OneOfMany, conflict: str) -> Outcome:
    try:
        check_on_disk(request, exact(request, one.edition, one.sha256))
    except RootlineError as error:
        return Outcome(edition=one.edition, signed=None, refused=error.what)
    (found,) = approve_many(desk_of(request), actor, [(one.edition, one.seen)], conflict)
    if found.signed is None:
        return Outcome(edition=one.edition, signed=None, refused=found.refused)
    with Telling(request) as telling:
        return Outcome(edition=one.edition, signed=telling.item(found.signed), refused="")
