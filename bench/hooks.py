"""Measures a CDS Hooks call with a large prefetch: the whole answer, beside a validation of the same record."""

from __future__ import annotations

import gc
import json
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from rich.table import Table
from tests.edges.cds_hooks.calls import call, drug, searched
from tests.edges.fhir.resources import Resource, answers, concept, condition, item, medicine, observation, quantity

from rootline.answers.reviewed import unreviewed
from rootline.edges.cds_hooks.body import read_call
from rootline.edges.cds_hooks.config import read_config
from rootline.edges.cds_hooks.feedback import Ledger
from rootline.edges.cds_hooks.service import Service
from rootline.edges.web.kept import Kept
from rootline.packs.model import Pack

_TRIAL = Path(__file__).parents[1] / "docs" / "examples" / "cds" / "trial.yaml"
_TODAY = date(2026, 11, 21)
_NAMES = ("Essential hypertension", "Osteoarthritis of knee", "Seasonal allergic rhinitis", "Hyperlipidaemia")
_DRUGS = ("Metformin 500 MG Oral Tablet", "Atorvastatin 20 MG Oral Tablet", "Lisinopril 10 MG Oral Tablet")


def _record(count: int, turn: int) -> list[Resource]:
    """As many resources: two fifths laboratory values, the rest problems and medicines, each with a name of its own."""
    found = [condition(concept("icd10cm", "M54.32"), "sciatica"), medicine(concept("rxnorm", "1364430"), "apixaban"),
             answers(item("saddle_numbness", valueBoolean=False))]  # fmt: skip
    for number in range(count - len(found)):
        name = f"{number}-{turn}"
        if number % 5 < 2:
            code = concept("loinc", "98979-8" if number % 2 else "2160-0")
            found.append(observation(code, "2026-10-02", f"o{name}", **quantity(40 + number % 50, "mL/min/{1.73_m2}")))
        elif number % 3:
            found.append(condition(concept(text=f"{_NAMES[number % 4]}, entry {name}"), f"c{name}"))
        else:
            found.append(medicine(concept(text=f"{_DRUGS[number % 3]} {name}"), f"m{name}"))
    return found


def _body(count: int, turn: int) -> bytes:
    order = drug(concept(text="Ibuprofen 400 MG Oral Tablet"))
    request: dict[str, Any] = call(*_record(count, turn), hook="order-sign", draftOrders=searched(order))
    return json.dumps(request).encode()


def measure(pack: Pack, resources: int, runs: int, expect: str, table: Table) -> None:
    """One row: each call has names never seen before; none is remembered. "At work" leaves out waiting for a core."""
    with tempfile.TemporaryDirectory() as folder:
        kept, ledger = Kept(Path(folder)), Ledger(Path(folder))
        service = Service(pack, read_config(_TRIAL), ledger, kept.keep, lambda: unreviewed(pack))
        service.answer(read_call(_body(resources, -1), "order-sign"), _TODAY)
        gc.collect()
        gc.freeze()  # as the server does
        times, worked, peers = [], [], []
        for turn in range(runs):
            body = _body(resources, turn)
            start, begun = time.perf_counter(), time.thread_time()
            assert service.answer(read_call(body, "order-sign"), _TODAY)["cards"]
            times.append(time.perf_counter() - start)
            worked.append(time.thread_time() - begun)
        for turn in range(10):
            bundle = json.loads(_body(resources, turn))["prefetch"]["conditions"]
            begun = time.thread_time()
            Bundle.model_validate(bundle)
            peers.append(time.thread_time() - begun)
    own, other = statistics.median(worked), statistics.median(peers)
    wall, busy = (sorted(found)[int(len(found) * 0.99)] for found in (times, worked))
    beside = f"fhir.resources validates it: {other * 1000:.0f} ms"
    also = f"p99 {wall * 1000:.1f} ms, of it at work {busy * 1000:.1f} ms; {expect}"
    name = f"order-sign with {resources} resources"
    table.add_row(name, f"p50 at work {own * 1000:.1f} ms", beside, f"{own / other:.2f}", also)
