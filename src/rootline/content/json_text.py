"""JSON in which every key stands once and every text can be written again: what readers differ in is refused.

Knows no form; what a file or a body means is for others.
"""

from __future__ import annotations

import json
import re
from typing import Any

# Escapes one after another, so that `\\ud800` is a backslash and letters; the group is half a pair without its other.
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(u[dD][89a-fA-F]\w\w)|.)", re.DOTALL)


class TwiceError(ValueError):
    """A key stands twice in one object."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the key `{key}` stands twice in one object")


def read_json(text: str | bytes) -> Any:
    """What the text says. Raises `TwiceError`, `ValueError` for what is no JSON in UTF-8 (NaN among it, and half a
    surrogate pair, which no UTF-8 can say again), `RecursionError`.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8-sig")
    data = json.loads(text, object_pairs_hook=_each_key_once, parse_constant=_refuse_constant)
    if "\\ud" in text or "\\uD" in text:
        _refuse_half(text)
    return data


def place_of(error: ValueError | RecursionError) -> str:
    """Where in a text it is that cannot be read: line and column; empty where that is not known."""
    return f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""


def _refuse_half(text: str) -> None:
    """Raises `JSONDecodeError` that names the place."""
    for escape in _ESCAPE.finditer(text):
        if escape[1]:
            raise json.JSONDecodeError("a lone surrogate stands for no character", text, escape.start())


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
