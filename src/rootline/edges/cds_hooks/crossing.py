"""CORS: browsers of the origins that the settings name can read every reply under `/cds-services`, errors included.

The outermost layer, so that a refusal before the service is reached can be read too. Refuses nobody itself.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rootline.edges.rest.as_problem import HOOKS

_READABLE = "RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate"


class Crossing:
    """Names the origin that asked, where it is one of these, in the reply."""

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        self.app, self.origins = app, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not f"{scope['path']}/".startswith(f"{HOOKS}/"):
            await self.app(scope, receive, send)
            return
        origin = Headers(scope=scope).get("origin", "")

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Origin")
                if origin in self.origins:
                    headers["Access-Control-Allow-Origin"] = origin
                    headers["Access-Control-Expose-Headers"] = _READABLE
            await send(message)

        await self.app(scope, receive, told)
