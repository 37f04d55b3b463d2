"""JSON in which every key stands once: of two values one would be lost, and readers differ in which.

Knows no form; what a file or a body means is for others.
"""

from __future__ import annotations

import json
from typing import Any


class TwiceError(ValueError):
    """A key stands twice in one object."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the key `{key}` stands twice in one object")


def read_json(text: str | bytes) -> Any:
    """What the text says. Raises `TwiceError`, `ValueError` for what is no JSON (NaN among it), `RecursionError`."""
    return json.loads(text, object_pairs_hook=_each_key_once, parse_constant=_refuse_constant)


def is_twice(text: str | bytes) -> bool:
    """Whether a key stands twice, also in a text that only readers less strict than `read_json` take."""
    try:
        json.loads(text, object_pairs_hook=_each_key_once)
    except TwiceError:
        return True
    except (ValueError, RecursionError):
        return False
    return False


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise TwiceError(key)
        found[key] = value
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"`{name}` is not JSON")
