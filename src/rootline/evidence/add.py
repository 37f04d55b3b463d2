"""Files into the library: each file once, in batches that are kept whole or not at all, so that it can be picked up.

Prints nothing; an onlooker is told how it goes and what could not be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Protocol

from rootline.errors import EvidenceError, LibraryError
from rootline.evidence.intake.found import Broken, Deleted, Found
from rootline.evidence.intake.notices import with_mark
from rootline.evidence.intake.opening import Opened, hash_of
from rootline.evidence.intake.recognise import reader_of
from rootline.evidence.store.document import Document
from rootline.evidence.store.gather import is_notice
from rootline.evidence.store.resume import Taken, taken
from rootline.evidence.store.versions import Store
from rootline.evidence.store.write import Batch, Writer

BATCH_RECORDS = 500
BATCH_LETTERS = 20_000_000  # of text; full texts are larger than records


class Onlooker(Protocol):
    """Who watches an import."""

    def begins(self, name: str, size: int) -> None:
        """A file of so many bytes."""

    def has_read(self, consumed: int, records: int) -> None:
        """So many bytes and records of it."""

    def is_told(self, trouble: str) -> None:
        """What could not be read: file, place and what."""


def add(store: Store, files: Iterable[tuple[Path, str]], onlooker: Onlooker) -> Counter[str]:
    """What all records of the files, each with its name, were: `new`, `revised`, `same`, `deleted`, `broken`.

    And the number of `files`.
    """
    counts: Counter[str] = Counter(files=0)
    for path, name in files:
        counts["files"] += 1
        try:
            add_file(store, path, name, onlooker, counts)
        except LibraryError:  # no file's fault: the next would fare no better
            raise
        except EvidenceError as error:
            counts["broken"] += 1
            onlooker.is_told(str(error))
    return counts


def add_file(store: Store, path: Path, name: str, onlooker: Onlooker, counts: Counter[str]) -> None:
    """One file; `name` is where its documents will be said to come from. Raises `EvidenceError`.

    What was read before the error is kept. A file that is in the library as a whole is not read again.
    """
    file = hash_of(path)
    before = taken(store, file)
    for place, what in before.broken:
        counts["broken"] += 1
        onlooker.is_told(f"{name}: {place}: {what}")
    if before.is_whole:
        counts["same"] += before.position - len({place for place, _ in before.broken})
        return
    pending = _Pending(file, name, before, counts, onlooker)
    try:
        with Opened(path, name) as opened:
            onlooker.begins(name, opened.size)
            _read(store, opened, pending)
    finally:  # what an earlier run took counts once more as what it was only when this one goes on with it
        goes_on = pending.position > before.position
        counts.update(before.counts if goes_on else {"same": sum(before.counts.values())})


def not_yet_taken(store: Store, files: Iterable[Path]) -> list[Path]:
    """The files that are not in the library as a whole, and those of which that cannot be told."""

    def is_whole(path: Path) -> bool:
        try:
            return taken(store, hash_of(path)).is_whole
        except LibraryError:
            raise
        except EvidenceError:
            return False

    return [path for path in files if not is_whole(path)]


def _read(store: Store, opened: Opened, pending: _Pending) -> None:
    read = reader_of(opened)
    try:
        for number, found in enumerate(read(opened), 1):
            if number > pending.position:
                pending.add(found, number)
                if pending.is_full:
                    pending.keep(store, opened.consumed)
    except EvidenceError:
        pending.keep(store, opened.consumed)
        raise
    pending.keep(store, opened.consumed, is_last=True)


class _Pending:
    """Records that are read and not yet kept."""

    def __init__(self, file: str, name: str, before: Taken, counts: Counter[str], onlooker: Onlooker) -> None:
        self._file, self._name, self._counts, self._onlooker = file, name, counts, onlooker
        self.position = before.position
        self._found: list[Found] = []
        self._letters = 0
        self._records = 0

    @property
    def is_full(self) -> bool:
        return self._records >= BATCH_RECORDS or self._letters >= BATCH_LETTERS

    def add(self, found: Sequence[Found], number: int) -> None:
        """One record of the file."""
        self._found += found
        self._letters += sum(len(one.text) for one in found if isinstance(one, Document))
        self._records += 1
        self.position = number

    def keep(self, store: Store, consumed: int, is_last: bool = False) -> None:
        """All of them in one transaction, with the position in the file."""
        broken = [(one.where, one.what) for one in self._found if isinstance(one, Broken)]
        with store.writing() as writer:
            counts = take_in(writer, self._found, self._name)
            writer.close_batch(Batch(self._file, self._name, self.position, is_last, counts, broken))
        self._counts.update(counts)
        self._counts["broken"] += len(broken)
        for place, what in broken:
            self._onlooker.is_told(f"{self._name}: {place}: {what}")
        self._onlooker.has_read(consumed, self.position)
        self._found, self._letters, self._records = [], 0, 0


def take_in(writer: Writer, found: Sequence[Found], origin: str) -> Counter[str]:
    """Documents and deletions in the order of the file; notices are counted with the documents that bring them."""
    counts: Counter[str] = Counter()
    for kind, run in groupby(found, key=type):
        if kind is Document:
            documents = [with_mark(one) for one in run if isinstance(one, Document)]
            outcomes = writer.take(documents, origin)
            counts.update(outcome for one, outcome in zip(documents, outcomes, strict=True) if not is_notice(one.kind))
        elif kind is Deleted:
            for one in run:
                if isinstance(one, Deleted):
                    counts["deleted" if writer.delete(one.pmid, origin) else "same"] += 1
    return counts
