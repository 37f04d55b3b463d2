"""A list in stretches: `limit` and `offset`, and links to the stretches beside. The order is the pack's own, fixed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from rootline.client.shapes import Listed

MOST = 200
Filter = Annotated[str, Query(max_length=300, pattern=r"^[^\x00]*$")]  # PostgreSQL takes no NUL
Row = TypeVar("Row")
Item = TypeVar("Item", bound=BaseModel)


class Stretch:
    """Which part of a list is asked for."""

    def __init__(
        self,
        request: Request,
        response: Response,
        limit: Annotated[int, Query(ge=1, le=MOST, description="Items at most.")] = 50,
        offset: Annotated[int, Query(ge=0, le=1_000_000, description="Items before the first.")] = 0,
    ) -> None:
        self.request, self.response, self.limit, self.offset = request, response, limit, offset

    def of(self, rows: Sequence[Row], tell: Callable[[Row], Item]) -> Listed[Item]:
        """The stretch, each row told; `Link` gets the stretches beside it."""
        total = len(rows)
        own = self.offset % self.limit  # where the stretches of this walk begin
        last = own + max(total - 1 - own, 0) // self.limit * self.limit if own < total else 0
        beside = {"first": (0, self.limit), "last": (last, self.limit)}
        if self.offset + self.limit < total:
            beside["next"] = (self.offset + self.limit, self.limit)
        if end := min(self.offset, total):
            start = max(end - self.limit, 0)
            beside["prev"] = (start, end - start)  # shorter at the beginning: nothing is shown twice
        links = (f'<{self._address(at, limit)}>; rel="{name}"' for name, (at, limit) in beside.items())
        self.response.headers["Link"] = ", ".join(links)
        items = [tell(row) for row in rows[self.offset : self.offset + self.limit]]
        return Listed[Any](items=items, total=total, limit=self.limit, offset=self.offset)

    def _address(self, offset: int, limit: int) -> str:
        kept = [
            (name, value) for name, value in self.request.query_params.multi_items() if name not in ("limit", "offset")
        ]
        return f"{self.request.url.path}?{urlencode([*kept, ('limit', limit), ('offset', offset)])}"


In = Annotated[Stretch, Depends()]
LINKS: dict[str, Any] = {
    "headers": {"Link": {"description": "First, last, next and previous stretch.", "schema": {"type": "string"}}}
}
