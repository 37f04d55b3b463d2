"""The files of two versions of a pack that differ: by what they hold, or only by comments, layout and version.

Compares files alone, by where they lie; what a difference does is not known here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from rootline.content.yaml_text import read_yaml
from rootline.errors import PackError
from rootline.packs.model import Pack

# Where it is written what is read of a patient's words, answers and records.
_HEARD = frozenset({"facts", "findings", "codes", "orders", "vocabulary", "pack"})
_STAMP = ("version", "updated")  # of `pack.yaml`: the names of a version, which say nothing else


def files(old: Pack, new: Pack) -> Iterator[tuple[str, bool, bool, Literal["heard", "file", "layout"]]]:
    """Each file that differs: its name, whether each version has it, and what kind of difference that is."""
    before, after = _read(old), _read(new)
    differ = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
    held = [{room: _held(pack, room) for room in map(_room, differ)} for pack in (old, new)]
    for name in differ:
        room = _room(name)
        kind: Literal["heard", "file", "layout"] = "heard" if room in _HEARD else "file"
        yield name, name in before, name in after, "layout" if held[0][room] == held[1][room] else kind


def _read(pack: Pack) -> dict[str, bytes]:
    return {path.relative_to(pack.folder).as_posix(): path.read_bytes() for path in pack.folder.rglob("*.yaml")}


def _room(name: str) -> str:
    """The folder, or the file that stands alone."""
    return name.partition("/")[0].removesuffix(".yaml")


def _held(pack: Pack, room: str) -> list[str]:
    """Every entry of the files of a room, one after the other, without comments, layout and places."""
    alone = pack.folder / f"{room}.yaml"
    paths = [*([alone] if alone.is_file() else []), *sorted((pack.folder / room).rglob("*.yaml"))]
    return [json.dumps(entry) for path in paths for entry in _entries(path)]


def _entries(path: Path) -> list[Any]:
    try:
        held = read_yaml(path, path.name)
    except PackError:  # a file that no pack is loaded from
        return [path.read_bytes().hex()]
    if isinstance(held, dict):
        stamps = _STAMP if path.name == "pack.yaml" else ()
        return [entry for entry in held.items() if entry[0] not in stamps]
    return list(held) if isinstance(held, list) else [held]
