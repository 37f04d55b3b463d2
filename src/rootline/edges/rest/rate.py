"""How often one client may ask: a bucket of tokens for each address, filled steadily. Keeps no address on disk.

Each worker process counts for itself. An IPv6 client is its /64: one host owns all of that.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rootline.edges.rest.problem import problem

_MOST_CLIENTS = 10_000
_MINUTE = 60.0


class Buckets:
    """One bucket for each client; `a_minute` tokens flow in, and as many fit in."""

    def __init__(self, a_minute: int) -> None:
        self.a_minute = a_minute
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when they were counted

    def take(self, client: str, now: float) -> float:
        """The tokens left after this one; below 0 there was none to take, and none is taken. `now` is in seconds."""
        tokens, counted = self._buckets.pop(client, (float(self.a_minute), now))
        tokens = min(tokens + (now - counted) * self.a_minute / _MINUTE, self.a_minute)
        self._buckets[client] = (tokens - 1 if tokens >= 1 else tokens, now)
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)  # the one not seen for longest
        return tokens - 1

    def wait(self, tokens: float) -> int:
        """Seconds until there is one to take, of what `take` gave."""
        return ceil(-tokens * _MINUTE / self.a_minute)


class Rate:
    """Refuses a client that has used up its tokens; `a_minute` of 0 refuses nobody. `counts` says which addresses."""

    def __init__(self, app: ASGIApp, a_minute: int, counts: Callable[[str], bool]) -> None:
        self.app, self.a_minute, self.counts = app, a_minute, counts
        self._buckets = Buckets(a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_counted = scope["type"] == "http" and self.a_minute and self.counts(scope["path"])
        if not is_counted or scope["method"] == "OPTIONS":  # a browser's own question, before a call that counts
            await self.app(scope, receive, send)
            return
        tokens = self._buckets.take(client_of(scope), time.monotonic())
        left = max(int(tokens), 0)
        until_full = ceil((self.a_minute - left) * _MINUTE / self.a_minute)
        told = {
            "RateLimit-Policy": f'"client";q={self.a_minute};w={_MINUTE:.0f}',
            "RateLimit": f'"client";r={left};t={until_full}',
        }
        if tokens < 0:
            wait = {"Retry-After": str(self._buckets.wait(tokens))}
            what = f"More than {self.a_minute} requests a minute came from this address."
            refusal = problem(429, what, "Wait as long as `Retry-After` says.", headers={**told, **wait})
            await refusal(scope, receive, send)
            return

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told)
            await send(message)

        await self.app(scope, receive, telling)


def client_of(scope: Scope) -> str:
    """Who asks, as far as the connection tells."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else host
