"""A file of JSON objects, one a line, that only grows and that several processes write. Knows no card.

A line that a write left torn is passed over and told by its number: what stands around it still counts.
"""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Lines:
    """The file at a path; it need not be there yet."""

    path: Path

    def add(self, rows: Iterable[Row]) -> None:
        """Append whole lines in one write, so that several processes never mix theirs; never behind half a line."""
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        if not lines:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(file).st_size
            is_torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
            os.write(file, b"\n" + lines if is_torn else lines)
        finally:
            os.close(file)

    def find(self, key: str, value: str) -> Row | None:
        """The last object with this value, a plain word, under its key. Looks from the end: what is new is near."""
        needle = f'"{key}": {json.dumps(value)}'.encode()
        if not self.path.is_file() or not self.path.stat().st_size:
            return None
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as all_:
            at = all_.rfind(needle)
            if at < 0:
                return None
            end = all_.find(b"\n", at)
            row = _read(all_[all_.rfind(b"\n", 0, at) + 1 : end if end >= 0 else len(all_)])
        return row if row is not None and row.get(key) == value else None

    def read(self) -> tuple[list[Row], list[int]]:
        """All objects in order, and the numbers of the lines that cannot be read."""
        if not self.path.is_file():
            return [], []
        rows: list[Row] = []
        torn: list[int] = []
        with self.path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                row = _read(line)
                if row is not None:
                    rows.append(row)
                elif line.strip():
                    torn.append(number)
        return rows, torn


def _read(line: bytes) -> Row | None:
    """The object of a line; None where it is none."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None
