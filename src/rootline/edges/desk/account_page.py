"""A person's own page: their password and their tokens. Decides nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.desk.people.accounts import Member
from rootline.desk.people.api_tokens import make_token, revoke_token, tokens_of
from rootline.desk.people.passwords import SHORTEST
from rootline.desk.people.permissions import SCOPES
from rootline.desk.people.sign_in import change_password
from rootline.edges.desk.current_actor import people_of, signed_in
from rootline.edges.desk.session_cookie import own_form, remember_session
from rootline.edges.desk.show import desk_page
from rootline.errors import NotFoundError, RootlineError

router = APIRouter(include_in_schema=False)
Me = Annotated[Member, Depends(signed_in)]
Fields = Annotated[dict[str, str], Depends(own_form)]


@router.get("/account")
def account(request: Request, me: Me) -> Response:
    """Who one is here, and what one can change."""
    return _page(request, me)


@router.post("/account/password")
def password(request: Request, me: Me, fields: Fields) -> Response:
    """Another password; every other browser is signed out."""
    try:
        id_ = change_password(people_of(request), me.login, fields.get("password", ""), fields.get("new", ""))
    except RootlineError as error:
        return _page(request, me, 400, error=error)
    response = RedirectResponse("/account?changed", 303)
    remember_session(response, request, id_)
    return response


@router.post("/account/token")
def token(request: Request, me: Me, fields: Fields) -> Response:
    """A new token, shown this once."""
    scopes = [scope for scope in SCOPES if fields.get(f"scope.{scope}")]
    days = fields.get("days", "")
    try:
        made = make_token(
            people_of(request), me.login, fields.get("label", ""), scopes, int(days) if days.isdecimal() else 0
        )
    except RootlineError as error:
        return _page(request, me, 400, error=error)
    return _page(request, me, made=made)


@router.post("/account/revoke")
def revoke(request: Request, me: Me, fields: Fields) -> Response:
    """A token taken back."""
    number = fields.get("number", "")
    if not number.isdecimal() or len(number) > 9:
        raise NotFoundError("this person has no such token")
    revoke_token(people_of(request), me.login, int(number))
    return RedirectResponse("/account", 303)


def _page(
    request: Request, me: Member, status: int = 200, *, error: RootlineError | None = None, made: str = ""
) -> Response:
    people = people_of(request)
    tokens = [(one, _day(one.created), _day(one.expires), _day(one.used)) for one in tokens_of(people, me.login)]
    return desk_page(
        request, "account.html", status, me=me, error=error, made=made, tokens=tokens, scopes=SCOPES,
        shortest=SHORTEST, is_changed="changed" in request.query_params,
    )  # fmt: skip


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds else "never"
