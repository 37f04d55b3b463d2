"""How well and how fast a search ranks on a test set, beside its peers, in one run. The only home of ir-measures.

Measures and tells; expects nothing and fails nothing.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import ir_measures
from ir_measures import RR, R, nDCG

from rootline.evidence.trials.folder import TestSet
from rootline.evidence.trials.peers import Peer, Ranking, peers

DEPTH = 100  # documents asked for
_BLOCK = 100  # questions asked of one search before the next has its turn
_MEASURES = (nDCG @ 10, R @ 100, RR @ 10)


@dataclass(frozen=True)
class Figures:
    """What was measured of one search on one set. Latencies in milliseconds, for `DEPTH` documents and their ids."""

    search: str
    ndcg: float
    recall: float
    mrr: float
    p50: float
    p99: float
    built: float  # documents a second
    megabytes: float


def measure(test_set: TestSet, searches: list[Peer] | None = None) -> list[Figures]:
    """Build each search, then ask blocks of questions of all in turn: a slow moment of the machine hits all alike."""
    searches = searches or peers()
    with TemporaryDirectory() as made:
        folders = [Path(made) / str(number) for number in range(len(searches))]
        building = []
        for search, folder in zip(searches, folders, strict=True):
            folder.mkdir()
            building.append(_seconds(lambda s=search, f=folder: s.build(test_set.documents, f)))  # type: ignore[misc]
        runs, times = _ask(test_set, searches)
        sizes = [sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) for folder in folders]
    rows = zip(searches, runs, times, building, sizes, strict=True)
    return [_figures(test_set, *row) for row in rows]


def _ask(test_set: TestSet, searches: list[Peer]) -> tuple[list[dict[str, Ranking]], list[list[float]]]:
    runs: list[dict[str, Ranking]] = [{} for _ in searches]
    times: list[list[float]] = [[] for _ in searches]
    for warm_up in list(test_set.questions.values())[:20]:
        for search in searches:
            search.rank(warm_up, DEPTH)
    questions = list(test_set.questions.items())
    for first in range(0, len(questions), _BLOCK):
        for search, run, taken in zip(searches, runs, times, strict=True):
            for id_, text in questions[first : first + _BLOCK]:
                start = time.perf_counter()
                run[id_] = search.rank(text, DEPTH)
                taken.append(time.perf_counter() - start)
    return runs, times


def _figures(
    test_set: TestSet, search: Peer, run: dict[str, Ranking], taken: list[float], built: float, size: int
) -> Figures:
    scores = {id_: {one[0]: one[-1] for one in ranking} for id_, ranking in run.items()}
    told = ir_measures.calc_aggregate(_MEASURES, test_set.judged, scores)
    ndcg, recall, mrr = (float(told[one]) for one in _MEASURES)
    taken = sorted(one * 1000 for one in taken)
    p99 = taken[int(len(taken) * 0.99)]
    count = len(test_set.documents)
    return Figures(search.name, ndcg, recall, mrr, statistics.median(taken), p99, count / built, size / 1e6)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
