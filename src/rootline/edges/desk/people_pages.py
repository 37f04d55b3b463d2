"""The administrator's page of people: added, changed, disabled, unlocked. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.desk.actor import ROLES, Actor
from rootline.desk.people.accounts import add, change, disable, enable, give_password, list_people, unlock
from rootline.desk.people.passwords import SHORTEST
from rootline.desk.people.permissions import MATRIX
from rootline.desk.people.store import People
from rootline.edges.desk.current_actor import needs, people_of
from rootline.edges.desk.session_cookie import own_form
from rootline.edges.desk.show import desk_page
from rootline.errors import NotFoundError, RootlineError

router = APIRouter(include_in_schema=False)
Keeper = Annotated[Actor, Depends(needs("keep people"))]
Fields = Annotated[dict[str, str], Depends(own_form)]


@router.get("/people")
def people(request: Request, keeper: Keeper) -> Response:
    """Everybody, and what can be done about each; whom a role lets do what."""
    return _page(request)


@router.post("/people/{step}")
def step(request: Request, step: str, keeper: Keeper, fields: Fields) -> Response:
    """One change, then the page again."""
    if step not in _STEPS:
        raise NotFoundError("there is no such step")
    try:
        _STEPS[step](people_of(request), keeper, fields)
    except RootlineError as error:
        return _page(request, 400, error)
    return RedirectResponse("/people", 303)


def _add(people: People, by: Actor, fields: dict[str, str]) -> None:
    add(
        people, fields.get("login", ""), fields.get("name", ""), fields.get("role", ""), fields.get("specialty", ""),
        by=by, password=None if fields.get("by") == "single sign-on" else fields.get("password", ""),
    )  # fmt: skip


def _change(people: People, by: Actor, fields: dict[str, str]) -> None:
    change(people, fields.get("login", ""), by=by, role=fields.get("role"), specialty=fields.get("specialty"))


def _give_password(people: People, by: Actor, fields: dict[str, str]) -> None:
    give_password(people, fields.get("login", ""), fields.get("password", ""), by=by)


_STEPS: dict[str, Callable[[People, Actor, dict[str, str]], object]] = {
    "add": _add,
    "change": _change,
    "password": _give_password,
    "disable": lambda people, by, fields: disable(people, fields.get("login", ""), by=by),
    "enable": lambda people, by, fields: enable(people, fields.get("login", ""), by=by),
    "unlock": lambda people, by, fields: unlock(people, fields.get("login", ""), by=by),
}


def _page(request: Request, status: int = 200, error: RootlineError | None = None) -> Response:
    everybody = list_people(people_of(request))
    return desk_page(
        request, "people.html", status, everybody=everybody, roles=ROLES, matrix=MATRIX, error=error, shortest=SHORTEST
    )
