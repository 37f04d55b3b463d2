"""A case as the QuestionnaireResponse that somebody would send who filled in the pack's Questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from rootline.edges.fhir.naming import UCUM, canonical, questionnaire_id
from rootline.logic.values import YES_NO, Amount, Value, is_exact
from rootline.packs.model import Pack

Resource = dict[str, Any]


def response(pack: Pack, values: Mapping[str, Value], **more: Any) -> Resource:
    """The exact values as answers; of the rest the items stand there without an answer."""

    def item(fact: str) -> Resource:
        value = values.get(fact)
        return {"linkId": fact, **({"answer": [answer(pack, fact, value)]} if is_exact(value) else {})}

    groups = groupby(pack.facts.values(), key=lambda fact: fact.group)
    return {
        "resourceType": "QuestionnaireResponse",
        "id": "filled-in",
        "questionnaire": canonical("Questionnaire", questionnaire_id(pack.id, "clinician"), pack.version),
        "status": "completed",
        "subject": {"reference": "Patient/made-up"},
        "item": [{"linkId": f"group.{group}", "item": [item(fact.id) for fact in facts]} for group, facts in groups],
        **more,
    }


def answer(pack: Pack, fact: str, value: Value) -> Resource:
    """One answer in the form that its item asks for."""
    type_ = pack.types[fact]
    if isinstance(type_, Amount):
        return {"valueQuantity": {"value": value, "system": UCUM, "code": type_.unit.code}}
    return {"valueBoolean": value == "yes"} if type_ == YES_NO else {"valueCoding": {"code": value}}
