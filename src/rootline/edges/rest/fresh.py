"""Strong ETags by the bytes of a response, and 304 for who has them already. Only for what is the same for everybody.

The tag is made of what is sent, not of what it was made from: whatever an answer comes to depend on, it tells.
"""

from __future__ import annotations

from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rootline.edges.rest.held import held

SHARED = "no-cache"  # may be kept, and is asked about before it is used again
COMPRESSED_FROM = 1_024  # bytes of a body; compressing one tells that it depends on `Accept-Encoding`
NOT_CHANGED: dict[int | str, dict[str, str]] = {304: {"description": "As `If-None-Match` has it; without a body."}}


def shared(response: Response) -> None:
    """A dependency of routes that speak of no patient."""
    response.headers["Cache-Control"] = SHARED


class Fresh:
    """Holds back a shared response until its tag is known."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)

        async def tell(begun: Message, body: bytes) -> None:
            await _send_tagged(begun, body, asked, send)

        await self.app(scope, receive, held(send, _is_shared, tell))


def _is_shared(message: Message) -> bool:
    return message["status"] == 200 and Headers(raw=message["headers"]).get("cache-control") == SHARED


async def _send_tagged(begun: Message, body: bytes, asked: Headers, send: Send) -> None:
    # compressed later, the same body is other bytes: a strong tag says which
    digest = sha256(body).hexdigest()[:32]
    tag = f'"{digest}-gzip"' if "gzip" in asked.get("accept-encoding", "") else f'"{digest}"'
    headers = MutableHeaders(raw=begun["headers"])
    headers["ETag"] = tag
    has = {one.strip().removeprefix("W/") for one in asked.get("if-none-match", "").split(",")}
    is_known = bool(has & {tag, "*"})
    if is_known or len(body) < COMPRESSED_FROM:
        headers["Vary"] = "Accept-Encoding"
    if is_known:
        for name in ("content-length", "content-type"):
            del headers[name]
        await send({"type": "http.response.start", "status": 304, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({**begun, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})
