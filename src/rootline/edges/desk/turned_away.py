"""What somebody sees who may not do what they asked for: the sign-in page, a refusal, or data for a program."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rootline.edges.desk.show import desk_page
from rootline.edges.rest.problem import problem, sentence
from rootline.edges.web.programs import is_of_programs
from rootline.errors import AccessError, SignInError


def turned_away(request: Request, error: AccessError) -> Response:
    """A program gets 401 or 403 as data; a browser that asks for a page is led to sign in first."""
    status = 401 if isinstance(error, SignInError) else 403
    if is_of_programs(request.url.path) or "authorization" in request.headers:
        headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
        return problem(status, sentence(error.what), error.mend, headers=headers)
    if status == 401 and request.method in ("GET", "HEAD"):
        return RedirectResponse(f"/sign-in?back={request.url.path}", 303)  # the path alone: a query may be private
    title = "Sign in first" if status == 401 else "Not allowed"
    return desk_page(request, "turned_away.html", status, title=title, error=error)
