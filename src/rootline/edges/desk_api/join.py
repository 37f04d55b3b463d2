"""Joins the desk to the API of a site that has one: its routes, who may ask, and how a refusal looks. Has no route."""

from __future__ import annotations

import logging

from fastapi import Depends, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from rootline.desk.people.store import People
from rootline.edges.desk_api import acts, editions, feedback, pieces, queue, record, together
from rootline.edges.rest.app import NEWEST
from rootline.edges.rest.each_key import each_key_once
from rootline.edges.rest.problem import problem, sentence
from rootline.errors import AccessError, DeskError, OvertakenError, RefusedError, RootlineError, SignInError

_LOG = logging.getLogger("rootline.desk")
ROOMS = (pieces, queue, editions, acts, together, feedback, record)
PREFIX = f"{NEWEST}/desk"
_TAG = {"name": "desk", "description": "The editorial desk: what is reviewed, by whom, what waits, and acting on it."}


def join_desk(api: FastAPI, people: People) -> None:
    """Give a finished API the desk of these people."""
    api.state.people = people
    api.openapi_tags = [*(api.openapi_tags or []), _TAG]
    for room in ROOMS:
        api.include_router(room.router, prefix=PREFIX, tags=["desk"], dependencies=[Depends(each_key_once)])
    for kind in (AccessError, DeskError):
        api.add_exception_handler(kind, _refused)


async def _refused(_: Request, error: Exception) -> Response:
    """Why nothing was done. A desk that cannot be read says so, and no more: its own words may hold a row."""
    assert isinstance(error, RootlineError)
    if isinstance(error, (AccessError, OvertakenError, RefusedError)):
        status = 401 if isinstance(error, SignInError) else 409 if isinstance(error, OvertakenError) else 403
        headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
        return problem(status, sentence(error.what), error.mend, headers=headers)
    _LOG.error("the desk failed: %s", type(error).__name__)
    return problem(503, "The desk cannot be read or written.", "`rootline desk audit` on the server says why.")
