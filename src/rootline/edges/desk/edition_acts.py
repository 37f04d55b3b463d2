"""What a person does to an edition from its page: each act as a form that says which version the person saw.

Decides nothing: who may do what, and who came first, is found out where the act is done.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.desk import acts
from rootline.desk.actor import Actor
from rootline.desk.content import answer_in
from rootline.desk.people.permissions import Action
from rootline.desk.withdraw import withdraw
from rootline.edges.desk.current_actor import needs
from rootline.edges.desk.edition_page import edition_at
from rootline.edges.desk.opened_desk import check_on_disk, desk_of
from rootline.edges.desk.session_cookie import own_form
from rootline.errors import InputError, NotFoundError, RefusedError

router = APIRouter(include_in_schema=False, prefix="/desk/editions/{number:int}")
Fields = Annotated[dict[str, str], Depends(own_form)]


def _by(action: Action) -> object:
    return Depends(needs(action))


@router.post("/submit")
def submit(request: Request, number: int, actor: Annotated[Actor, _by("submit")], fields: Fields) -> Response:
    """Ask for review."""
    acts.submit(desk_of(request), actor, _known(request, number), seen_in(fields))
    return _back(number)


@router.post("/take")
def take(request: Request, number: int, actor: Annotated[Actor, _by("take")], fields: Fields) -> Response:
    """Begin to review."""
    acts.take(desk_of(request), actor, _known(request, number), seen_in(fields))
    return _back(number)


@router.post("/request-changes")
def request_changes(
    request: Request, number: int, actor: Annotated[Actor, _by("request changes")], fields: Fields
) -> Response:
    """Send it back, saying why."""
    acts.request_changes(
        desk_of(request), actor, _known(request, number), seen_in(fields), fields.get("why", "")
    )  # fmt: skip
    return _back(number)


@router.post("/approve")
def approve(request: Request, number: int, actor: Annotated[Actor, _by("approve")], fields: Fields) -> Response:
    """Sign it, with a declaration of interests."""
    check_on_disk(request, edition_at(desk_of(request), number))
    acts.approve(desk_of(request), actor, number, seen_in(fields), conflict_in(fields))
    return _back(number)


@router.post("/set-aside")
def set_aside(request: Request, number: int, actor: Annotated[Actor, _by("set aside")], fields: Fields) -> Response:
    """Take back a conflict that was declared by mistake, saying why."""
    edition, seen, signature = _known(request, number), seen_in(fields), _number(fields, "signature")
    acts.set_aside(desk_of(request), actor, edition, seen, signature, fields.get("why", ""))
    return _back(number)


@router.post("/retire")
def retire(request: Request, number: int, actor: Annotated[Actor, _by("retire")], fields: Fields) -> Response:
    """Take it out of use, saying why."""
    acts.retire(desk_of(request), actor, _known(request, number), seen_in(fields), fields.get("why", ""))
    return _back(number)


@router.post("/withdraw")
def withdraw_text(request: Request, number: int, actor: Annotated[Actor, _by("withdraw")], fields: Fields) -> Response:
    """Take the text of a published case off the desk, saying why."""
    withdraw(desk_of(request), actor, edition_at(desk_of(request), number).piece, fields.get("why", ""))
    return _back(number)


@router.post("/comment")
def comment(request: Request, number: int, actor: Annotated[Actor, _by("comment")], fields: Fields) -> Response:
    """Say something of a statement, or of the whole."""
    statement = fields.get("statement", "")
    edition = edition_at(desk_of(request), number)
    answer = answer_in(edition.content)
    said = {one.id for part in answer.sections for one in part.statements} if answer else set()
    if statement and statement not in said:
        raise NotFoundError("this edition has no such statement")
    acts.comment(desk_of(request), actor, edition.id, statement, fields.get("text", ""))
    return _back(number, f"#s-{statement}" if statement else "#h-said")


def seen_in(fields: dict[str, str]) -> int:
    """The version that the person saw. Raises `InputError`."""
    return _number(fields, "seen")


def _number(fields: dict[str, str], name: str) -> int:
    given = fields.get(name, "")
    if not (given.isascii() and given.isdecimal() and len(given) <= 9):
        raise InputError("the form cannot be read", mend="Open its page again.")
    return int(given)


def conflict_in(fields: dict[str, str]) -> str:
    """The conflict of interest declared; empty for none. Raises `RefusedError` where nothing was declared."""
    declared, text = fields.get("declares", ""), fields.get("conflict", "").strip()
    if declared == "none" and not text:
        return ""
    if declared == "conflict" and text:
        return text
    mend = "Choose that you have none, or choose that you have one and say which."
    raise RefusedError("it is not clear whether you declare a conflict of interest", mend=mend)


def _known(request: Request, number: int) -> int:
    return edition_at(desk_of(request), number).id


def _back(number: int, place: str = "") -> Response:
    return RedirectResponse(f"/desk/editions/{number}{place}", 303)
