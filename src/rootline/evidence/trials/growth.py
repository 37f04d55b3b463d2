"""How time, memory and disk of the search index grow, on invented records of any number.

The records are random letters in the proportions of real text; nothing in them is evidence of anything.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Question
from rootline.evidence.store.document import Document, Passage

_WORDS = 200_000  # different ones; how often each stands falls with its rank, as in real text
_LENGTH = 200  # words of an abstract
_QUESTIONS = 200


@dataclass(frozen=True)
class Growth:
    """One size: records a second taken in, megabytes of memory at most and on disk, milliseconds of a search."""

    records: int
    rate: float
    memory: float
    disk: float
    p50: float
    p99: float


def grow(records: int) -> Growth:
    """Build an index of so many records, then search it. Sizes are asked for rising: memory is the process's peak."""
    made = _Invented()
    with TemporaryDirectory() as folder:
        search = TantivySearch(Path(folder))
        start = time.perf_counter()
        search.add(enumerate(made.documents(records), start=1))
        taken = time.perf_counter() - start - made.seconds
        disk = sum(one.stat().st_size for one in Path(folder).rglob("*") if one.is_file())
        times = sorted(_searched(search, made.question()) for _ in range(_QUESTIONS))
    unit = 1 if sys.platform == "darwin" else 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    p99 = times[int(_QUESTIONS * 0.99)]
    return Growth(records, records / taken, memory / 1e6, disk / 1e6, statistics.median(times) * 1000, p99 * 1000)


def _searched(search: TantivySearch, text: str) -> float:
    start = time.perf_counter()
    search.rank(Question(text), 10)
    return time.perf_counter() - start


class _Invented:
    """Records and questions, the same every time; `seconds` counts what making the records took."""

    def __init__(self) -> None:
        self._chance = random.Random(1)
        letters = "etaoinsrhldcumfpgwybvk"
        lengths = self._chance.choices(range(3, 13), k=_WORDS)
        self._words = ["".join(self._chance.choices(letters, k=length)) for length in lengths]
        self._weights = list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))
        self.seconds = 0.0

    def documents(self, count: int) -> Iterator[Document]:
        for number in range(count):
            start = time.perf_counter()
            words = self._chance.choices(self._words, cum_weights=self._weights, k=_LENGTH)
            title, text = " ".join(words[:12]), " ".join(words)
            id_ = f"invented:{number}"
            one = Document(id_, sha256(id_.encode()).hexdigest(), title, text, (Passage("", 0, len(text)),), "text")
            self.seconds += time.perf_counter() - start
            yield one

    def question(self) -> str:
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=9))
