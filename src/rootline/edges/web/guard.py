"""What stands before every page: whose requests are answered, how long they may take, and the headers of safety.

Written on bare ASGI, as the outermost layer: an exception's text could hold a patient's words, so none leaves it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("rootline.web")
SECONDS = 20  # for one whole request, its body included
_OWN_DOOR = "/cds-services/"  # called from other sites on purpose; it checks tokens and origins itself
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def _refused(_: Request, words: str) -> Response:
    return PlainTextResponse(words, 403)


class Guard:
    """Refuses foreign names and origins, ends what takes too long, and answers every failure with a plain page.

    `refused` makes the reply to who is refused, of a request without the name it was sent to, and why.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: frozenset[str],
        seconds: float = SECONDS,
        warning: str = "",
        refused: Callable[[Request, str], Response] = _refused,
    ) -> None:
        self.app, self.hosts, self.seconds, self.warning, self.refused = app, hosts, seconds, warning, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                is_ours = scope["path"].startswith("/static/") and message["status"] == 200
                headers.setdefault("Cache-Control", "max-age=31536000, immutable" if is_ours else "no-store")
            await send(message)

        try:
            async with asyncio.timeout(self.seconds):
                if refusal := self._refusal(scope):
                    await self.refused(_nameless(scope), refusal)(scope, receive, guarded)
                else:
                    await self.app(scope, receive, guarded)
        except TimeoutError:
            if not begun:
                await self._tell("This took too long and was stopped. Please try again.", 503)(scope, receive, guarded)
        except Exception as error:
            _LOG.error("a page failed: %s", _where(error))  # never its message: that may quote a patient
            if not begun:
                told = "Something went wrong here. The case is unchanged; please try again."
                await self._tell(told, 500)(scope, receive, guarded)

    def _tell(self, words: str, status: int) -> PlainTextResponse:
        """A failure, and what must not wait whatever was asked."""
        return PlainTextResponse(f"{words}\n\n{self.warning}", status)

    def _refusal(self, scope: Scope) -> str:
        """Why a request is not answered: another host's name (rebinding), or another site's form."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self.hosts and _name(host) not in self.hosts:
            return "This server does not answer to that name."
        if scope["method"] in ("GET", "HEAD", "OPTIONS") or scope.get("path", "").startswith(_OWN_DOOR):
            return ""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site:  # every current browser says it
            is_foreign = site not in ("same-origin", "none")
        else:
            is_foreign = origin is not None and urlsplit(origin).netloc != host
        return "Another site may not send this." if is_foreign else ""


def _nameless(scope: Scope) -> Request:
    """The request without its `Host`, which may be anything and would be part of its address."""
    return Request({**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"host"]})


def _name(host: str) -> str:
    """The host without its port; brackets of an IPv6 address stay."""
    head, colon, port = host.rpartition(":")
    return (head if colon and port.isdigit() else host).lower()


def _where(error: Exception) -> str:
    """The kind of error and the line it came from."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None:
        return type(error).__name__
    return f"{type(error).__name__} in {last.tb_frame.f_code.co_qualname}, line {last.tb_lineno}"
