"""What a reader says of a statement, from a form that needs no account; and settling it at the desk.

Keeps what is written and nothing of who wrote it. Patients' data do not belong here, and the page says so.
"""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.desk.actor import SOMEBODY, Actor
from rootline.desk.feedback import KINDS, LONGEST, Kind, give_feedback, settle_feedback
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.opened_desk import desk_of, present_of
from rootline.edges.desk.session_cookie import own_form
from rootline.edges.desk.show import desk_page
from rootline.edges.web.form import read_fields
from rootline.edges.web.site import site_of
from rootline.errors import NotFoundError, RefusedError

router = APIRouter(include_in_schema=False)
Reader = Annotated[Actor | None, Depends(needs("give feedback"))]
_HASH = re.compile(r"[0-9a-f]{64}")


@router.post("/feedback")
async def about(request: Request, reader: Reader) -> Response:
    """The form on one statement, or on the whole answer. Changes nothing, so it takes no token."""
    fields = await read_fields(request)
    return _form(request, fields)


@router.post("/feedback/give")
def give(request: Request, reader: Reader, fields: Annotated[dict[str, str], Depends(own_form)]) -> Response:
    """Keep it for the desk."""
    piece, statement, seen = _of(request, fields)
    kind: Kind | None = next((one for one in KINDS if one == fields.get("kind")), None)
    if kind is None:
        return _form(request, fields, "Choose what it is.")
    try:
        given = give_feedback(
            desk_of(request), piece, statement, seen, kind, fields.get("text", ""), reader or SOMEBODY
        )  # fmt: skip
    except RefusedError as error:
        return _form(request, fields, f"{error.what[:1].upper()}{error.what[1:]}. {error.mend}")
    return desk_page(request, "feedback_given.html", given=given)


@router.post("/desk/feedback/{number:int}/settle")
def settle(
    request: Request,
    number: int,
    actor: Annotated[Actor, Depends(needs("settle feedback"))],
    fields: Annotated[dict[str, str], Depends(own_form)],
) -> Response:
    """Close it, saying what was done."""
    if number >= 2**31:
        raise NotFoundError("there is no such feedback")
    settle_feedback(desk_of(request), actor, number, fields.get("how", ""))
    return RedirectResponse("/desk", 303)


def _form(request: Request, fields: dict[str, str], error: str = "") -> Response:
    piece, statement, seen = _of(request, fields)
    said = site_of(request).pack.statements.get(statement)
    return desk_page(
        request, "feedback.html", 400 if error else 200, piece=piece, statement=statement, seen=seen, said=said,
        kinds=KINDS, longest=LONGEST, error=error, kind=fields.get("kind", ""), text=fields.get("text", ""),
    )  # fmt: skip


def _of(request: Request, fields: dict[str, str]) -> tuple[str, str, str]:
    """What it is about, and the content that the reader saw."""
    piece, statement, seen = (fields.get(name, "") for name in ("piece", "statement", "seen"))
    check_shown(request, piece, statement)
    return piece, statement, seen if _HASH.fullmatch(seen) else ""


def check_shown(request: Request, piece: str, statement: str) -> None:
    """Raises `NotFoundError` for anything that this site does not show; repeats nothing."""
    present = present_of(request)
    is_case = re.fullmatch(rf"{re.escape(present.pack.id)}/case-[0-9a-f]{{12}}/[a-z]+", piece)
    if not is_case and piece not in (one.id for one in present.subjects()):
        raise NotFoundError("nothing that is shown here has this name")
    if statement and statement not in present.pack.statements:
        raise NotFoundError("no statement has this name")
