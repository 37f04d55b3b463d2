"""Medicines of a record: a MedicationRequest or MedicationStatement to the facts that what is taken tells.

Only what is ordered and taken now counts. That something is not taken, or not listed, never tells "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rootline.edges.fhir.concept import Concept, concept_at, read_concept, refusals
from rootline.edges.fhir.days import Days, days_of, ended, said
from rootline.edges.fhir.element import Element, flag, many, one, text
from rootline.edges.fhir.named import facts_in
from rootline.edges.fhir.told import Told

NAMELESS = "it names no medicine, or refers to one that was not sent"
_ORDERED = ("order", "original-order", "reflex-order", "filler-order", "instance-order")
_STATUSES = (
    "active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft", "unknown", "intended",
    "not-taken",
)  # fmt: skip


def read_medicine(resource: Element, told: Told, medications: Mapping[str, Element]) -> None:
    """Note what a medicine tells. `medications` are those that references may name. Raises `Odd`."""
    if why := _why_not(resource, told):
        told.leaves(resource, why)
        return
    days = days_of(resource, "authoredOn", "dateAsserted", "effectiveDateTime", "effectivePeriod")
    concepts = list(concepts_of(resource, medications))
    matched = False
    for concept in concepts:
        for why in refusals(concept, told.codes):
            told.leaves(resource, why)
        coded = [pair for key in concept.codes for pair in told.codes.telling["medicine"].get(key, ())]
        for telling, code in coded:
            matched = True
            if told.is_valid(days, telling.days, resource, telling.fact) and telling.means is not None:
                told.finds(telling.fact, telling.means, resource, said(str(code), days), days)
        matched = _heard(resource, concept, {telling.fact for telling, _ in coded}, days, told) or matched
    if not matched:
        told.leaves(resource, "no fact is read from its code or name" if concepts else NAMELESS)


def _heard(resource: Element, concept: Concept, coded: set[str], days: Days | None, told: Told) -> bool:
    """Facts about medicines, by the names alone: "Apixaban 5 MG Oral Tablet" under a product's code."""
    heard = [(name, one) for name, one in facts_in(concept.words, told.pack, known=coded) if one.fact.medicine]
    for name, named in heard:
        if named.doubt:
            told.leaves(resource, f"its name speaks of it as {named.doubt}", named.fact.id)
        else:
            words = said(f'by its name "{name}"', days)
            told.finds(named.fact.id, named.value, resource, words, days)
    return bool(heard)


def _why_not(resource: Element, told: Told) -> str:
    status = text(resource, "status")
    if status != "active":
        return f"it is {status}" if status in _STATUSES else "its status is not known here"
    if resource.get("resourceType") == "MedicationRequest":
        if text(resource, "intent") not in _ORDERED:
            return "it is not ordered, only proposed or planned"
        if flag(resource, "doNotPerform"):
            return "it says that this is not to be given"
        if ended(one(resource, "dispenseRequest"), "validityPeriod", told.today):
            return "its prescription has ended"
    elif ended(resource, "effectivePeriod", told.today):
        return "it was taken until an earlier day"
    dosages = many(resource, "dosageInstruction") + many(resource, "dosage")
    bounds = [one(one(dosage, "timing"), "repeat") for dosage in dosages]
    if bounds and all(ended(repeat, "boundsPeriod", told.today) for repeat in bounds):
        return "it was to be taken until an earlier day"
    return ""


def concepts_of(resource: Element, medications: Mapping[str, Element]) -> Iterable[Concept]:
    """What the medicine is: its own concept, the name it is referred to by, and the Medication's ingredients.

    Raises `Odd`.
    """
    if "medicationCodeableConcept" in resource:
        yield concept_at(resource, "medicationCodeableConcept")
    referred = one(resource, "medicationReference")
    if name := text(referred, "display"):
        yield read_concept({"text": name})
    reference = text(referred, "reference").partition("/_history/")[0]
    if not reference:
        return
    contained = {f"#{text(inner, 'id')}": inner for inner in many(resource, "contained")}
    medication = contained.get(reference) or medications.get(reference)
    if medication is not None:
        yield concept_at(medication, "code")
        for ingredient in many(medication, "ingredient"):
            yield concept_at(ingredient, "itemCodeableConcept")
