"""What a reader says of a statement, from a form that needs no account; and settling it at the desk.

Keeps what is written and nothing of who wrote it. Patients' data do not belong here, and the page says so.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.desk.actor import SOMEBODY, Actor
from rootline.desk.feedback import KINDS, LONGEST, Kind, give_feedback, settle_all, settle_feedback
from rootline.desk.published import subject_called
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.opened_desk import desk_of, present_of
from rootline.edges.desk.session_cookie import own_form
from rootline.edges.desk.show import desk_page
from rootline.edges.rest.rate import Buckets, client_of
from rootline.edges.web.form import read_fields
from rootline.edges.web.site import site_of
from rootline.edges.web.tokens import is_mark
from rootline.errors import InputError, NotFoundError, RefusedError

router = APIRouter(include_in_schema=False)
Reader = Annotated[Actor | None, Depends(needs("give feedback"))]
_A_MINUTE = 10  # reports from one address; calls of unsafe are counted apart, so that others do not use them up


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
    if wait := wait_for(request, kind):
        told = _form(request, fields, f"Many reports came from your address: send it again in {wait} seconds.", 429)
        told.headers["Retry-After"] = str(wait)
        return told
    text = fields.get("text", "")
    try:
        given = give_feedback(desk_of(request), piece, statement, seen, kind, text, reader or SOMEBODY)
    except RefusedError as error:
        return _form(request, fields, f"{error.what[:1].upper()}{error.what[1:]}. {error.mend}")
    return desk_page(request, "feedback_given.html", given=given, is_kept=given.text == text.strip())


@router.post("/desk/feedback/settle")
def settle_together(
    request: Request,
    actor: Annotated[Actor, Depends(needs("settle feedback"))],
    fields: Annotated[dict[str, str], Depends(own_form)],
) -> Response:
    """Close all of one kind on one piece, as far as the person saw them."""
    last = fields.get("last", "")
    kind: Kind | None = next((one for one in KINDS if one == fields.get("kind")), None)
    if kind is None or not (last.isascii() and last.isdecimal() and len(last) <= 9):
        raise InputError("the form cannot be read", mend="Open its page again.")
    settle_all(desk_of(request), actor, fields.get("piece", ""), kind, int(last), fields.get("how", ""))
    return RedirectResponse("/desk", 303)


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


def wait_for(request: Request, kind: Kind) -> int:
    """Seconds that this address has to wait, by whatever door it reports; 0 for none, and then this one is counted.

    Addresses are counted where the API counts them: behind a proxy, where all readers have one, the proxy does.
    """
    if not site_of(request).a_minute:
        return 0
    buckets: Buckets = request.app.state.feedback_buckets
    left = buckets.take(f"{client_of(request.scope)} {kind == 'unsafe'}", time.monotonic())
    return buckets.wait(left) if left < 0 else 0


def new_buckets() -> Buckets:
    """How often one address may report, for one site."""
    return Buckets(_A_MINUTE)


def _form(request: Request, fields: dict[str, str], error: str = "", status: int = 400) -> Response:
    piece, statement, seen = _of(request, fields)
    said = site_of(request).pack.statements.get(statement)
    return desk_page(
        request, "feedback.html", status if error else 200, piece=piece, statement=statement, seen=seen, said=said,
        kinds=KINDS, longest=LONGEST, error=error, kind=fields.get("kind", ""), text=fields.get("text", ""),
        mark=fields.get("mark", ""),
    )  # fmt: skip


def _of(request: Request, fields: dict[str, str]) -> tuple[str, str, str]:
    """What it is about. Raises `NotFoundError` for what is neither published nor was shown by this site."""
    piece, statement, seen = (fields.get(name, "") for name in ("piece", "statement", "seen"))
    was_shown = is_mark(fields.get("mark", ""), f"{piece} {seen}", site_of(request).key)
    check_known(request, "" if was_shown else piece, statement)
    return piece, statement, seen if was_shown else ""


def check_known(request: Request, piece: str, statement: str) -> None:
    """Raises `NotFoundError` for a piece or a statement that is not there; repeats nothing. Neither need be given."""
    present = present_of(request)
    with suppress(NotFoundError):
        if piece:
            subject_called(desk_of(request), present, piece)
        if not statement or statement in present.pack.statements:
            return
    raise NotFoundError("nothing that is shown here has this name")
