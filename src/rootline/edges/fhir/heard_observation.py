"""An Observation that no code tells, by its name: what a yes to it tells, as the name of a problem would.

A "no" to a name tells nothing, and a value that is neither keeps the fact in doubt. Reads no number.
"""

from __future__ import annotations

from rootline.edges.fhir.concept import Concept, concept_at
from rootline.edges.fhir.days import days_of, said
from rootline.edges.fhir.element import Element, flag, text
from rootline.edges.fhir.named import Named, facts_in, topic_named
from rootline.edges.fhir.told import Told

FINAL = ("final", "amended", "corrected")
VOID = ("registered", "cancelled", "entered-in-error")  # states in which there is no value
_YES, _NO = ("yes", "y", "present", "positive", "true"), ("no", "n", "absent", "negative", "false")


def hear_observation(resource: Element, concept: Concept, told: Told) -> None:
    """Note what its name tells where its value is a yes; else why nothing is read. Raises `Odd`."""
    heard = facts_in(concept.words, told.pack)
    for name, one in heard:
        _hear(resource, name, one, told)
    if heard:
        return
    untold = [told.codes.untold[key].because for key in concept.codes if key in told.codes.untold]
    if not untold and _is_so(resource) is not False and (name := topic_named(concept.words, told.pack)):
        told.leaves(resource, f'"{name}" is about this topic, and tells no fact', topic=True)
    else:
        told.leaves(resource, untold[0] if untold else "no fact is read from its code")


def _hear(resource: Element, name: str, one: Named, told: Told) -> None:
    fact = one.fact
    days = days_of(resource, "effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued")
    state, is_so = text(resource, "status"), _is_so(resource)
    limit = next((telling.days for telling in told.codes.tellings if telling.fact == fact.id), None)
    if is_so is False or state in VOID:
        told.leaves(resource, f"it is {state}" if state in VOID else "its name is denied, which tells nothing", fact.id)
    elif one.doubt:
        told.leaves(resource, f"its name speaks of it as {one.doubt}", fact.id)
    elif told.is_valid(days, limit if days else None, resource, fact.id):
        if is_so and state in FINAL:
            told.finds(fact.id, one.value, resource, said(f'by its name "{name}"', days), days)
            return
        why = "its value does not settle the fact" if state in FINAL else "it is not final"
        told.leaves(resource, why, fact.id, topic=fact.topic)
        told.fails(fact.id, days)


def _is_so(resource: Element) -> bool | None:
    """Whether its value says yes; None where it says neither."""
    if (is_so := flag(resource, "valueBoolean")) is not None:
        return is_so
    words = {word.lower() for word in concept_at(resource, "valueCodeableConcept").words}
    words.add(text(resource, "valueString").strip().lower())
    return True if words & set(_YES) else False if words & set(_NO) else None
