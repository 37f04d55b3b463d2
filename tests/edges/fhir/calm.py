"""A form that leaves nothing to ask and nothing to fear, filled in on the day that records are read."""

from __future__ import annotations

from rootline.packs.model import Pack
from tests.edges.fhir.resources import Resource, answers, item

NOW = "2026-11-21"


def calm_form(pack: Pack, *unasked: str) -> Resource:
    """Every question that can be answered so is answered "no" today, but leg pain."""
    asked = [fact.id for fact in pack.facts.values() if fact.kind == "yes/no" and fact.id not in unasked]
    items = [item(fact, valueBoolean=fact == "leg_pain") for fact in asked]
    items += [
        item("foot_drop", valueCoding={"code": "none"}),
        item("symptom_course", valueCoding={"code": "unchanged"}),
    ]
    for fact, value, unit in (
        ("symptom_duration", 10, "d"), ("lowest_power", 5, "{score}"), ("pain_score", 5, "{score}"),
        ("post_void_residual", 20, "mL"), ("egfr", 90, "mL/min/{1.73_m2}"),
    ):  # fmt: skip
        quantity = {"value": value, "system": "http://unitsofmeasure.org", "code": unit}
        items.append(item(fact, valueQuantity=quantity))
    items = [one for one in items if one["linkId"] not in unasked]
    return answers(*items, day=NOW, questionnaire=f"Questionnaire/{pack.id}.clinician")
