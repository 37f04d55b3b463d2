"""How time, memory and disk of the library and its index grow, from files of PubMed XML to answers of the search.

The records are invented; nothing in them is evidence of anything.
"""

from __future__ import annotations

import random
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from rootline.errors import EvidenceError
from rootline.evidence.add import add
from rootline.evidence.library import open_library
from rootline.evidence.search.index import FORM, TantivySearch
from rootline.evidence.search.interface import Question
from rootline.evidence.store.document import Document
from rootline.evidence.store.versions import Store
from rootline.evidence.trials.invented import FIRST_PMID, invented_words, write_pubmed

_FILE_RECORDS = 20_000  # of one file; removed once it is in the library
_QUESTIONS = 200
_QUESTION_WORDS = 9
_DISK_EACH, _DISK_FREE = 12_000, 500_000_000  # bytes for a record, with room for merging the index; for all else


@dataclass(frozen=True)
class Phase:
    """Seconds of one step, megabytes of memory at its peak in a process of its own, megabytes it leaves on disk."""

    seconds: float
    memory: float
    disk: float


@dataclass(frozen=True)
class Growth:
    """One size: the import, the index, the opening of both for a search; of a search the milliseconds."""

    records: int
    imported: Phase
    indexed: Phase
    opened: Phase
    p50: float
    p99: float


class Silent:
    """Watches an import and says nothing."""

    def begins(self, name: str, size: int) -> None: ...

    def has_read(self, consumed: int, records: int) -> None: ...

    def is_told(self, trouble: str) -> None: ...


def grow(records: int, tell: Callable[[str], None]) -> Growth:
    """Import and index so many records, then search them; `tell` hears how far it is.

    Raises `EvidenceError` where the disk has not the room. The folder, told first, goes at the end, unless it is
    killed.
    """
    free, needed = shutil.disk_usage(gettempdir()).free, records * _DISK_EACH + _DISK_FREE
    if free < needed:
        mend = "Name a folder on another disk with TMPDIR, or take fewer records."
        what = f"{needed / 1e9:.1f} GB of disk are needed for {records:,} records"
        raise EvidenceError(what, where=gettempdir(), mend=mend)
    with TemporaryDirectory(prefix="rootline-growth-") as made:
        tell(f"{records:,} records in {made}")
        folder, taken = Path(made, "library"), 0.0
        with _process() as run:
            for first in range(0, records, _FILE_RECORDS):
                file, count = Path(made, f"{first}.xml"), min(_FILE_RECORDS, records - first)
                write_pubmed(file, count, FIRST_PMID + first, seed=first)
                seconds, memory = run(partial(_import, folder, file))
                file.unlink()
                taken += seconds
                tell(f"  {first + count:,} imported, {count / seconds:,.0f}/s, {memory:.0f} MB of memory")
        imported = Phase(taken, memory, _size(folder))
        with _process() as run:
            seconds, memory = run(partial(_index, folder))
        indexed = Phase(seconds, memory, _size(folder / FORM))
        tell(f"  indexed, {records / seconds:,.0f}/s, {memory:.0f} MB of memory")
        chance = random.Random(2)
        asked = [invented_words(chance, _QUESTION_WORDS) for _ in range(_QUESTIONS)]
        with _process() as run:
            seconds, times, memory = run(partial(_search, folder, asked))
    p50, p99 = statistics.median(times) * 1000, times[int(_QUESTIONS * 0.99)] * 1000
    return Growth(records, imported, indexed, Phase(seconds, memory, imported.disk + indexed.disk), p50, p99)


@contextmanager
def _process() -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """Runs one piece of work after the other in one new process, so that its peak of memory is that of the work."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        yield lambda work: pool.submit(work).result()


def _import(folder: Path, file: Path) -> tuple[float, float]:
    return _seconds(lambda: add(_store(folder), [(file, file.name)], Silent())), _peak()


_store = cache(Store)  # one for all files, as `evidence add` has it


def _index(folder: Path) -> tuple[float, float]:
    return _seconds(lambda: TantivySearch(folder).add(_told(Store(folder).changes(0)))), _peak()


def _told(changes: Iterator[tuple[int, Document]]) -> Iterator[tuple[int, Document]]:
    """The same, with a word on standard error now and then: an index of millions takes long."""
    start = time.perf_counter()
    for count, one in enumerate(changes, start=1):
        yield one
        if count % _FILE_RECORDS == 0:
            rate = count / (time.perf_counter() - start)
            print(f"  {count:,} given to the index, {rate:,.0f}/s, {_peak():.0f} MB of memory", file=sys.stderr)


def _search(folder: Path, asked: list[str]) -> tuple[float, list[float], float]:
    start = time.perf_counter()
    library = open_library(folder)
    opened = time.perf_counter() - start
    questions = map(Question, asked)
    times = sorted(_seconds(lambda one=one: library.search.rank(one, 10)) for one in questions)  # type: ignore[misc]
    return opened, times, _peak()


def _peak() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _size(folder: Path) -> float:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 1e6


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
