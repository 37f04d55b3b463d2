"""The API put together: versions, limits, errors and its description. Holds no resource itself.

An application of its own beside the pages, so that every address under `/api/` answers as data, errors included.
"""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from rootline.client.shapes import Problem
from rootline.edges.rest import ask, cases, content, reasons, search, sources
from rootline.edges.rest.as_problem import API
from rootline.edges.rest.each_key import each_key_once
from rootline.edges.rest.each_parameter import each_parameter_known
from rootline.edges.rest.fresh import NOT_CHANGED, Fresh, shared
from rootline.edges.rest.problem import tell_errors
from rootline.edges.web.site import Site

NEWEST = f"{API}/v1"
DESCRIPTION = "/openapi.json"
_TAGS = [
    {"name": "answers", "description": "Answers and plans, why they are so, and whether they hold."},
    {"name": "cases", "description": "Cases that were kept on request."},
    {"name": "content", "description": "The topic pack: what every answer is read off."},
    {"name": "sources", "description": "What it rests on."},
    {"name": "search", "description": "The pack's own words, and the user's library."},
]


class _Described(FastAPI):
    """Describes the shape of errors too, which no route names as its own."""

    def openapi(self) -> dict[str, Any]:
        described = super().openapi()
        described["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        return described


def create_api(site: Site) -> FastAPI:
    """The API for one site."""
    api = _Described(
        title="Rootline",
        summary="Guideline-backed answers, every sentence traced to its source",
        description="Educational, not a medical device. Each answer and plan holds the state of its review.",
        version=site.pack.version,
        openapi_url=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_tags=_TAGS,
        dependencies=[Depends(each_parameter_known)],
        generate_unique_id_function=_name,
        telemetry={  # it can record requests and errors: a patient's words must not get there
            "tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False,
        },
    )  # fmt: skip
    api.state.site = site
    for room in (content, sources):
        api.include_router(room.router, prefix=NEWEST, dependencies=[Depends(shared)], responses=NOT_CHANGED)
    once = [Depends(each_key_once)]
    for asking in (ask.router, reasons.router, search.router, cases.router):
        api.include_router(asking, prefix=NEWEST, dependencies=once)
    api.include_router(reasons.verifying, prefix=NEWEST)  # reads its body itself, and as strictly
    api.include_router(ask.router, prefix=API, dependencies=once)  # the newest version's, under names without one
    tell_errors(api)
    api.add_middleware(Fresh)
    return api


class Beside:
    """Hands what is asked of the API to it, everything else on."""

    def __init__(self, app: ASGIApp, api: FastAPI) -> None:
        self.app, self.api = app, api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_api = scope["type"] == "http" and is_of_api(scope["path"])
        await (self.api if is_api else self.app)(scope, receive, send)


def is_of_api(path: str) -> bool:
    """Whether the API answers at this address, its own description among them."""
    return path in (DESCRIPTION, API) or path.startswith(f"{API}/")


def _name(route: APIRoute) -> str:
    newest = "" if route.path_format.startswith(NEWEST) else "_newest"
    return f"{route.name}{newest}"
