"""Where an author puts what the pack says now on the desk: canonical answers, and the version of the pack itself.

Decides nothing; what is there already stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rootline.desk.actor import Actor
from rootline.desk.content import Subject
from rootline.desk.published import subject_called, subjects
from rootline.desk.shown import states_of
from rootline.desk.submit_present import submit_present
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.opened_desk import desk_of, present_of
from rootline.edges.desk.patience import patiently
from rootline.edges.desk.session_cookie import own_form
from rootline.edges.desk.show import room
from rootline.errors import DeskError

router = APIRouter(include_in_schema=False, prefix="/desk/submit")
EVERYTHING = "everything"


@router.get("")
def offer(request: Request, actor: Annotated[Actor, Depends(needs("submit"))]) -> Response:
    """Everything that is published, with its state."""
    return _page(request, actor)


@router.post("")
def submit(
    request: Request,
    actor: Annotated[Actor, Depends(needs("submit"))],
    fields: Annotated[dict[str, str], Depends(own_form)],
) -> Response:
    """Draft and submit one thing, or everything that is not approved as it stands."""
    desk, present, what = desk_of(request), present_of(request), fields.get("what", "")
    chosen = list(subjects(desk, present)) if what == EVERYTHING else [subject_called(desk, present, what)]

    def prove() -> list[str]:
        told: list[str] = []
        with suppress(DeskError):  # each refusal stands in its line
            for line in submit_present(desk, actor, present, chosen):
                told.append(line)
        return told

    try:
        return _page(request, actor, patiently(prove))
    except TimeoutError:
        told = "It is being put on the desk and compared with what was approved; it stands in the queue when that is "
        told += "done. What cannot be proved says so there. What a server that ends leaves out is submitted again."
        return _page(request, actor, [told])


def _page(request: Request, actor: Actor, told: Sequence[str] = ()) -> Response:
    present = present_of(request)
    desk = desk_of(request)
    states = states_of(desk, present, subjects(desk, present))
    answers: dict[str, list[tuple[Subject, str]]] = {}
    for subject, state in states:
        answers.setdefault(subject.title, []).append((subject, state))
    return room(request, "submit.html", actor, told=told, things=answers, everything=EVERYTHING)
