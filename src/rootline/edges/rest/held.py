"""A response held back until it is whole, so that it can be told otherwise. Decides nothing about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.types import Message, Send


def held(send: Send, is_meant: Callable[[Message], bool], tell: Callable[[Message, bytes], Awaitable[None]]) -> Send:
    """A `send` that holds back the response that is meant by its start; `tell` gets it whole. Others pass at once."""
    begun: Message | None = None
    body = bytearray()

    async def holding(message: Message) -> None:
        nonlocal begun
        if message["type"] == "http.response.start" and is_meant(message):
            begun = message
        elif begun is None:
            await send(message)
        else:
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                await tell(begun, bytes(body))

    return holding
