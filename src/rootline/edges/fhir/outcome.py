"""Errors as FHIR tells them: an OperationOutcome, also for what is refused before it reaches FHIR's own routes.

Repeats nothing of what was sent; `place` is a FHIRPath in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rootline.edges.fhir.naming import Resource
from rootline.edges.rest import problem
from rootline.edges.rest.as_problem import plain_words
from rootline.edges.rest.held import held

ROOM = "/fhir"
KIND = "application/fhir+json"
_ISSUE = {401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 413: "too-long", 415: "not-supported",
          429: "throttled", 500: "exception", 503: "timeout"}  # fmt: skip


def told(resource: Resource, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A resource as a response."""
    return Response(json.dumps(resource, ensure_ascii=False), status, headers, KIND)


def outcome(status: int, text: str, place: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """One error as a response."""
    code = _ISSUE.get(status, "invalid")
    issue: Resource = {"severity": "error", "code": code, "details": {"text": text.strip()}}
    if place:
        issue["expression"] = [place]
    return told({"resourceType": "OperationOutcome", "issue": [issue]}, status, headers)


def is_of_fhir(path: str) -> bool:
    """Whether FHIR is spoken at this address."""
    return path == ROOM or path.startswith(f"{ROOM}/")


class AsOutcome:
    """Turns every other error under `/fhir` into an OperationOutcome; what is elsewhere passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_of_fhir(scope["path"]):
            await self.app(scope, receive, send)
            return

        async def tell(begun: Message, words: bytes) -> None:
            await _as_outcome(begun, words)(scope, receive, send)

        await self.app(scope, receive, held(send, _is_other_error, tell))


def _is_other_error(message: Message) -> bool:
    return message["status"] >= 400 and Headers(raw=message["headers"]).get("content-type") != KIND


def _as_outcome(begun: Message, words: bytes) -> Response:
    of_words = ("content-type", "content-length", "content-encoding")
    kept = {name: value for name, value in Headers(raw=begun["headers"]).items() if name not in of_words}
    return outcome(begun["status"], _text(begun, words), headers=kept)


def _text(begun: Message, words: bytes) -> str:
    headers = Headers(raw=begun["headers"])
    if headers.get("content-type") == problem.KIND and "content-encoding" not in headers:
        found = json.loads(words)
        return f"{found['detail']} {found['mend']}"
    return plain_words(begun, words)
