"""What somebody sees who may not do what they asked for: the sign-in page, a refusal, or data for a program."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rootline.edges.desk.show import desk_page
from rootline.edges.rest.app import is_of_api
from rootline.errors import AccessError, SignInError


def turned_away(request: Request, error: AccessError) -> Response:
    """A program gets 401 or 403 as data; a browser that asks for a page is led to sign in first."""
    status = 401 if isinstance(error, SignInError) else 403
    title = "Sign in first" if status == 401 else "Not allowed"
    path = request.url.path
    if is_of_api(path) or path.startswith("/fhir/") or "authorization" in request.headers:
        headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
        told = {"title": title, "status": status, "detail": error.what, "mend": error.mend}
        return JSONResponse(told, status, headers, media_type="application/problem+json")
    if status == 401 and request.method in ("GET", "HEAD"):
        return RedirectResponse(f"/sign-in?back={request.url.path}", 303)  # the path alone: a query may be private
    return desk_page(request, "turned_away.html", status, title=title, error=error)
