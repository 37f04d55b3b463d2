"""Measures looking up the nearest of many vectors on disk beside the bare product of a matrix in memory.

The vectors are random: what they mean does not matter to the time. `make bench` runs it. Asserts nothing.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.table import Table

from rootline.evidence.dense.part import part_of, read_part, write_part
from rootline.evidence.dense.vectors import Nearness

RUNS = 31
_A_DOCUMENT = 3  # passages


def measure(passages: int, width: int, expect: str, table: Table) -> None:
    """The hundred best documents for a question, and opening the files."""
    chance = np.random.default_rng(1)
    matrix = chance.standard_normal((passages, width), np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    rows = [(at, at + 1, b"%d" % at, vector) for at, vector in enumerate(matrix)]
    made = part_of((b"pmid:%d" % first, rows[first : first + _A_DOCUMENT]) for first in range(0, passages, _A_DOCUMENT))
    question = matrix[passages // 2]
    with tempfile.TemporaryDirectory() as folder:
        sums = write_part(made, Path(folder), "0").sums
        part = read_part(Path(folder), "0", sums, ())
        size = sum(one.stat().st_size for one in Path(folder).iterdir()) / 1e6
        pairs = [
            (milliseconds(lambda: Nearness((part,), question).best(100)), milliseconds(lambda: matrix @ question))
            for _ in range(RUNS)
        ]
        opening = milliseconds(lambda: read_part(Path(folder), "0", sums, ()))
    own, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    row = f"{own:.0f} ms", f"bare product: {bare:.0f} ms", f"{own / bare:.1f}", expect
    table.add_row(f"nearest of {passages:,} x {width}", *row)
    table.add_row("… their files checked and opened", f"{opening:.0f} ms", f"{size:,.0f} MB")


def milliseconds(work: Callable[[], object]) -> float:
    """Wall-clock time of one call."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
