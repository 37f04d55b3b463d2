"""The addresses of the CDS Hooks service under `/cds-services`, for programs and the browsers that the settings name.

Errors tell what is wrong with a request and repeat nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from rootline.edges.cds_hooks.body import HOOKS, Lacking, read_call, read_json
from rootline.edges.cds_hooks.config import Config
from rootline.edges.cds_hooks.door import Door, Refused
from rootline.edges.cds_hooks.feedback import Ledger
from rootline.edges.cds_hooks.service import Service, discovery, service_id
from rootline.edges.rest.as_problem import HOOKS as ROOM
from rootline.edges.rest.bounded import SECONDS, TookTooLong, bounded
from rootline.edges.rest.problem import problem
from rootline.edges.web.site import Site
from rootline.errors import NotFoundError, RootlineError
from rootline.settings import state_folder

LONGEST = 8_000_000  # bytes of a request
_HOOK = {service_id(hook): hook for hook in HOOKS}
_ALLOWED = {"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Max-Age": "600"}  # fmt: skip


def router_of(site: Site, config: Config) -> APIRouter:
    """The addresses for one site, as it is set up."""
    folder = state_folder() / "cds"
    service = Service(site.pack, config, Ledger(folder), site.kept.keep, site.patient_review)
    door = Door(config, folder / "seen")
    router = APIRouter(prefix=ROOM, include_in_schema=False)

    def let_in(request: Request, work: Callable[[bytes], Any], body: bytes) -> Any:
        door.check(request.headers.get("authorization", ""), config.address + request.url.path)
        return work(body)

    async def replied(request: Request, work: Callable[[bytes], Any]) -> Response:
        """The work's result, its door passed first; every error of ours as a problem."""
        origin = request.headers.get("origin")
        if origin is not None and origin not in config.origins:
            return _problem(403, "another site may not send this", "")
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > LONGEST:
                return _problem(413, f"more than {LONGEST:,} bytes cannot be read", "Send what is asked for.")
        try:
            return JSONResponse(await bounded(let_in, request, work, bytes(body)))
        except Refused as refused:
            mend = "Send a token of a client that the settings name, made for this call: see docs/cds-hooks.md."
            return _problem(401, str(refused), mend, {"WWW-Authenticate": "Bearer"})
        except TookTooLong:
            what = f"it took more than {SECONDS:g} seconds and was stopped"
            return _problem(503, what, "Send less, or try again.")
        except Lacking as lacking:
            return _problem(412, lacking.what, lacking.mend)
        except RootlineError as error:
            return _problem(404 if isinstance(error, NotFoundError) else 400, error.what, error.mend)

    @router.get("")
    def services() -> Response:
        """Discovery: open to all, for it tells nothing of anybody."""
        return JSONResponse(discovery(service.pack))

    @router.post("/{id_}")
    async def called(request: Request, id_: str) -> Response:
        """A hook."""

        def work(body: bytes) -> Any:
            return service.answer(read_call(body, _known(id_)), date.today())

        return await replied(request, work)

    @router.post("/{id_}/feedback")
    async def told(request: Request, id_: str) -> Response:
        """What became of cards."""

        def work(body: bytes) -> Any:
            _known(id_)
            refused = service.ledger.received(read_json(body), id_, config.keep_comments)
            return {"refused": [{"entry": place, "why": why} for place, why in refused.items()]} if refused else {}

        return await replied(request, work)

    @router.options("")
    @router.options("/{rest:path}")
    def asked() -> Response:
        """The browser's question whether another origin may call."""
        return Response(status_code=204, headers=_ALLOWED)

    return router


def _known(id_: str) -> str:
    if id_ not in _HOOK:
        raise NotFoundError("there is no such service", mend="See /cds-services.")
    return _HOOK[id_]


def _problem(status: int, what: str, mend: str, headers: dict[str, str] | None = None) -> Response:
    return problem(status, f"{what[:1].upper()}{what[1:]}.", mend, headers=headers)
