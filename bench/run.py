"""Measures Rootline beside plain peers and prints the figures; `matrix.yaml` says what and what to expect.

Nothing is asserted: timings on shared machines are noisy, so read medians and ratios from one run.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import hooks
import library
import vectors
from rich.console import Console
from rich.table import Table
from web import measure as measure_web

import checks
from cql import cql
from rootline.answers.ask import ask
from rootline.content.yaml_text import read_yaml
from rootline.logic.values import Choice, Value
from rootline.packs.explore import candidates
from rootline.packs.load import load
from rootline.packs.model import Pack
from rootline.readers.evaluate import truth_of
from rootline.settings import pack_folder

RUNS = 7


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def whole_process(entries: list[dict[str, list[str]]], table: Table) -> None:
    """Whole processes, in turn with their peers."""
    for entry in entries:

        def measured(entry: dict[str, list[str]] = entry) -> object:
            return subprocess.run([sys.executable, *entry["command"]], capture_output=True, check=True)

        def peer(entry: dict[str, list[str]] = entry) -> object:
            return subprocess.run([sys.executable, *entry["peer command"]], capture_output=True, check=True)

        measured(), peer()
        pairs = [(seconds(measured), seconds(peer)) for _ in range(RUNS)]
        own, other = (statistics.median(side) for side in zip(*pairs, strict=True))
        ratio = statistics.median(first / second for first, second in pairs)
        row = (f"{own * 1000:.0f} ms", f"{entry['peer']}: {other * 1000:.0f} ms", f"{ratio:.1f}", str(entry["expect"]))
        table.add_row(str(entry["name"]), *row)


def in_process(pack: Pack, questions: list[str], runs: int, table: Table) -> None:
    """The pipeline in one warm process."""
    for question in questions:
        ask(question, pack)
        times = sorted(seconds(lambda question=question: ask(question, pack)) for _ in range(runs))
        p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
        p50_ms, p99_ms = f"p50 {p50 * 1000:.1f} ms", f"p99 {p99 * 1000:.1f} ms"
        table.add_row(f"ask in process: {question[:40]}…", p50_ms, "", "", p99_ms)


def patients(pack: Pack, count: int, unknown: float) -> list[dict[str, Value]]:
    """Random patients with a share of facts unknown; the same ones every time."""
    chance = random.Random(1)
    values = {
        fact.id: list(fact.type.values) if isinstance(fact.type, Choice) else candidates(pack, fact.id) or [1.0]
        for fact in pack.facts.values()
    }
    return [
        {fact: chance.choice(some) for fact, some in values.items() if chance.random() > unknown} for _ in range(count)
    ]


def evaluate(pack: Pack, count: int, unknown: float, expect: str, table: Table) -> None:
    """The whole pack over many patients: compiled, against a walk of the trees."""
    people = patients(pack, count, unknown)
    conditions = {id_: one.when for id_, one in pack.statements.items()}
    compiled = pack.compiled
    few = people[: max(1, count // 20)]
    fast = seconds(lambda: [compiled.bits(person) for person in people]) / len(people)
    slow = seconds(
        lambda: [[truth_of(node, person, pack.conditions) for node in conditions.values()] for person in few]
    ) / len(few)
    name = f"evaluate {len(conditions)} statements, {len(pack.rules)} rules, {len(pack.facts)} facts"
    table.add_row(name, f"{1 / fast:,.0f} patients/s", f"tree walk: {1 / slow:,.0f}/s", f"{slow / fast:.1f} x", expect)


def main() -> None:
    """Print one table."""
    matrix = read_yaml(Path(__file__).with_name("matrix.yaml"), "matrix.yaml")
    table = Table("what", "measured", "beside", "ratio", "expected / also")
    pack = load(pack_folder())
    loading = statistics.median(seconds(lambda: load(pack_folder())) for _ in range(5))
    table.add_row("load the pack", f"{loading * 1000:.0f} ms")
    whole_process(matrix["whole process"], table)
    in_process(pack, matrix["in process"]["questions"], int(matrix["in process"]["runs"]), table)
    figures = matrix["evaluate"]
    measure_web(matrix["web"]["questions"], int(matrix["web"]["runs"]), table)
    evaluate(pack, int(figures["patients"]), float(figures["unknown"]), figures["expect"], table)
    checks.proofs(pack, table)
    checks.whole(pack, table)
    figures = matrix["hooks"]
    hooks.measure(pack, int(figures["resources"]), int(figures["runs"]), figures["expect"], table)
    figures = matrix["cql"]
    people = patients(pack, int(figures["patients"]), float(figures["unknown"]))
    cql(pack, people, int(figures["runs"]), figures["expect"], table)
    library.measure(int(matrix["import"]["records"]), matrix["import"]["expect"], table)
    figures = matrix["vectors"]
    vectors.measure(int(figures["passages"]), int(figures["width"]), figures["expect"], table)
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
