"""Stands before every page where reading takes an account, and turns away who may not read. Decides nothing else."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from rootline.desk.people.permissions import require
from rootline.edges.desk.current_actor import caller_of
from rootline.edges.desk.turned_away import turned_away
from rootline.errors import AccessError

_OPEN = ("/sign-in", "/sign-out", "/static/", "/healthz", "/readyz")  # needed to sign in, and to know it runs


class Readers:
    """Lets through only who may read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_open(scope["path"]):
            request = Request(scope)
            try:
                await run_in_threadpool(_require, request)
            except AccessError as error:
                response = await run_in_threadpool(turned_away, request, error)
                await response(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _require(request: Request) -> None:
    caller = caller_of(request)
    require(caller.actor, "read", caller.scopes)


def _is_open(path: str) -> bool:
    return any(path == one or path.startswith(one.rstrip("/") + "/") for one in _OPEN)
