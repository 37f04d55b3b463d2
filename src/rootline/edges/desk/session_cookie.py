"""The cookie that carries a session's id, and the key of the forms shown in that session. Knows no account."""

from __future__ import annotations

import hashlib
import hmac

from starlette.requests import Request
from starlette.responses import Response

from rootline.desk.people.sessions import WHOLE
from rootline.edges.web.form import read_fields
from rootline.edges.web.site import site_of
from rootline.edges.web.tokens import is_token, make_token
from rootline.errors import AccessError
from rootline.settings import site_address


def session_id(request: Request) -> str:
    """What the browser brought; empty where it brought nothing."""
    return request.cookies.get(_name("session", request), "")


def browser_id(request: Request) -> str:
    """What the browser brought back from a sign-on provider."""
    return request.cookies.get(_name("sign-on", request), "")


def remember_session(response: Response, request: Request, id_: str) -> None:
    """Let the browser bring the id from now on."""
    _set(response, request, "session", id_, WHOLE)


def remember_browser(response: Response, request: Request, secret: str) -> None:
    """Let the browser bring this back from the sign-on provider."""
    _set(response, request, "sign-on", secret, 600)


def forget(response: Response, request: Request) -> None:
    """Take both cookies back."""
    for name in ("session", "sign-on"):
        response.delete_cookie(_name(name, request), secure=is_secure(request), httponly=True, samesite="lax")


def is_secure(request: Request) -> bool:
    """Whether browsers reach the site by https; behind a proxy only `ROOTLINE_ADDRESS` can say so."""
    return site_address().startswith("https://") or request.url.scheme == "https"


def form_token(request: Request) -> str:
    """A token for one page, good in this session alone."""
    return make_token(_key(request))


async def own_form(request: Request) -> dict[str, str]:
    """The fields of a form of ours. Raises `AccessError` for one that was not made in this session."""
    fields = await read_fields(request)
    if not is_token(fields.get("token", ""), _key(request)):
        raise AccessError("this form was not made in your session, or is too old", mend="Open its page again.")
    return fields


def _key(request: Request) -> bytes:
    return hmac.new(site_of(request).key, session_id(request).encode(errors="replace"), hashlib.sha256).digest()


def _name(name: str, request: Request) -> str:
    """Under https with the prefix that keeps neighbouring hosts from setting it."""
    return f"__Host-{name}" if is_secure(request) else name


def _set(response: Response, request: Request, name: str, value: str, lasts: int) -> None:
    # `lax`, not `strict`: a person who comes back from the provider, or by a link in a mail, is still signed in;
    # nothing is changed by a GET
    response.set_cookie(
        _name(name, request), value, max_age=lasts, httponly=True, samesite="lax", secure=is_secure(request)
    )
