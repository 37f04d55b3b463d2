"""Approving many at once: offers what reads as it was approved and is proved to treat alike; says why not the rest.

Decides nothing: each is looked at again, and signed by the same act as one by one.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rootline.desk.actor import Actor
from rootline.desk.bulk import Outcome, approve_many, why_not_together
from rootline.desk.present import Present
from rootline.desk.queue import Waiting, queue
from rootline.desk.tables import OPEN
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.edition_acts import conflict_in
from rootline.edges.desk.edition_page import edition_at
from rootline.edges.desk.opened_desk import OTHER_VERSION, check_on_disk, desk_of, present_of
from rootline.edges.desk.session_cookie import own_form
from rootline.edges.desk.show import room
from rootline.errors import RootlineError

router = APIRouter(include_in_schema=False, prefix="/desk/together")
Reviewer = Annotated[Actor, Depends(needs("approve together"))]
_FIELD = "edition."


@router.get("")
def offer(request: Request, actor: Reviewer) -> Response:
    """What can be approved together, and what cannot."""
    return _page(request, actor)


@router.post("")
def approve(request: Request, actor: Reviewer, fields: Annotated[dict[str, str], Depends(own_form)]) -> Response:
    """Sign each one chosen; one that is refused stops none of the others."""
    chosen = [
        (int(name.removeprefix(_FIELD)), int(seen))
        for name, seen in fields.items()
        if name.startswith(_FIELD) and _is_number(name.removeprefix(_FIELD)) and _is_number(seen)
    ]
    conflict = conflict_in(fields)
    return _page(request, actor, [_sign(request, actor, *one, conflict) for one in chosen])


def _sign(request: Request, actor: Actor, number: int, seen: int, conflict: str) -> Outcome:
    try:
        check_on_disk(request, edition_at(desk_of(request), number))
    except RootlineError as error:
        return Outcome(number, None, error.what)
    (outcome,) = approve_many(desk_of(request), actor, [(number, seen)], conflict)
    return outcome


def _page(request: Request, actor: Actor, outcomes: list[Outcome] | None = None) -> Response:
    desk, present = desk_of(request), present_of(request)
    found = queue(desk, present).waiting
    with desk.reading() as session:
        rows = [
            (one, one.edition, why_not_together(session, actor, one.edition, desk.today) or _another(present, one))
            for one in found
            if one.edition and one.edition.state in OPEN
        ]
    return room(
        request, "together.html", actor, calm=[one for one in rows if not one[2]],
        others=[one for one in rows if one[2]], outcomes=outcomes, field=_FIELD,
    )  # fmt: skip


def _another(present: Present, one: Waiting) -> str:
    is_on_disk = one.edition is None or present.is_on_disk(one.edition.pack_sha256)
    return "" if is_on_disk else OTHER_VERSION


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9
