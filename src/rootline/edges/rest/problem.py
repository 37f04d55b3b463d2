"""Every error as problem details (RFC 9457): what, where, how to mend it. Repeats nothing that was sent."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rootline.answers import model
from rootline.client import desk_shapes, shapes
from rootline.client.shapes import Problem
from rootline.edges.rest.bounded import SECONDS, TookTooLong
from rootline.edges.web.site import site_of
from rootline.errors import BusyError, ConflictError, EvidenceError, InputError, NotFoundError, RootlineError, nearest

_LOG = logging.getLogger("rootline.rest")
KIND = "application/problem+json"
_AGAIN = 5  # seconds until it is worth asking again
_DESCRIBED = {
    400: "The request cannot be read at all.",
    401: "Reading takes an account here; or a token is needed, and none came or it opens nothing.",
    403: "Another site sent it, it was sent to a name that is not this server's, or this person may not do it.",
    404: "What is asked for does not exist.",
    409: "The kept case was changed meanwhile, or somebody at the desk acted first; nothing was done.",
    413: "The body is too large.",
    415: "The body is not sent as JSON.",
    422: "Something in the request cannot be: `place` and `mend` say what.",
    429: "Too many requests; `Retry-After` says how long to wait.",
    500: "Something went wrong here.",
    503: "It took too long, or something else is at work; `Retry-After` says how long to wait.",
}
_QUOTED = "Send it in quotes, a number too."
TOLD = {  # what the framework refuses, and how to mend it
    400: ("The body cannot be read.", "Send one JSON object as UTF-8."),
    404: ("There is nothing at this address.", "/openapi.json lists every address."),
    405: ("This address does not take that method.", "The header `Allow` lists those it takes."),
    413: ("The body is too large.", "Send less at once."),
    415: ("The body is not sent as JSON.", "Send it with `Content-Type: application/json`."),
}
_SHAPES = [*vars(shapes).values(), *vars(desk_shapes).values(), *vars(model).values()]
_NAMES = {name for one in _SHAPES if isinstance(one, type) for name in getattr(one, "model_fields", ())}
_NAMES |= set("body line column query path header limit offset source_id point_id Idempotency-Key".split())


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route says of its errors; those that any route can end in are always among them."""
    content = {"content": {KIND: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    waits = {"headers": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}}
    return {
        status: {"description": _DESCRIBED[status], **content, **(waits if status in (429, 503) else {})}
        for status in sorted({*statuses, 401, 403, 429, 500, 503})
    }


class PlaceError(InputError):
    """Something in a request that cannot be; `where` is its place."""


def check_one_of(value: str, known: Iterable[str], place: str) -> None:
    """Raises `PlaceError` for a filter that nothing can pass; an empty one lets all through."""
    names = tuple(known)
    if value and value not in names:
        mend = nearest(value, names) or f"It can be {', '.join(names)}."
        raise PlaceError("nothing here is of this kind", where=place, mend=mend)


def problem(
    status: int, detail: str, mend: str = "", place: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """One error as a response."""
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, mend=mend, place=place)
    waits = {"Retry-After": str(_AGAIN)} if status == 503 else {}
    return Response(told.model_dump_json(), status, {**waits, **(headers or {})}, KIND)


def tell_errors(app: FastAPI) -> None:
    """Have every error of the application told this way."""
    app.add_exception_handler(RootlineError, _own)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(TookTooLong, _too_long)
    app.add_exception_handler(Exception, _unforeseen)


async def _own(request: Request, error: Exception) -> Response:
    assert isinstance(error, RootlineError)
    if isinstance(error, BusyError):
        return problem(503, sentence(error.what), error.mend)
    if isinstance(error, EvidenceError):
        _LOG.error("the library failed: %s", type(error).__name__)
        return problem(503, "The library cannot be searched.", "`rootline evidence` on the server says why.")
    status = 404 if isinstance(error, NotFoundError) else 409 if isinstance(error, ConflictError) else 422
    above, _, named = str(getattr(request.scope.get("route"), "path_format", "")).partition("/{")
    mend = error.mend or (f"{above} lists them." if status == 404 and named else "")
    return problem(status, sentence(error.what), mend, error.where)


def sentence(what: str) -> str:
    """An error's words as a sentence."""
    return f"{what[:1].upper()}{what[1:]}."


async def _unfit(request: Request, error: Exception) -> Response:
    """What does not fit the shapes: the place, by names of ours alone, and what is wrong there."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["loc"] == ("body",) and not is_json(request):
        return problem(415, *TOLD[415])
    if first["type"] == "json_invalid":
        return problem(400, "The body is not JSON.", "Send one JSON object as UTF-8.", "body")
    is_unknown = first["type"] == "extra_forbidden"
    place = _place(first["loc"][:-1] if is_unknown else first["loc"], site_of(request).pack.facts)
    what = "There is a key that is not known here" if is_unknown else str(first["msg"]).rstrip(".")
    mend = _nearest_key(request, first["loc"]) if is_unknown else _QUOTED if first["type"] == "string_type" else ""
    return problem(422, f"{what}.", mend or "The shape is described at /openapi.json.", place)


def _nearest_key(request: Request, loc: tuple[str | int, ...]) -> str:
    """The key of the body that an unknown one may be meant for; never the one that was sent."""
    sent = request.scope["route"].dependant.body_params if loc[:-1] == ("body",) else []
    fields = {name for one in sent for name in getattr(one.field_info.annotation, "model_fields", ())}
    return nearest(str(loc[-1])[:80], fields)


def is_json(request: Request) -> bool:
    """Whether the body is said to be JSON: a form on another site cannot say so unasked."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def names_alone(place: str) -> str:
    """A place without any name that is not ours."""
    return re.sub(r"[^\W\d]\w*", lambda found: found[0] if found[0] in _NAMES else "…", place)


def _place(steps: Iterable[str | int], facts: Mapping[str, object]) -> str:
    known = (str(one) if isinstance(one, int) or one in _NAMES or one in facts else "…" for one in steps)
    return ".".join(known)


async def _of_http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what, mend = TOLD.get(error.status_code, ("The request cannot be answered.", ""))
    return problem(error.status_code, what, mend, headers=error.headers)


async def _too_long(_: Request, __: Exception) -> Response:
    return problem(503, f"It took more than {SECONDS:g} seconds and was stopped.", "Shorten the text, or try again.")


async def _unforeseen(_: Request, __: Exception) -> Response:
    return problem(500, "Something went wrong here.", "Try again; the server's log names the place.")
