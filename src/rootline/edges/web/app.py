"""The web application put together: guard, pages, API and probes. Holds no page itself.

FastAPI can record requests and errors by way of OpenTelemetry; a patient's words must not get there: it is all off.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from rootline.answers.conversation import Conversation, reply
from rootline.edges.cds_hooks.mount import connect
from rootline.edges.web import api, browse, pages, probes, take_away
from rootline.edges.web.form import LONGEST
from rootline.edges.web.guard import Guard
from rootline.edges.web.show import page
from rootline.edges.web.site import Site, site_from_environment
from rootline.errors import NotFoundError, RootlineError

_STATIC = Path(__file__).parent / "static"
_COMPRESSED_FROM = 1024  # bytes


def create_app(site: Site) -> FastAPI:
    """The application for one site."""
    app = FastAPI(
        title="Rootline",
        summary="Guideline-backed answers, every sentence traced to its source",
        version=site.pack.version,
        docs_url=None,  # our own page: FastAPI's fetches scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    app.state.site = site
    for room in (pages, take_away, browse, api, probes):
        app.include_router(room.router)
    connect(app, site)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_exception_handler(RootlineError, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _failed)
    app.add_middleware(GZipMiddleware, minimum_size=_COMPRESSED_FROM, compresslevel=5)
    app.add_middleware(probes.Counted)
    app.add_middleware(Guard, hosts=site.hosts)
    return app


def serve_app() -> FastAPI:
    """What each worker process of `rootline serve` runs: warm, so that the first to ask waits no longer."""
    site = site_from_environment()
    pages.examples(site.pack)
    for question in site.pack.questions[:1]:
        _ = reply(Conversation(question.text), site.pack).worked.answer
    return create_app(site)


async def _unreadable(request: Request, error: Exception) -> Response:
    """What does not fit the API's shapes; tells where, and never repeats what was sent."""
    assert isinstance(error, RequestValidationError)
    places = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:10])
    return _problem(request, 400, "This cannot be read", places, "See /docs.")


async def _refused(request: Request, error: Exception) -> Response:
    """Our own errors, each with how to mend it."""
    assert isinstance(error, RootlineError)
    status = 404 if isinstance(error, NotFoundError) else 400
    return _problem(request, status, "Not found" if status == 404 else "This cannot be read", error.what, error.mend)


async def _failed(request: Request, error: Exception) -> Response:
    """What the framework refuses: no such page, too large, another method."""
    assert isinstance(error, HTTPException)
    titles = {404: "Not found", 405: "Not possible here", 413: "Too much text"}
    what = {
        404: "There is no page at this address.",
        405: "This address is answered when a form is sent to it.",
        413: f"More than {LONGEST:,} bytes cannot be read.",
    }.get(error.status_code, "The request cannot be answered.")
    return _problem(request, error.status_code, titles.get(error.status_code, "Refused"), what, "")


def _problem(request: Request, status: int, title: str, what: str, mend: str) -> Response:
    """An error as a page, or as data where a program asked."""
    if request.url.path.startswith(("/api/", "/cds-services")):
        return JSONResponse({"title": title, "status": status, "detail": what, "mend": mend}, status)
    return page(request, "problem.html", status, title=title, what=what, mend=mend, case="")
