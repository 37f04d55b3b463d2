"""What stands behind the question mark of an address is known there, and stands there once. Reads no value.

A filter that is passed over gives more than was asked for, and nobody sees it. A name is repeated only where it is a
slip of one of ours: any other may be a patient's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from fastapi.dependencies.models import Dependant
from starlette.requests import Request

from rootline.edges.rest.problem import PlaceError
from rootline.errors import nearest

_PLAIN = re.compile(r"[A-Za-z_]{1,32}")


async def each_parameter_known(request: Request) -> None:
    """A dependency of every route. Raises `PlaceError` for a parameter that it does not take, or that stands twice.

    The header with the key of a write may not stand twice either: which of the two would count is nowhere said.
    """
    if len(request.headers.getlist("idempotency-key")) > 1:
        raise PlaceError("the key stands twice", where="header.Idempotency-Key", mend="Send one key.")
    sent = Counter(name for name, _ in request.query_params.multi_items())
    if not sent:
        return
    known = sorted(set(_taken(request.scope["route"].dependant)))
    for name, times in sent.items():
        if name not in known:
            raise _unknown(name, known)
        if times > 1:
            what = f"the parameter `{name}` stands twice"
            raise PlaceError(what, where=f"query.{name}", mend="Send each parameter once.")


def _taken(asked: Dependant) -> Iterator[str]:
    """The parameters that a route, or anything it depends on, takes."""
    yield from (one.alias for one in asked.query_params)
    for part in asked.dependencies:
        yield from _taken(part)


def _unknown(name: str, known: list[str]) -> PlaceError:
    close = get_close_matches(name.lower(), known, n=1) if _PLAIN.fullmatch(name) else []
    if close:
        what, mend = f"no parameter here is called `{name}`", f"Did you mean `{close[0]}`?"
    else:
        what, mend = "there is a parameter that is not known here", nearest("", known) or "This address takes none."
    return PlaceError(what, where="query", mend=mend)
