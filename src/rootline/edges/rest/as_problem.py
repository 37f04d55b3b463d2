"""What is refused before it reaches a room for programs, told as the API tells errors: origins, too much, failures.

Keeps the status and the headers; the words are ours already, for none of these repeats what was sent.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rootline.edges.rest.held import held
from rootline.edges.rest.problem import KIND, TOLD, problem

API, HOOKS = "/api", "/cds-services"
_MENDS = {403: "Call this server by a name of its own, and from no page of another site."}


class AsProblem:
    """Turns every error there that is in plain words into problem details; pages pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_for_programs(scope["path"]):
            await self.app(scope, receive, send)
            return

        async def tell(begun: Message, words: bytes) -> None:
            await _as_problem(begun, words)(scope, receive, send)

        await self.app(scope, receive, held(send, _is_plain_error, tell))


def is_for_programs(path: str) -> bool:
    """Whether an address answers programs, with problem details as its errors."""
    return any(path == room or path.startswith(f"{room}/") for room in (API, HOOKS))


def _is_plain_error(message: Message) -> bool:
    return message["status"] >= 400 and Headers(raw=message["headers"]).get("content-type") != KIND


def _as_problem(begun: Message, words: bytes) -> Response:
    of_words = ("content-type", "content-length", "content-encoding")
    kept = {name: value for name, value in Headers(raw=begun["headers"]).items() if name not in of_words}
    what, mend = TOLD.get(begun["status"]) or (plain_words(begun, words), _MENDS.get(begun["status"], ""))
    return problem(begun["status"], what, mend, headers=kept)


def plain_words(begun: Message, words: bytes) -> str:
    """What an error says, where it says it in plain text; of a page, and of what is packed, its name alone."""
    headers = Headers(raw=begun["headers"])
    is_plain = headers.get("content-type", "").startswith("text/plain") and "content-encoding" not in headers
    return words.decode() if is_plain else f"{HTTPStatus(begun['status']).phrase}."
