"""Where an administrator or a chair takes somebody's words off the desk, for what they hold. Decides nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.desk.actor import Actor
from rootline.desk.withdraw import withdraw_comment, withdraw_feedback
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.opened_desk import desk_of
from rootline.edges.desk.session_cookie import own_form
from rootline.errors import NotFoundError

router = APIRouter(include_in_schema=False, prefix="/desk")
Actors = Annotated[Actor, Depends(needs("withdraw"))]
Fields = Annotated[dict[str, str], Depends(own_form)]
_LARGEST = 2**31 - 1


@router.post("/comments/{number:int}/withdraw")
def of_comment(request: Request, number: int, actor: Actors, fields: Fields) -> Response:
    """Remove the text of a comment."""
    said = withdraw_comment(desk_of(request), actor, _known(number), fields.get("why", ""))
    return RedirectResponse(f"/desk/editions/{said.edition}", 303)


@router.post("/feedback/{number:int}/withdraw")
def of_feedback(request: Request, number: int, actor: Actors, fields: Fields) -> Response:
    """Remove a reader's words."""
    withdraw_feedback(desk_of(request), actor, _known(number), fields.get("why", ""))
    return RedirectResponse("/desk", 303)


def _known(number: int) -> int:
    if number > _LARGEST:
        raise NotFoundError("there is nothing of this number")
    return number
