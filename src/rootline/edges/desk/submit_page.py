"""Where an author puts what the pack says now on the desk: canonical answers, and the version of the pack itself.

Decides nothing; what is there already stays.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Future, TimeoutError
from threading import Lock, Thread
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
from rootline.edges.desk.session_cookie import own_form
from rootline.edges.desk.show import room
from rootline.errors import DeskError

_LOG = logging.getLogger("rootline.desk")
router = APIRouter(include_in_schema=False, prefix="/desk/submit")
EVERYTHING = "everything"
# Proving what a new version of a pack changes may take minutes; a page is answered sooner. One at a time is enough.
_ONE_AT_A_TIME = Lock()
_PATIENCE = 10  # seconds


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
    submitted: Future[list[str]] = Future()

    def prove() -> None:
        told: list[str] = []
        try:
            with _ONE_AT_A_TIME:
                for line in submit_present(desk, actor, present, chosen):
                    told.append(line)  # one by one: they are told though the last be an error
        except DeskError:
            _LOG.warning("submitting was refused")  # each in its line
        except Exception as error:
            _LOG.error("submitting failed: %s", type(error).__name__)
            submitted.set_exception(error)
            return
        submitted.set_result(told)

    Thread(target=prove, daemon=True).start()  # when the server ends, each act was done whole or not at all
    try:
        return _page(request, actor, submitted.result(_PATIENCE))
    except TimeoutError:
        told = "It is being compared with what was approved; it stands in the queue when that is done. What cannot be "
        told += "proved says so there. Where the server ends before, nothing is kept of it: submit it again."
        return _page(request, actor, [told])


def _page(request: Request, actor: Actor, told: Sequence[str] = ()) -> Response:
    present = present_of(request)
    desk = desk_of(request)
    states = states_of(desk, present, subjects(desk, present))
    answers: dict[str, list[tuple[Subject, str]]] = {}
    for subject, state in states:
        answers.setdefault(subject.title, []).append((subject, state))
    return room(request, "submit.html", actor, told=told, things=answers, everything=EVERYTHING)
