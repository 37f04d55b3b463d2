"""The desk's first page: what waits, gravest first, and how many calls of “unsafe” are open. Decides nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rootline.desk.actor import Actor
from rootline.desk.people.permissions import may
from rootline.desk.queue import queue
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.opened_desk import desk_of, present_of
from rootline.edges.desk.show import room

router = APIRouter(include_in_schema=False)


@router.get("/desk")
def waiting(request: Request, actor: Annotated[Actor, Depends(needs("see the desk"))]) -> Response:
    """All that waits for somebody, and what readers say."""
    found = queue(desk_of(request), present_of(request))
    return room(request, "desk.html", actor, queue=found, settles=may(actor, "settle feedback"),
                withdraws=may(actor, "withdraw"))  # fmt: skip
