"""Who asks the desk's API: a token alone says so. A cookie says nothing here, so that no other site's page can act.

Decides nothing: the table of what is allowed is `desk/people/permissions`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Security
from fastapi.security import HTTPBearer
from starlette.requests import Request

from rootline.desk.actor import Actor
from rootline.desk.people.permissions import Action, may, require
from rootline.edges.desk.current_actor import Caller, by_token
from rootline.errors import SignInError

_BEARER = HTTPBearer(
    scheme_name="token",
    bearerFormat="rootline_…",
    description="A token of an account at the desk, from `/account` or `rootline desk people token`.",
    auto_error=False,
)
_ASKED = Security(_BEARER)
# For routes that are open to anyone, unless reading takes an account here: a token is not needed.
OPEN: dict[str, Any] = {"security": [{}]}


def needs(action: Action) -> Callable[[Request], Actor | None]:
    """A dependency that gives the actor; None for anyone without a token, where that is enough.

    Raises `SignInError` or `AccessError` where the matrix or the token's scopes do not allow it.
    """

    def allowed(request: Request, _: object = _ASKED) -> Actor | None:
        caller = by_token(request) or Caller(None)
        if caller.actor is None and not may(None, action):
            mend = "Send one as `Authorization: Bearer …`; `/account` makes them."
            raise SignInError(f"to {action} takes a token", mend=mend)
        require(caller.actor, action, caller.scopes)
        return caller.actor

    return allowed
