"""Who is before a page: read from the session's cookie or an API token, and held to the permission matrix.

A page of the desk names the action it stands for, `Depends(needs("approve"))`, and gets the actor. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from rootline.desk.actor import Actor
from rootline.desk.people.accounts import Member
from rootline.desk.people.api_tokens import who_by_token
from rootline.desk.people.permissions import Action, require
from rootline.desk.people.sign_in import who
from rootline.desk.people.store import People
from rootline.edges.desk.session_cookie import session_id
from rootline.errors import SignInError


@dataclass(frozen=True)
class Caller:
    """Who asks; nobody known is no member. `scopes` limit a program that acts for the person by a token."""

    member: Member | None
    scopes: tuple[str, ...] | None = None

    @property
    def actor(self) -> Actor | None:
        return None if self.member is None else self.member.actor


def people_of(request: Request) -> People:
    """The people of the site that a request came to."""
    people = request.app.state.people
    assert isinstance(people, People)
    return people


def by_token(request: Request) -> Caller | None:
    """Who asks by a token; None where none was sent. Raises `SignInError` for one that opens nothing."""
    given = request.headers.get("authorization")
    if given is None:
        return None
    scheme, _, secret = given.partition(" ")
    found = who_by_token(people_of(request), secret.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise SignInError("this token opens nothing", mend="It may have expired or been revoked; make another.")
    return Caller(*found)


def caller_of(request: Request) -> Caller:
    """Who asks, by a token or a cookie; a token that opens nothing never falls back on the cookie."""
    if caller := by_token(request):
        return caller
    id_ = session_id(request)
    return Caller(who(people_of(request), id_) if id_ else None)


def current_actor(request: Request) -> Actor | None:
    """The person before a page; None without an account."""
    return caller_of(request).actor


def signed_in(request: Request) -> Member:
    """The person before a page about themselves, in a browser. Raises `SignInError`."""
    caller = caller_of(request)
    if caller.member is None or caller.scopes is not None:
        raise SignInError("this page takes an account", mend="Sign in.")
    return caller.member


def needs(action: Action) -> Callable[[Request], Actor | None]:
    """A dependency that gives the actor. Raises `SignInError` or `AccessError` where the matrix does not allow it."""

    def allowed(request: Request) -> Actor | None:
        caller = caller_of(request)
        require(caller.actor, action, caller.scopes)
        return caller.actor

    return allowed
