"""Medicines of a record: a MedicationRequest or MedicationStatement to the facts that what is taken tells.

Only what is ordered and taken now counts. That something is not taken, or not listed, never tells "no"; what may be
taken, and cannot be told for certain, keeps its facts open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rootline.edges.fhir.concept import Concept, concept_at, read_concept, refusals
from rootline.edges.fhir.days import Days, days_of, ended
from rootline.edges.fhir.element import Element, Odd, flag, many, one, text
from rootline.edges.fhir.named import facts_in
from rootline.edges.fhir.told import Told

NAMELESS = "it names no medicine, or refers to one that was not sent"
_UNKNOWN = "its code is not known here, and it has no name"
_ORDERED = ("order", "original-order", "reflex-order", "filler-order", "instance-order")
_NOT_TAKEN = ("cancelled", "completed", "entered-in-error", "stopped", "not-taken")
_PERHAPS = ("on-hold", "draft", "unknown", "intended")


def read_medicine(resource: Element, told: Told) -> None:
    """Note what a medicine tells. Raises `Odd`."""
    if why := _why_not(resource, told):
        told.leaves(resource, why)
        return
    if (status := text(resource, "status")) != "active":
        raise Odd(f"it is {status}" if status in _PERHAPS else "its status is not known here")
    if resource.get("resourceType") == "MedicationRequest" and text(resource, "intent") not in _ORDERED:
        raise Odd("it is not ordered, only proposed or planned")
    days = days_of(resource, "authoredOn", "dateAsserted", "effectiveDateTime", "effectivePeriod")
    concepts = list(concepts_of(resource, told.medications))
    matched = False
    for concept in concepts:
        for why in refusals(concept, told.codes):
            told.leaves(resource, why)
        coded = [pair for key in concept.codes for pair in told.codes.telling["medicine"].get(key, ())]
        for telling, code in coded:
            matched = True
            if telling.means is not None:
                told.tells(telling.fact, telling.means, resource, str(code), days, telling.days)
        matched = _heard(resource, concept, {telling.fact for telling, _ in coded}, days, told) or matched
    if not matched and not any(concept.words for concept in concepts):
        raise Odd(_UNKNOWN if any(concept.codes for concept in concepts) else NAMELESS)
    if not matched:
        told.leaves(resource, "no fact is read from its code or name")


def medicine_could_tell(resource: Element, told: Told) -> Iterator[tuple[str, float | None]]:
    """The facts that it could tell; every fact about medicines where nothing says what it is, none where it is over."""
    try:
        if _why_not(resource, told):
            return
    except Odd:
        pass  # whether it is over cannot be read
    try:
        concepts = list(concepts_of(resource, told.medications))
    except Odd:
        concepts = []
    coded = [pair for one in concepts for key in one.codes for pair in told.codes.telling["medicine"].get(key, ())]
    heard = [named.fact for one in concepts for _, named in facts_in(one.words, told.pack) if named.fact.medicine]
    if not coded and not any(concept.words for concept in concepts):
        told_by_medicine = {telling.fact for telling in told.codes.tellings if telling.where == "medicine"}
        heard = [fact for fact in told.pack.facts.values() if fact.medicine or fact.id in told_by_medicine]
    yield from ((telling.fact, None) for telling, _ in coded)
    yield from ((fact.id, None) for fact in heard)


def _heard(resource: Element, concept: Concept, coded: set[str], days: Days | None, told: Told) -> bool:
    """Facts about medicines, by the names alone: "Apixaban 5 MG Oral Tablet" under a product's code."""
    heard = [(name, one) for name, one in facts_in(concept.words, told.pack, known=coded) if one.fact.medicine]
    for name, named in heard:
        if named.doubt:
            told.leaves(resource, f"its name speaks of it as {named.doubt}", named.fact.id)
        else:
            told.tells(named.fact.id, named.value, resource, f'by its name "{name}"', days)
    return bool(heard)


def _why_not(resource: Element, told: Told) -> str:
    """Why it is surely not taken now; empty where it may be. Raises `Odd`."""
    if (status := text(resource, "status")) in _NOT_TAKEN:
        return f"it is {status}"
    if flag(resource, "doNotPerform"):
        return "it says that this is not to be given"
    if ended(one(resource, "dispenseRequest"), "validityPeriod", told.today):
        return "its prescription has ended"
    if ended(resource, "effectivePeriod", told.today):
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
