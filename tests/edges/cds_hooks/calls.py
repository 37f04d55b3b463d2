"""Requests as a hospital's system sends them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.edges.fhir.resources import Resource, concept, condition, medicine, patient

ROOT = Path(__file__).parents[3]
EXAMPLE: dict[str, Any] = json.loads((ROOT / "docs/examples/cds/order-sign.json").read_text())
SCIATICA = condition(concept("icd10cm", "M54.32"))
APIXABAN = medicine(concept("rxnorm", "1364430"), "apixaban")
INSTANCE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
SUBJECT = {"reference": "Patient/p"}


def searched(*resources: Resource) -> Resource:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in resources]}


def call(
    *records: Resource, hook: str = "patient-view", person: Resource | None = None, **context: Any
) -> dict[str, Any]:
    known = {"patient": person or patient(birthDate="1980-01-01"), "conditions": searched(*records)}
    return {"hook": hook, "hookInstance": INSTANCE, "prefetch": known,
            "context": {"userId": "Practitioner/1", "patientId": "p", **context}}  # fmt: skip


def drug(code: Resource, id_: str = "draft", **more: Any) -> Resource:
    return medicine(code, id_, state="draft", **more)


def service_request(code: Resource, id_: str = "draft", **more: Any) -> Resource:
    return {"resourceType": "ServiceRequest", "id": id_, "status": "draft", "intent": "order", "code": code,
            "subject": SUBJECT, **more}  # fmt: skip


def signing(*records: Resource, orders: list[Resource], person: Resource | None = None) -> dict[str, Any]:
    return call(*records, hook="order-sign", person=person, draftOrders=searched(*orders))


def selecting(*records: Resource, orders: list[Resource], selected: list[str]) -> dict[str, Any]:
    return call(*records, hook="order-select", draftOrders=searched(*orders), selections=selected)
