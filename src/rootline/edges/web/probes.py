"""What watches the server: alive, ready, and counts for Prometheus. Counts hold routes and times, never words.

Several workers write into one folder (`PROMETHEUS_MULTIPROC_DIR`), so that any of them can tell the sum.
"""

from __future__ import annotations

import os
import time

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rootline.edges.web.site import site_of

router = APIRouter(include_in_schema=False)
_REQUESTS = Counter("rootline_http_requests", "Requests answered", ["method", "route", "status"])
_SECONDS = Histogram(
    "rootline_http_seconds", "Time to answer", ["route"], buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10)
)


class Counted:
    """Counts each request by its route (never its address, which a visitor makes up) and status."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def counting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, counting)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"
            _REQUESTS.labels(method, route, str(status)).inc()
            _SECONDS.labels(route).observe(time.perf_counter() - begun)


@router.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def ready(request: Request) -> Response:
    """The pack is loaded and its conditions run."""
    pack = site_of(request).pack
    pack.compiled({})
    return PlainTextResponse(f"ready: {pack.id} {pack.version} {pack.sha256[:12]}\n")


@router.get("/metrics")
def metrics() -> Response:
    """Counts of all workers."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
