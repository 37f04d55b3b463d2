"""Measures the import of PubMed XML beside a bare lxml parse of the same file: rate, memory, disk.

`make bench` runs a small size; `python bench/library.py 100000 1000000` prints how all three grow. Asserts nothing.
"""

from __future__ import annotations

import gzip
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import etree
from rich.console import Console
from rich.table import Table

from rootline.evidence.add import add
from rootline.evidence.store.versions import Store
from rootline.evidence.trials.growth import Silent
from rootline.evidence.trials.invented import write_pubmed

RUNS = 3
MEGABYTE = 1_000_000


def bare(file: Path) -> int:
    """The parse that every import needs: each record as a tree, thrown away at once."""
    count = 0
    source: Any = gzip.open(file) if file.suffix == ".gz" else str(file)
    for _, element in etree.iterparse(source, tag="PubmedArticle", resolve_entities=False, no_network=True):
        count += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return count


def taken(file: Path) -> int:
    """The import into a new library beside the file."""
    library = file.with_suffix(".library")
    counts: Counter[str] = add(Store(library), [(file, file.name)], Silent())
    return counts["new"]


def run(what: str, file: Path) -> dict[str, float]:
    """Seconds and peak memory of one of the two in a process of its own, and the disk that the library takes."""
    command = [sys.executable, __file__, what, str(file)]
    found: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    library = file.with_suffix(".library")
    if library.exists():
        found["disk"] = sum(path.stat().st_size for path in library.iterdir())
        shutil.rmtree(library)
    return found


def compared(file: Path, runs: int) -> tuple[dict[str, float], dict[str, float]]:
    """The best of several runs in turn, bare and imported."""
    pairs = [(run("bare", file), run("taken", file)) for _ in range(runs)]
    first, second = (min(side, key=lambda one: one["seconds"]) for side in zip(*pairs, strict=True))
    return first, second


def measure(records: int, expect: str, table: Table) -> None:
    """Rows for `make bench`: plain, packed as PubMed ships it, and four times as many records for the memory."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.xml"), Path(folder, "large.xml")
        write_pubmed(small, records)
        write_pubmed(large, 4 * records)
        packed = Path(folder, "small.xml.gz")
        packed.write_bytes(gzip.compress(small.read_bytes()))
        for name, file in (("PubMed XML", small), ("PubMed XML, gzip", packed)):
            parse, own = compared(file, RUNS)
            rates = f"{records / own['seconds']:,.0f} records/s", f"lxml alone: {records / parse['seconds']:,.0f}/s"
            table.add_row(
                f"import {records:,} records, {name}", *rates, f"{parse['seconds'] / own['seconds']:.2f}", expect
            )
        peaks = [run("taken", file)["peak"] / MEGABYTE for file in (small, large)]
        row = (
            f"{peaks[0]:.0f} MB",
            f"four times as many: {peaks[1]:.0f} MB",
            f"{peaks[1] / peaks[0]:.2f}",
            "flat: about 1",
        )
        table.add_row("memory of an import", *row)


def growth(sizes: list[int]) -> Table:
    """Time, memory and disk for ever larger files."""
    table = Table("records", "file", "import", "records/s", "lxml alone", "ratio", "peak memory", "library")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "many.xml")
            write_pubmed(file, size)
            parse, own = compared(file, 1)
            table.add_row(
                f"{size:,}",
                f"{file.stat().st_size / MEGABYTE:,.0f} MB",
                f"{own['seconds']:,.0f} s",
                f"{size / own['seconds']:,.0f}",
                f"{size / parse['seconds']:,.0f}",
                f"{parse['seconds'] / own['seconds']:.2f}",
                f"{own['peak'] / MEGABYTE:.0f} MB",
                f"{own['disk'] / MEGABYTE:,.0f} MB",
            )
    return table


if __name__ == "__main__":
    if sys.argv[1] in ("bare", "taken"):
        start = time.perf_counter()
        {"bare": bare, "taken": taken}[sys.argv[1]](Path(sys.argv[2]))
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"seconds": seconds, "peak": peak}))
    else:
        Console(width=150).print(growth([int(size) for size in sys.argv[1:]]))
