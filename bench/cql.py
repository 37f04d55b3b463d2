"""The evaluator beside the official CQL engine on the exported pack: the same patients, the same definitions.

Seconds of the engine are its own, taken inside its process; starting it and reading JSON do not count.
"""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

from rich.table import Table

from rootline.logic.values import Value
from rootline.packs.library import arguments, library_of
from rootline.packs.model import Pack
from rootline.packs.write_library import as_elm
from rootline.readers.evaluate import Compiled

ENGINE = Path(__file__).parents[1] / "tests" / "cql" / "execute.mjs"


def cql(pack: Pack, people: list[dict[str, Value]], expect: str, table: Table) -> None:
    """Every rule, urgency line and advice for each patient, once by each."""
    elm = as_elm(library_of(pack))
    given = json.dumps({"elm": elm, "patients": [arguments(person, pack.types) for person in people]})
    done = subprocess.run(["node", ENGINE], input=given, capture_output=True, check=True, text=True, encoding="utf-8")
    engine = json.loads(done.stdout)["seconds"] / len(people)
    conditions = {**pack.conditions, **{id_: one.when for id_, one in pack.statements.items()}}
    compiled = Compiled(conditions, pack.conditions)
    start = time.perf_counter()
    for person in people:
        compiled.bits(person)
    own = (time.perf_counter() - start) / len(people)
    name = f"evaluate {len(conditions)} rules and statements"
    table.add_row(
        name, f"{1 / own:,.0f} patients/s", f"cql-execution: {1 / engine:,.0f}/s", f"{engine / own:.0f} x", expect
    )
