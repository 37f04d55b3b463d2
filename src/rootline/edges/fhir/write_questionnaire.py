"""The pack's questions as a Questionnaire: an item for each fact, in one voice. No answer means: not known.

A question is left out (`enableWhen`) only while another answer makes it change nothing, as the conditions say.
"""

from __future__ import annotations

from itertools import groupby

from rootline.answers.model import Review
from rootline.edges.fhir.definition import definition, limits
from rootline.edges.fhir.naming import UCUM, Resource, questionnaire_id
from rootline.logic.units import UNITS, Unit
from rootline.logic.values import YES_NO, Amount, Choice
from rootline.packs.model import Fact, Pack
from rootline.packs.relevance import Given, dependent_facts
from rootline.readers.english import Voice

_UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption"
_BOUND = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-{}Quantity"


def write_questionnaire(pack: Pack, review: Review, voice: Voice) -> Resource:
    """The Questionnaire in this voice; a group for each group of facts."""
    depends = dependent_facts(pack)
    reader = "for clinicians" if voice == "clinician" else "for patients"
    title = f"{pack.title.to(voice)}: questions {reader}"
    about = f"{pack.for_}. Leave out what is not known: no answer means unknown, never no."
    return {
        **definition("Questionnaire", questionnaire_id(pack.id, voice), title, about, pack, review),
        "subjectType": ["Patient"],
        "purpose": limits(pack, review),
        "item": [
            {
                "linkId": f"group.{group}",
                "text": group.replace("-", " ").capitalize(),
                "type": "group",
                "item": [_item(fact, pack, voice, depends.get(fact.id)) for fact in facts],
            }
            for group, facts in groupby(pack.facts.values(), key=lambda fact: fact.group)
        ],
    }


def _item(fact: Fact, pack: Pack, voice: Voice, given: Given | None) -> Resource:
    item: Resource = {"linkId": fact.id, "text": fact.ask.to(voice)}
    type_ = fact.type
    if isinstance(type_, Amount):
        item = {"extension": _quantity(fact, type_), **item, "type": "quantity"}
    elif type_ == YES_NO:
        item["type"] = "boolean"
    else:
        item["type"] = "choice"
    if given:
        item |= {"enableWhen": list(_enable_when(given, pack)), "enableBehavior": "any"}
    if isinstance(type_, Choice) and type_ != YES_NO:
        words = {value: pack.lexicon.values[fact.id, value].to(voice) for value in type_.values}
        item["answerOption"] = [{"valueCoding": {"code": value, "display": words[value]}} for value in type_.values]
    return item


def _enable_when(given: Given, pack: Pack) -> list[Resource]:
    """Asked while the other fact is unknown, and for each of its values but the one that settles it."""
    asked: list[Resource] = [{"question": given.fact, "operator": "exists", "answerBoolean": False}]
    type_ = pack.types[given.fact]
    assert isinstance(type_, Choice)
    for value in type_.values:
        if value != given.idle:
            answer = {"answerBoolean": value == "yes"} if type_ == YES_NO else {"answerCoding": {"code": value}}
            asked.append({"question": given.fact, "operator": "=", **answer})
    return asked


def _quantity(fact: Fact, type_: Amount) -> list[Resource]:
    """The units a number may be given in, the fact's own first, and its bounds."""
    lengths = [unit for unit in UNITS.values() if unit.dimension == "time"] if fact.kind == "duration" else []
    units = dict.fromkeys([type_.unit, *lengths])
    bounds = {"min": type_.low, "max": type_.high}
    return [
        *({"url": _UNIT, "valueCoding": _unit(unit)} for unit in units),
        *({"url": _BOUND.format(end), "valueQuantity": quantity(bound, type_.unit)} for end, bound in bounds.items()),
    ]


def _unit(unit: Unit) -> Resource:
    return {"system": UCUM, "code": unit.code, "display": unit.many or unit.code}


def quantity(number: float, unit: Unit) -> Resource:
    """An amount with its UCUM code."""
    bare = int(number) if number == int(number) else number
    return {"value": bare, "unit": unit.many or unit.code, "system": UCUM, "code": unit.code}
