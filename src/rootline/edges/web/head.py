"""HEAD wherever there is GET: the same answer without its body; and `Allow`, which names all that an address takes.

Decides nothing about the answer.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Head:
    """Asks the application as GET would, and sends the headers alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        asked = {**scope, "method": "GET"} if is_head else scope
        address = dict(asked)  # as it came: a mounted application changes it

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                allowed = _allowed(address, asked["app"].router.routes)
                if scope["method"] not in allowed:  # else a route refused it for a reason of its own
                    MutableHeaders(scope=message)["Allow"] = ", ".join(allowed)
            is_left_out = is_head and message["type"] == "http.response.body"
            await send({**message, "body": b""} if is_left_out else message)

        try:
            await self.app(asked, receive, told)
        finally:
            scope["route"] = asked.get("route")  # for the counts


def _allowed(address: Scope, routes: list[BaseRoute]) -> list[str]:
    """Every method that some route takes at this address; a folder of files gives them, and nothing else."""
    taken = {method for method in _METHODS for route in routes if _takes(route, {**address, "method": method})}
    return [method for method in _METHODS if method in taken or (method == "HEAD" and "GET" in taken)]


def _takes(route: BaseRoute, address: Scope) -> bool:
    is_file = isinstance(route, Mount)
    return route.matches(address)[0] is Match.FULL and (not is_file or address["method"] == "GET")
