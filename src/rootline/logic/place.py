"""Plain values that remember the file and line they were read from, so that every error can say where.

They behave as ordinary `str`, `list` and `dict`. Nothing here knows YAML or packs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """A file (as the user knows it) and a line, counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Text(str):
    """A scalar, always text: its type is given by what it is read for."""

    place: Place

    def __new__(cls, value: str, place: Place) -> Text:
        text = super().__new__(cls, value)
        text.place = place
        return text


class Items(list[Any]):
    """A list with its place."""

    def __init__(self, values: list[Any], place: Place) -> None:
        super().__init__(values)
        self.place = place


class Fields(dict[str, Any]):
    """A mapping with its place; its keys are `Text`."""

    def __init__(self, values: dict[str, Any], place: Place) -> None:
        super().__init__(values)
        self.place = place


NOWHERE = Place("-", 0)


def place_of(value: object) -> Place:
    """Where a value was read, or nowhere when it was made in code."""
    return getattr(value, "place", NOWHERE)
