"""A body in which a key stands twice is refused: which of the two would count is nowhere said. Repeats no value.

So is every body that our reader cannot read, or that is called something else than JSON: no laxer reader gets it.
"""

from __future__ import annotations

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from rootline.content.json_text import TwiceError, read_json
from rootline.edges.rest.problem import PlaceError, is_json, names_alone
from rootline.edges.web.site import site_of


async def each_key_once(request: Request) -> None:
    """A dependency of routes that take JSON. Raises `PlaceError`, and the errors of what is no JSON."""
    body = await request.body()
    if not body or request.method != "POST":
        return
    if not is_json(request):
        raise HTTPException(415)
    try:
        read_json(body)
    except TwiceError as error:
        facts = site_of(request).pack.facts
        key = error.key if error.key in facts else names_alone(error.key)
        where = f"body.facts.{key}" if key in facts else "body"
        said = f"`{key}`" if key == error.key else "a key"
        raise PlaceError(f"{said} stands twice", where=where, mend="Send each key once.") from None
    except (ValueError, RecursionError):  # NaN among them, which the framework would take
        raise RequestValidationError([{"type": "json_invalid", "loc": ("body",), "msg": "", "input": None}]) from None
