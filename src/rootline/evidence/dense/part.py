"""Some documents' vectors, in files that are written once and never changed; a search maps them into memory.

Knows nothing of models, nor of which other parts there are.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rootline.evidence.dense.embed import Vector

TEXT = 16  # bytes of the hash by which a passage's text is known again
_ROW = np.dtype([("start", "<i4"), ("end", "<i4"), ("text", f"S{TEXT}")])
_KINDS = ("ids", "firsts", "rows", "vectors")
_CHUNK = 1 << 20
Passages = list[tuple[int, int, bytes, Vector]]  # start, end, hash of the text, vector


@dataclass(frozen=True)
class Part:
    """Documents in the order of their ids, each with at least one row; `gone` were replaced in a later part."""

    ids: NDArray[np.bytes_]
    firsts: NDArray[np.int64]  # of each document its first row, and after the last how many rows there are
    rows: NDArray[np.void]
    vectors: NDArray[np.float32]
    gone: frozenset[int] = frozenset()
    name: str = ""  # of its files; empty while it is in memory alone
    sums: Mapping[str, int] = field(default_factory=dict)

    def find(self, id_: bytes) -> int | None:
        """The number of a document, if it is here and counts."""
        if len(id_) > self.ids.dtype.itemsize:
            return None
        at = int(np.searchsorted(self.ids, np.array(id_, self.ids.dtype)))  # of one type, else all are copied
        return at if at < len(self.ids) and self.ids[at] == id_ and at not in self.gone else None

    def passages(self, number: int) -> Passages:
        """What is kept of a document."""
        return [
            (int(row["start"]), int(row["end"]), bytes(row["text"]), vector)
            for row, vector in zip(*self._of(number), strict=True)
        ]

    def documents(self) -> Iterator[tuple[bytes, Passages]]:
        """Those that count."""
        return ((bytes(id_), self.passages(at)) for at, id_ in enumerate(self.ids) if at not in self.gone)

    def nearness(self, question: Vector) -> NDArray[np.float32]:
        """Of each document the cosine of its nearest passage, to six digits; below any for what is gone."""
        nearest = np.round(np.maximum.reduceat(self.vectors @ question, self.firsts[:-1]), 6)
        nearest[list(self.gone)] = -2
        return np.asarray(nearest, np.float32)

    def nearest_passage(self, number: int, question: Vector) -> tuple[int, int]:
        """Where in a document the passage stands that is nearest; of equal ones the first."""
        rows, vectors = self._of(number)
        row = rows[int(np.argmax(np.round(vectors @ question, 6)))]
        return int(row["start"]), int(row["end"])

    def _of(self, number: int) -> tuple[NDArray[np.void], NDArray[np.float32]]:
        first, end = int(self.firsts[number]), int(self.firsts[number + 1])
        return self.rows[first:end], self.vectors[first:end]


def part_of(documents: Iterable[tuple[bytes, Passages]]) -> Part:
    """A part in memory, of documents that each have a passage."""
    ordered = sorted(documents, key=lambda one: one[0])
    passages = [one for _, several in ordered for one in several]
    return Part(
        ids=np.array([id_ for id_, _ in ordered], np.bytes_),
        firsts=np.cumsum([0, *(len(several) for _, several in ordered)], dtype=np.int64),
        rows=np.array([one[:3] for one in passages], _ROW),
        vectors=np.array([one[3] for one in passages], np.float32),
    )


def write_part(part: Part, folder: Path, name: str) -> Part:
    """The same part in files, mapped. Each is written aside and renamed: a reader of older files keeps what it has."""
    sums = {}
    for kind in _KINDS:
        path = folder / f"{name}.{kind}.npy"
        aside = path.with_suffix(".new")
        with aside.open("wb") as file:
            np.save(file, getattr(part, kind), allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
        sums[kind] = _sum(aside)
        aside.replace(path)
    return _map(folder, name, sums, part.gone)


def read_part(folder: Path, name: str, sums: Mapping[str, int], gone: Iterable[int]) -> Part:
    """Raises `ValueError` for a file that is not what was written, `FileNotFoundError` for one that is not there."""
    stats = [(folder / f"{name}.{kind}.npy").stat() for kind in _KINDS]
    stamps = tuple((stat.st_size, stat.st_mtime_ns) for stat in stats)
    return replace(_checked(folder, name, tuple(sums[kind] for kind in _KINDS), stamps), gone=frozenset(gone))


@lru_cache(maxsize=16)  # a server opens the library for every answer; the files are read through once
def _checked(folder: Path, name: str, sums: tuple[int, ...], _: tuple[tuple[int, int], ...]) -> Part:
    found = dict(zip(_KINDS, sums, strict=True))
    if any(_sum(folder / f"{name}.{kind}.npy") != found[kind] for kind in _KINDS):
        raise ValueError("a file is not what was written")
    return _map(folder, name, found, frozenset())


def files_of(name: str) -> set[str]:
    """The names of a part's files."""
    return {f"{name}.{kind}.npy" for kind in _KINDS}


def _map(folder: Path, name: str, sums: Mapping[str, int], gone: frozenset[int]) -> Part:
    ids, firsts, rows, vectors = (np.load(folder / f"{name}.{kind}.npy", mmap_mode="r") for kind in _KINDS)
    return Part(ids, firsts, rows, vectors, gone, name, sums)


def _sum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found = zlib.crc32(chunk, found)
    return found
