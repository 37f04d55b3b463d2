"""What somebody sees whose act was not done: why, and that somebody else was first where that is so."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from rootline.edges.desk.show import desk_page
from rootline.errors import DeskError, OvertakenError


def undone(request: Request, error: Exception) -> Response:
    """A page that says that nothing was changed, with the way back to look again."""
    assert isinstance(error, DeskError)
    overtaken = isinstance(error, OvertakenError)
    title = "Somebody was first" if overtaken else "Not done"
    page = request.url.path.rpartition("/")[0] if request.url.path.startswith("/desk/editions/") else ""
    return desk_page(request, "undone.html", 409 if overtaken else 403, title=title, error=error, look_again=page)
