"""Calls whose bodies and replies have a shape. Knows no resource; repeats nothing that was sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from rootline.client.send import Sender
from rootline.errors import InputError, ServiceError

Shape = TypeVar("Shape", bound=BaseModel)


class Calls:
    """Asks one server below one address."""

    def __init__(self, sender: Sender, below: str = "") -> None:
        self._sender, self._below = sender, below

    def get(self, path: str, shape: type[Shape], **query: str) -> Shape:
        """What stands at an address."""
        return told_as(shape, self._sender.send("GET", self._below + path, query=query).content)

    def post(self, path: str, body: BaseModel, shape: type[Shape]) -> Shape:
        """What is told of something sent; changes nothing, so it has no key."""
        sent = body.model_dump(mode="json", by_alias=True)
        return told_as(shape, self._sender.send("POST", self._below + path, sent).content)

    def write(self, path: str, body: BaseModel, shape: type[Shape]) -> Shape:
        """What is told of something that changes something: done once, however often it is tried."""
        return told_as(shape, self._sender.write("POST", self._below + path, body.model_dump(mode="json")).content)

    def list(self, path: str, shape: type[Shape], body: BaseModel | None = None, **query: str) -> Iterator[Shape]:
        """Every item of a list, fetched stretch by stretch."""
        sent: Any = body.model_dump(mode="json") if body else None
        for item in self._sender.stretches("POST" if body else "GET", self._below + path, sent, query):
            yield shape.model_validate(item)


def shaped(shape: type[Shape], **told: Any) -> Shape:
    """What is to be sent. Raises `InputError` for what no server would take; says the place, not what stood there."""
    try:
        return shape(**told)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InputError(first["msg"], where=f"body.{first['loc'][0]}", mend="See docs/http.md.") from None


def same_shape(shape: type[Shape], given: object, name: str) -> Shape:
    """What was given, of the shape that the call takes. Raises `InputError` for anything else."""
    if not isinstance(given, shape):
        raise InputError(f"`{name}` is no {shape.__name__}", mend=f"Give `{shape.__name__}(…)`, see docs/client.md.")
    return given


def told_as(shape: type[Shape], reply: bytes) -> Shape:
    """What the server told. Raises `ServiceError` for what is of another form; repeats nothing of it."""
    try:
        return shape.model_validate_json(reply)
    except ValidationError:
        what = "the server's reply has another form than was asked for"
        raise ServiceError(what, status=200, mend="Is it Rootline, and of this version?") from None


def segment(name: str) -> str:
    """A name as one part of an address."""
    return quote(name, safe="")
