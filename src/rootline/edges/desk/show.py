"""Pages of the desk from templates, in the frame of the site's own. Everything is escaped; nothing is decided here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from rootline.desk.actor import Actor
from rootline.desk.check_rows import detail_of, way_of
from rootline.desk.people.permissions import Action, may
from rootline.desk.tables import AuditEntry
from rootline.edges.desk.session_cookie import form_token
from rootline.edges.web.form import audience_in
from rootline.edges.web.show import PAGES
from rootline.edges.web.site import site_of

_TEMPLATES = FileSystemLoader(Path(__file__).parent / "templates")
_PAGES = PAGES.overlay(loader=ChoiceLoader([_TEMPLATES, *([PAGES.loader] if PAGES.loader else [])]))


# The desk's own navigation: an address, its name, and the action it stands for.
ROOMS: tuple[tuple[str, str, Action], ...] = (
    ("/desk", "Queue", "see the desk"),
    ("/desk/submit", "Put on the desk", "submit"),
    ("/desk/together", "Approve together", "approve together"),
    ("/desk/requirements", "Requirements", "see the desk"),
    ("/desk/record", "Record", "read the audit trail"),
)


def sentence(text: str) -> str:
    """An error's words as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def person_in(entry: AuditEntry) -> str:
    """Whose account an entry of the record is about; empty where it is about none."""
    detail = detail_of(entry) or {}
    stands = detail.get("stands")
    return str(detail.get("name") or (stands.get("name", "") if isinstance(stands, dict) else ""))


_PAGES.filters["sentence"] = sentence
_PAGES.filters["person_in"] = person_in
_PAGES.filters["way_of"] = way_of


def room(request: Request, template: str, actor: Actor, status: int = 200, **context: Any) -> HTMLResponse:
    """One of the desk's rooms, with the way to those that are open to this person."""
    rooms = [(address, name) for address, name, action in ROOMS if may(actor, action)]
    return desk_page(request, template, status, actor=actor, rooms=rooms, **context)


def desk_page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """One page, with a form token good in this session alone."""
    html = _PAGES.get_template(template).render(
        pack=site_of(request).pack,
        audience=audience_in({}, request),
        token=form_token(request),
        path=request.url.path,
        has_desk=True,
        **context,
    )
    return HTMLResponse(html, status)
