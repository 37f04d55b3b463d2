"""How time, memory and disk of the library and its index grow, from files of PubMed XML to answers of the search.

The records are invented; nothing in them is evidence of anything.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rootline.evidence.add import add
from rootline.evidence.library import open_library
from rootline.evidence.search.index import FORM
from rootline.evidence.search.interface import Library, Question
from rootline.evidence.store.versions import Store
from rootline.evidence.trials.invented import FIRST_PMID, invented_words, write_pubmed

_FILE_RECORDS = 20_000  # of one file; removed once it is in the library
_QUESTIONS = 200
_QUESTION_WORDS = 9


@dataclass(frozen=True)
class Growth:
    """One size: records a second imported and indexed, megabytes of memory at most and on disk, and of a search
    for the ten best documents the milliseconds."""

    records: int
    imported: float
    indexed: float
    memory: float
    library: float
    index: float
    p50: float
    p99: float


class Silent:
    """Watches an import and says nothing."""

    def begins(self, name: str, size: int) -> None: ...

    def has_read(self, consumed: int, records: int) -> None: ...

    def is_told(self, trouble: str) -> None: ...


def grow(records: int) -> Growth:
    """Import and index so many records, then search them. Ask for sizes rising: memory is the process's peak."""
    with TemporaryDirectory() as made:
        folder, taken = Path(made, "library"), 0.0
        for first in range(0, records, _FILE_RECORDS):
            file = Path(made, f"{first}.xml")
            write_pubmed(file, min(_FILE_RECORDS, records - first), FIRST_PMID + first, seed=first)
            taken += _seconds(lambda file=file: add(Store(folder), [(file, file.name)], Silent()))  # type: ignore[misc]
            file.unlink()
        library = _size(folder)
        indexed = _seconds(lambda: open_library(folder))
        times = _searched(open_library(folder))
        index = _size(folder / FORM)
    unit = 1 if sys.platform == "darwin" else 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    p50, p99 = statistics.median(times), times[int(_QUESTIONS * 0.99)]
    sizes = memory / 1e6, library / 1e6, index / 1e6
    return Growth(records, records / taken, records / indexed, *sizes, p50 * 1000, p99 * 1000)


def _searched(library: Library) -> list[float]:
    chance = random.Random(2)
    asked = [Question(invented_words(chance, _QUESTION_WORDS)) for _ in range(_QUESTIONS)]
    return sorted(_seconds(lambda one=one: library.search.rank(one, 10)) for one in asked)  # type: ignore[misc]


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
