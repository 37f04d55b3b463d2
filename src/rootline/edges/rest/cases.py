"""Kept cases: read one again, and forget it. Asking with its id goes on with it; nothing is kept unasked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from rootline.answers.conversation import to_data
from rootline.client.shapes import CaseKept, StepTold
from rootline.edges.rest.once import Key, forget_once
from rootline.edges.rest.problem import problems
from rootline.edges.web.form import LONGEST
from rootline.edges.web.site import site_of

router = APIRouter(tags=["cases"], max_body_size=LONGEST)
Id = Annotated[str, Path(max_length=200, description="The id that `Rootline-Case` gave.")]


@router.get("/cases/{case_id}", responses=problems(404, 422))
def case(request: Request, case_id: Id) -> CaseKept:
    """A kept case in the words it was told in, with every step since. Whoever knows the id can read it."""
    told = to_data(site_of(request).kept.get(case_id))
    return CaseKept(**{**told, "id": case_id, "steps": [StepTold(**one) for one in told["steps"]]})


@router.delete("/cases/{case_id}", status_code=204, responses=problems(404, 409, 422))
def forget(request: Request, case_id: Id, key: Key = None) -> Response:
    """Delete a kept case for good."""
    forget_once(key, site_of(request).kept, case_id)
    return Response(status_code=204)
