"""The evaluator beside the official CQL engine on the exported pack: the same patients, the same definitions.

Seconds of the engine are its own, taken inside its process; starting it and reading JSON do not count.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from pathlib import Path

from rich.table import Table

from rootline.logic.values import Value
from rootline.packs.cql_library import arguments, library_of
from rootline.packs.model import Pack
from rootline.packs.write_cql import as_elm
from rootline.readers.evaluate import Compiled

ENGINE = Path(__file__).parents[1] / "tests" / "cql" / "execute.mjs"


def cql(pack: Pack, people: list[dict[str, Value]], runs: int, expect: str, table: Table) -> None:
    """Every rule, urgency line and advice for each patient, by each in turn; medians of so many turns."""
    elm = as_elm(library_of(pack))
    given = json.dumps({"elm": elm, "patients": [arguments(person, pack.types) for person in people]})
    conditions = {**pack.conditions, **{id_: one.when for id_, one in pack.statements.items()}}
    compiled = Compiled(conditions, pack.conditions)
    pairs = [(_own(compiled, people), _engine(given)) for _ in range(runs)]
    own, engine = (statistics.median(side) / len(people) for side in zip(*pairs, strict=True))
    ratio = statistics.median(theirs / ours for ours, theirs in pairs)
    row = (f"{1 / own:,.0f} patients/s", f"cql-execution: {1 / engine:,.0f}/s", f"{ratio:.0f} x", expect)
    table.add_row(f"evaluate {len(conditions)} rules and statements", *row)


def _own(compiled: Compiled, people: list[dict[str, Value]]) -> float:
    start = time.perf_counter()
    for person in people:
        compiled.bits(person)
    return time.perf_counter() - start


def _engine(given: str) -> float:
    done = subprocess.run(["node", ENGINE], input=given, capture_output=True, check=True, text=True, encoding="utf-8")
    return float(json.loads(done.stdout)["seconds"])
