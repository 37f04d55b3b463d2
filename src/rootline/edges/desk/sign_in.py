"""Signing in and out in the browser: by password, or by way of a sign-on provider. Decides nothing."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.desk.people.passwords import SHORTEST
from rootline.desk.people.secret import new_secret
from rootline.desk.people.sessions import end_session
from rootline.desk.people.sign_in import change_password
from rootline.desk.people.sign_in import sign_in as begin
from rootline.desk.people.single_sign_on import come_back, leave
from rootline.edges.desk.current_actor import people_of
from rootline.edges.desk.session_cookie import (
    browser_id,
    forget,
    own_form,
    remember_browser,
    remember_session,
    session_id,
)
from rootline.edges.desk.show import desk_page
from rootline.errors import FirstPasswordError, NotFoundError, RootlineError, SignInError
from rootline.settings import SignOnSettings, sign_on_settings, site_address

router = APIRouter(include_in_schema=False)
Fields = Annotated[dict[str, str], Depends(own_form)]
_CALLBACK = "/sign-in/callback"


@router.get("/sign-in")
def ask(request: Request, back: str = "") -> Response:
    """The form, and the way to the provider where there is one."""
    return _form(request, _local(back))


@router.post("/sign-in")
def sign_in(request: Request, fields: Fields) -> Response:
    """A session, or the form again; who has a first password is asked for an own one."""
    login, back = fields.get("login", ""), _local(fields.get("back", ""))
    try:
        id_ = begin(people_of(request), login, fields.get("password", ""))
    except FirstPasswordError:
        return desk_page(request, "first_password.html", login=login, back=back, error=None, shortest=SHORTEST)
    except SignInError as error:
        return _form(request, back, error)
    return _opened(request, id_, back)


@router.post("/sign-in/first-password")
def first_password(request: Request, fields: Fields) -> Response:
    """An own password in place of the one that somebody else gave."""
    login, back = fields.get("login", ""), _local(fields.get("back", ""))
    try:
        id_ = change_password(people_of(request), login, fields.get("password", ""), fields.get("new", ""))
    except RootlineError as error:
        context = {"login": login, "back": back, "shortest": SHORTEST}
        return desk_page(request, "first_password.html", 400, error=error, **context)
    return _opened(request, id_, back)


@router.post("/sign-out")
def sign_out(request: Request, fields: Fields) -> Response:
    """End the session, here and on the server."""
    end_session(people_of(request), session_id(request))
    response = RedirectResponse("/sign-in", 303)
    forget(response, request)
    return response


@router.get("/sign-in/provider")
def provider(request: Request) -> Response:
    """Off to the provider. A link, not a form: the content policy lets no form lead elsewhere."""
    browser = new_secret()
    try:
        address = leave(people_of(request), _settings(), site_address() + _CALLBACK, browser)
    except SignInError as error:
        return _form(request, "/", error)
    response = RedirectResponse(address, 303)
    remember_browser(response, request, browser)
    return response


@router.get(_CALLBACK)
def callback(request: Request, state: str = "", code: str = "") -> Response:
    """Back from the provider, with a code, or with its refusal."""
    try:
        id_ = come_back(
            people_of(request),
            _settings(),
            site_address() + _CALLBACK,
            state=state,
            code=code,
            browser=browser_id(request),
        )
    except RootlineError as error:
        return _form(request, "/", error)
    return _opened(request, id_, "/")


def _settings() -> SignOnSettings:
    settings = sign_on_settings()
    if settings is None:
        raise NotFoundError("there is no single sign-on here", mend="Sign in with a password.")
    return settings


def _form(request: Request, back: str, error: RootlineError | None = None) -> Response:
    settings = sign_on_settings()
    name = urlsplit(settings.issuer).hostname if settings else ""
    return desk_page(request, "sign_in.html", 400 if error else 200, back=back, error=error, provider=name)


def _opened(request: Request, id_: str, back: str) -> Response:
    response = RedirectResponse(back if back != "/" else "/account", 303)
    forget(response, request)
    remember_session(response, request, id_)
    return response


def _local(back: str) -> str:
    """A page of ours to go back to; anything else leads home, so that no link signs people in for elsewhere."""
    return back if re.fullmatch(r"/(?:[\w.\-][\w.\-/]*)?", back, re.ASCII) else "/"
