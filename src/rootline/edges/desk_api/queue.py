"""What waits at the desk, for programs: gravest first or oldest first, by state, rank and age. Decides nothing."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request

from rootline.client.desk_shapes import WaitingItem
from rootline.client.shapes import Listed
from rootline.desk.queue import Waiting, queue
from rootline.desk.states import STATES
from rootline.edges.desk.opened_desk import desk_of, present_of
from rootline.edges.desk_api.bearer import needs
from rootline.edges.rest.fresh import shared
from rootline.edges.rest.listed import LINKS, Filter, In
from rootline.edges.rest.problem import check_one_of, problems

router = APIRouter()


@router.get(
    "/queue",
    dependencies=[Depends(needs("see the desk")), Depends(shared)],
    responses={200: LINKS, **problems(401, 422)},
)
def waiting(
    request: Request,
    stretch: In,
    state: Filter = "",
    rank: Annotated[int, Query(ge=0, le=4, description="What is as grave as this, or graver; 0 is unsafe.")] = 4,
    days: Annotated[int, Query(ge=0, le=100_000, description="What waits so many days or longer.")] = 0,
    order: Literal["risk", "age"] = "risk",
) -> Listed[WaitingItem]:
    """What waits: calls of unsafe, changes of urgency, of actions and doses, then the rest; within each the oldest."""
    check_one_of(state, STATES, "query.state")
    found = [
        one
        for one in queue(desk_of(request), present_of(request)).waiting
        if state in ("", one.state) and one.rank <= rank and one.days >= days
    ]
    return stretch.of(sorted(found, key=lambda one: one.since) if order == "age" else found, _tell)


def _tell(one: Waiting) -> WaitingItem:
    return WaitingItem(
        piece=one.subject.id, title=one.subject.title, kind=one.subject.kind, audience=one.subject.audience,
        state=one.state, edition=one.edition.id if one.edition else None, rank=one.rank, touches=list(one.touches),
        reasons=list(one.reasons), feedback=len(one.feedback), unsafe=one.unsafe, since=one.since, days=one.days,
    )  # fmt: skip
