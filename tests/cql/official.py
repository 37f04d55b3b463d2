"""The official CQL translator and engine (npm packages), each run as one process over standard input and output."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Elm = dict[str, Any]
Arguments = Mapping[str, bool | str | float | None]
Row = dict[str, str]  # definition -> y, n, u (null) or ! (anything else), for one patient


def translate(text: str) -> tuple[list[str], Elm]:
    """The translator's errors and warnings, and its ELM without notes on places."""
    said = _node("translate.mjs", text)
    return said["errors"], said["elm"]


def execute(elm: Elm, patients: Sequence[Arguments]) -> list[Row]:
    """Every definition of the library for every patient. Fails when the engine does not know one of its nodes."""
    said = _node("execute.mjs", json.dumps({"elm": elm, "patients": patients}))
    return [dict(zip(said["definitions"], row, strict=True)) for row in said["rows"]]


def _node(script: str, given: str) -> Any:
    assert (FOLDER / "node_modules").is_dir(), "the CQL packages are missing: `make test` installs them (npm ci)"
    done = subprocess.run(["node", FOLDER / script], input=given, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def nodes(elm: Any) -> Iterator[Elm]:
    """Every expression node of a library, types of parameters and notes aside."""
    if isinstance(elm, dict):
        if "type" in elm:
            yield elm
        for key, value in elm.items():
            if key not in ("annotation", "asTypeSpecifier", "parameterTypeSpecifier"):
                yield from nodes(value)
    elif isinstance(elm, list):
        for value in elm:
            yield from nodes(value)


def kinds(elm: Elm) -> set[str]:
    """The types of all nodes."""
    return {node["type"] for node in nodes(elm)}


def definitions(elm: Elm) -> dict[str, Elm]:
    """Name -> expression. The translator lists definitions in the order in which they need each other."""
    return {one["name"]: one["expression"] for one in elm["library"]["statements"]["def"]}


def without_order(elm: Elm) -> Elm:
    """A library for comparing: what order and notes do not change."""
    library = {key: value for key, value in elm["library"].items() if key not in ("annotation", "statements")}
    return {**library, "definitions": definitions(elm)}
