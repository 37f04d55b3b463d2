"""Every small change to JSON: a letter, a digit, an item dropped, doubled or moved, a key lost or added."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rootline.answers.model import spell_place

Path = tuple[str | int, ...]
# Words that the form of an answer allows in one place: each may pass for another.
ALLOWED = (
    ("emergency", "urgent", "soon", "routine", "undetermined"),
    ("clinician", "therapist", "student", "patient"),
    ("answered", "partly", "refused"),
    ("question", "flag", "form", "fhir"),
    ("applies", "if"),
    ("main", "in depth"),
    ("do", "consider", "avoid"),
    ("yes", "no", "unknown"),
    ("supported", "partly", "opposed", "unsupported"),
    ("likely", "possible", "unlikely"),
    ("submitted", "under_review", "changes_requested", "approved", "stale"),
)


@dataclass(frozen=True)
class Change:
    """One change: where, which, and the function that makes the new content of that place."""

    path: Path
    kind: str
    new: Any

    @property
    def place(self) -> str:
        return spell_place(self.path)

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"


def changes(data: Any, path: Path = ()) -> Iterator[Change]:
    """All of them, for every place in the data."""
    if isinstance(data, dict):
        for key in data:
            yield Change((*path, key), "key lost", {other: data[other] for other in data if other != key})
        yield Change((*path, "another"), "key added", {**data, "another": ""})
        for key, inside in data.items():
            yield from changes(inside, (*path, key))
    elif isinstance(data, list):
        for at in range(len(data)):
            yield Change((*path, at), "dropped", data[:at] + data[at + 1 :])
            yield Change((*path, at), "doubled", [*data[: at + 1], *data[at:]])
            if at + 1 < len(data) and data[at] != data[at + 1]:
                yield Change((*path, at), "swapped", [*data[:at], data[at + 1], data[at], *data[at + 2 :]])
        for at, inside in enumerate(data):
            yield from changes(inside, (*path, at))
    else:
        yield from (Change(path, kind, new) for kind, new in _leaf(data))


def _leaf(leaf: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(leaf, bool):
        yield "turned", not leaf
    elif isinstance(leaf, (int, float)):
        yield "counted", leaf + 1
    elif leaf is None:
        yield "made up", 1
    else:
        for words in ALLOWED:
            yield from (("word changed", word) for word in words if leaf in words and word != leaf)
        yield "letter added", f"{leaf}."
        if leaf:
            middle = len(leaf) // 2
            yield "letter changed", f"{leaf[:middle]}{'x' if leaf[middle] != 'x' else 'y'}{leaf[middle + 1 :]}"
            yield "emptied", ""
        for at, letter in enumerate(leaf):
            if letter.isdigit():
                yield "digit changed", f"{leaf[:at]}{(int(letter) + 1) % 10}{leaf[at + 1 :]}"
                break


def applied(data: Any, change: Change) -> Any:
    """A copy of the data with the change made."""
    whole = change.kind in ("key lost", "key added", "dropped", "doubled", "swapped")
    path = change.path[:-1] if whole else change.path
    if not path:
        return change.new
    result = copy.deepcopy(data)
    inside = result
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = change.new
    return result
