"""The web application put together: guard, pages, probes, and the API beside them. Holds no page itself.

FastAPI can record requests and errors by way of OpenTelemetry; a patient's words must not get there: it is all off.
"""

from __future__ import annotations

import gc
from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from rootline.answers.audience import VOICE
from rootline.answers.conversation import Conversation, reply
from rootline.answers.warning_signs import warning_signs
from rootline.edges.cds_hooks.mount import connect
from rootline.edges.fhir import routes as fhir
from rootline.edges.fhir.outcome import AsOutcome
from rootline.edges.rest.app import Beside, create_api
from rootline.edges.rest.as_problem import AsProblem
from rootline.edges.rest.fresh import COMPRESSED_FROM
from rootline.edges.rest.rate import Rate
from rootline.edges.web import browse, pages, probes, take_away
from rootline.edges.web.form import COOKIE, LONGEST, audience_in
from rootline.edges.web.guard import Guard
from rootline.edges.web.head import Head
from rootline.edges.web.programs import is_of_programs
from rootline.edges.web.show import page
from rootline.edges.web.site import Site, site_from_environment, site_of
from rootline.errors import ConflictError, NotFoundError, RootlineError
from rootline.packs.model import Pack
from rootline.settings import holds_desk, readers_need_account

_STATIC = Path(__file__).parent / "static"


def create_app(site: Site) -> FastAPI:
    """The application for one site."""
    app = FastAPI(
        title="Rootline",
        openapi_url=None,  # the API describes itself
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
    for room in (pages, take_away, browse, fhir, probes):
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_exception_handler(RootlineError, _refused)
    app.add_exception_handler(HTTPException, _failed)
    app.state.api = create_api(site)
    app.add_middleware(Beside, api=app.state.api)
    app.add_middleware(Rate, a_minute=site.a_minute, counts=is_of_programs)
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED_FROM, compresslevel=5)
    app.add_middleware(Head)
    app.add_middleware(probes.Counted)
    app.add_middleware(Guard, hosts=site.hosts, warning=_in_plain_text(site.pack), refused=_turned_away)
    app.add_middleware(AsProblem)
    app.add_middleware(AsOutcome)
    connect(app, site)
    return app


def serve_app() -> FastAPI:
    """What each worker process of `rootline serve` runs: warm, so that the first to ask waits no longer."""
    site = site_from_environment()
    pages.examples(site.pack)
    for question in site.pack.questions[:1]:
        _ = reply(Conversation(question.text), site.pack).worked.answer
    app = assemble(site)
    gc.collect()
    gc.freeze()  # the pack is for good: each full collection would walk all of it, a tenth of a second long
    return app


def assemble(site: Site) -> FastAPI:
    """The application with the desk's people where there is a desk, or should be one; only that needs the extra `desk`.

    Raises a `RootlineError` for a setting with which nothing can be served.
    """
    app = create_app(site)
    if not holds_desk() and not readers_need_account():
        return app
    from rootline.edges.desk.join import with_people

    return with_people(app)


def _in_plain_text(pack: Pack) -> str:
    """What must not wait, for pages that cannot be made any more."""
    return "\n".join(f"If {one.condition}: {one.text}" for one in warning_signs(pack, "patient"))


async def _refused(request: Request, error: Exception) -> Response:
    """Our own errors, each with how to mend it."""
    assert isinstance(error, RootlineError)
    status, title = 400, "This cannot be read"
    if isinstance(error, NotFoundError):
        status, title = 404, "Not found"
    if isinstance(error, ConflictError):
        status, title = 409, "Changed meanwhile"
    return _problem(request, status, title, error.what, error.mend)


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


def _turned_away(request: Request, words: str) -> Response:
    """Who the guard refuses: a page for a reader, words for programs, whose layers tell them as data."""
    if is_of_programs(request.url.path):
        return PlainTextResponse(words, 403)
    return _problem(request, 403, "Refused", words, "")


def _problem(request: Request, status: int, title: str, what: str, mend: str) -> Response:
    """An error as a page.

    Who asked about a patient reads what must not wait, in plain words unless another reader is known.
    """
    is_case = request.method == "POST" or request.url.path.startswith(("/case/", "/kept/"))
    voice = VOICE[audience_in({"audience": request.cookies.get(COOKIE, "patient")}, request)]
    shown = warning_signs(site_of(request).pack, voice) if is_case else ()
    return page(request, "problem.html", status, title=title, what=what, mend=mend, warnings=shown)
