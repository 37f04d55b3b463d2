"""Pages from templates. Everything is escaped; nothing is decided here or in a template."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from rootline.answers.model import AUDIENCES
from rootline.edges.web.form import COOKIE, audience_in
from rootline.edges.web.opened import Shown
from rootline.edges.web.site import site_of
from rootline.edges.web.tokens import make_token, mark
from rootline.evidence.points.source import Source

_HERE = Path(__file__).parent
ICON = _HERE / "static" / "icon.svg"
_YEAR = 365 * 24 * 3600
PAGES = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """One page."""
    site = site_of(request)
    context.setdefault("audience", audience_in({}, request))
    html = PAGES.get_template(template).render(
        pack=site.pack,
        audiences=AUDIENCES,
        token=make_token(site.key),
        path=request.url.path,
        has_desk=has_desk(request),
        mark=lambda shown: mark(shown, site.key),
        **context,
    )
    return HTMLResponse(html, status)


def has_desk(request: Request) -> bool:
    """Whether the site has an editorial desk, with people."""
    return hasattr(request.app.state, "people")


def go_to(request: Request, shown: Shown, part: str = "") -> RedirectResponse:
    """On to the page that shows this, at an address that can be reloaded and gone back to.

    The audience chosen in a form is remembered, for a year, in a cookie that holds only that word.
    """
    response = RedirectResponse(f"/case/{site_of(request).opened.hold(shown)}{part}", 303)
    audience = shown.after.audience
    if request.cookies.get(COOKIE, "clinician") != audience:
        response.set_cookie(COOKIE, audience, max_age=_YEAR, httponly=True, samesite="strict")
    return response


def plain_name(id_: str) -> str:
    """An id as words."""
    return id_.replace("_", " ").replace("-", " ")


def links(source: Source) -> list[tuple[str, str]]:
    """Where a source can be opened: a name and an address each, DOI first; only web addresses."""
    found = []
    if source.doi:
        found.append((f"doi:{source.doi}", f"https://doi.org/{source.doi}"))
    if source.pmid:
        found.append((f"PubMed {source.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"))
    if source.url.startswith(("https://", "http://")) and not found:
        found.append((source.url.partition("//")[2].partition("/")[0], source.url))
    return found


def reference_type(kind: str) -> str:
    """Guideline or Research, as readers of references expect it; labels and regulators keep their name."""
    if kind in ("guideline", "standard"):
        return "Guideline"
    if kind in ("label", "regulator", "textbook"):
        return kind.capitalize()
    return "Research"


def static(name: str) -> str:
    """The address of one of our own files; it changes with the file, so that browsers may keep it for good."""
    return f"/static/{name}?v={sha256((_HERE / 'static' / name).read_bytes()).hexdigest()[:12]}"


PAGES.globals["files"] = {name: static(name) for name in ("style.css", "live.js", "icon.svg")}
PAGES.filters["plain_name"] = plain_name
PAGES.filters["links"] = links
PAGES.filters["reference_type"] = reference_type
PARTS: Any = PAGES.get_template("parts.html").module  # macros, for pieces that are made once
