"""How long it takes to hold the shipped pack to account: proofs one by one, and the whole check."""

from __future__ import annotations

import statistics
import time

from rich.table import Table

from rootline.checks.check import check
from rootline.checks.proofs import Prover
from rootline.checks.properties import properties
from rootline.packs.model import Pack


def proofs(pack: Pack, table: Table) -> None:
    """Every property proved, on one core."""
    prover, times = Prover(pack), []
    for claim in properties(pack):
        start = time.perf_counter()
        prover.prove(claim)
        times.append(time.perf_counter() - start)
    longest = f"p50 {statistics.median(times) * 1000:.1f} ms, longest {max(times) * 1000:.0f} ms"
    table.add_row(f"prove {len(times)} properties", f"{sum(times):.1f} s", "", "", longest)


def whole(pack: Pack, table: Table) -> None:
    """`rootline check`, without its printing."""
    start = time.perf_counter()
    checked = check(pack, lambda *_: None)
    took = time.perf_counter() - start
    name = (
        f"check: {len(checked.vignettes)} vignettes, {len(checked.proofs)} properties, {len(checked.results)} mutants"
    )
    table.add_row(name, f"{took:.1f} s", "", "", "under 60 s")
