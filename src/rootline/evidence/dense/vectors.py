"""The vectors of a library's passages, in a folder beside its search index, one folder for each model.

Derived from the store and never the truth: what is damaged is thrown away and made anew. Ranks by nearness alone.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rootline.errors import BusyError, EvidenceError
from rootline.evidence.dense.embed import Embedder, Vector
from rootline.evidence.dense.part import TEXT, Part, Passages, files_of, part_of, read_part, write_part
from rootline.evidence.search.interface import Hit
from rootline.evidence.search.mirror import is_read_only, mirror
from rootline.evidence.store.document import Document

FORM = "vectors-1"  # another form gets another folder, and is made beside it
BATCH = 32  # documents that become visible together; killed, no more than these are made again
_STATE = "state.json"  # which parts there are; renamed into its place, so that a reader sees the old or the new
_LOCK = "writer.lock"
_TRIES = 20  # a writer may join parts while a reader opens them


@dataclass(frozen=True)
class _State:
    sequence: int = 0
    next: int = 0  # the name of the part that is written next; none is used twice
    parts: tuple[Part, ...] = ()


class Vectors:
    """Vectors in a folder; in memory where none is named. Texts that `like` knows are not made into vectors again."""

    def __init__(self, embedder: Embedder, folder: Path | None = None, like: Vectors | None = None) -> None:
        self._embedder, self._like = embedder, like
        self._folder = folder / FORM / embedder.model.sha256[:16] if folder else None
        if folder and self._folder and is_read_only(folder):
            self._aside = mirror(self._folder)
            self._folder = Path(self._aside.name)
        self._state = self._read()

    def sequence(self) -> int:
        """The sequence number up to which everything is taken in; 0 for none."""
        return self._state.sequence

    def clear(self) -> None:
        """Throw everything away; it is taken in again from the store."""
        with self._writing():
            self._commit(_State(next=self._state.next))

    def add(self, documents: Iterable[tuple[int, Document]]) -> int:
        """Take in documents with their sequence numbers, rising; returns how many.

        Raises `BusyError` while another process does, `EvidenceError` where nothing can be written or the model
        fails; what was committed until then stays.
        """
        count, rest = 0, iter(documents)
        with self._writing():
            while batch := list(islice(rest, BATCH)):
                self._take_in(batch)
                count += len(batch)
        return count

    def near(self, text: str) -> Nearness:
        """How near every document is to a text."""
        return Nearness(self._state.parts, self._embedder.question(text))

    def known(self, id_: bytes) -> Passages:
        """What is kept of a document; nothing where there is none."""
        found = ((part, part.find(id_)) for part in reversed(self._state.parts))
        return next((part.passages(at) for part, at in found if at is not None), [])

    def _take_in(self, batch: list[tuple[int, Document]]) -> None:
        latest = {document.id.encode(): document for _, document in batch}
        made = [(id_, self._passages(id_, one)) for id_, one in latest.items() if one.standing != "deleted"]
        parts = [replace(part, gone=part.gone | _numbers(part, latest)) for part in self._state.parts]
        number = self._state.next
        if made:
            parts.append(self._kept(part_of(made), number))
            number += 1
        while len(parts) > 1 and len(parts[-2].ids) <= 2 * len(parts[-1].ids):  # few parts, each written seldom
            joined = part_of(one for part in parts[-2:] for one in part.documents())
            parts[-2:] = [self._kept(joined, number)]
            number += 1
        self._commit(_State(batch[-1][0], number, tuple(parts)))

    def _passages(self, id_: bytes, document: Document) -> Passages:
        """Each passage under the title, in which its subject often stands alone; the title where there is no text."""
        spans = [(one.start, one.end) for one in document.passages] or [(0, len(document.text))]
        texts = ["\n".join(filter(None, (document.title, document.text[start:end]))) for start, end in spans]
        known = {text: vector for vectors in (self, self._like) if vectors for *_, text, vector in vectors.known(id_)}
        made: Passages = []
        for (start, end), text in zip(spans, texts, strict=True):
            hashed = sha256(text.encode()).digest()[:TEXT].rstrip(b"\0")  # numpy drops these too
            vector = known.get(hashed)
            made.append((start, end, hashed, self._embedder.passage(text) if vector is None else vector))
        return made

    def _kept(self, part: Part, number: int) -> Part:
        return write_part(part, self._folder, str(number)) if self._folder else part

    def _read(self) -> _State:
        """The state on disk; an empty one where there is none or a file is damaged."""
        folder = self._folder
        for _ in range(_TRIES if folder and (folder / _STATE).exists() else 0):
            try:
                said = json.loads((folder / _STATE).read_bytes())  # type: ignore[operator]
                parts = (read_part(folder, *one) for one in said["parts"])  # type: ignore[arg-type]
                return _State(said["sequence"], said["next"], tuple(parts))
            except FileNotFoundError:
                continue
            except (OSError, ValueError, KeyError, TypeError):
                break
        return _State()

    def _commit(self, state: _State) -> None:
        """All of it becomes visible in one step; then the files that no state names any more go."""
        self._state = state
        if not self._folder:
            return
        parts = [(part.name, part.sums, sorted(part.gone)) for part in state.parts]
        aside = self._folder / f"{_STATE}.new"
        with aside.open("w") as file:
            json.dump({"sequence": state.sequence, "next": state.next, "parts": parts}, file, default=dict)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._folder / _STATE)
        named = {_STATE, _LOCK}.union(*(files_of(part.name) for part in state.parts))
        for file_ in self._folder.iterdir():
            if file_.name not in named:
                file_.unlink()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, who goes on from the latest state; a killed one lets go."""
        if not self._folder:
            yield
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / _LOCK).open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._state = self._read()
                yield
        except BlockingIOError:
            mend = "Searching goes on meanwhile; try again when it is done."
            raise BusyError("another process is adding to the vectors", mend=mend) from None
        except OSError as error:
            mend = "Look whether the disk is full, a file stands where this folder should be, or it may not be written."
            raise EvidenceError(f"the vectors cannot be written: {error}", where=str(self._folder), mend=mend) from None


class Nearness:
    """How near each document is to one question, by the cosine of its nearest passage."""

    def __init__(self, parts: tuple[Part, ...], question: Vector) -> None:
        self._parts, self._question = parts, question
        self._nearness = [part.nearness(question) for part in parts]

    def best(self, most: int) -> list[Hit]:
        """The nearest documents, each by its nearest passage; of equally near ones by their ids. None at a right angle
        or beyond: to such a question the model sees no likeness at all."""
        every: NDArray[np.float32] = np.concatenate([*self._nearness, np.zeros(0, np.float32)])
        least = np.partition(every, -most)[-most] if most < len(every) else -1
        found = [
            (float(nearness[at]), part, int(at))
            for part, nearness in zip(self._parts, self._nearness, strict=True)
            for at in np.flatnonzero((nearness >= least) & (nearness > 0))
        ]
        found.sort(key=lambda one: (-one[0], one[1].ids[one[2]]))
        return [
            Hit(part.ids[at].decode(), *part.nearest_passage(at, self._question), score)
            for score, part, at in found[:most]
        ]

    def of(self, id_: str) -> float:
        """That of one document; 0 where nothing is kept of it."""
        for part, nearness in zip(self._parts, self._nearness, strict=True):
            if (at := part.find(id_.encode())) is not None:
                return float(nearness[at])
        return 0.0


def _numbers(part: Part, ids: Iterable[bytes]) -> frozenset[int]:
    return frozenset(at for id_ in ids if (at := part.find(id_)) is not None)
