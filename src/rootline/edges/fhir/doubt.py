"""What is set aside for doubt: every fact that it could tell stays open, so that nothing else closes it.

Whatever a reader raises as `Odd`, stands there in two versions or names no patient comes here; what is surely not so,
over or too old tells nothing and leaves no doubt. Reads no more of a value than that it is a denial.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rootline.edges.fhir.allergies import allergy_could_tell
from rootline.edges.fhir.conditions import condition_could_tell
from rootline.edges.fhir.days import Days, days_of
from rootline.edges.fhir.element import Element, Odd
from rootline.edges.fhir.medicines import medicine_could_tell
from rootline.edges.fhir.notes import note_could_tell
from rootline.edges.fhir.observations import observation_could_tell
from rootline.edges.fhir.procedures import procedure_could_tell
from rootline.edges.fhir.questionnaires import KIND, answers_could_tell
from rootline.edges.fhir.told import Told
from rootline.packs.pressing import pressing_facts

# Kind -> the facts it could tell, each with the days that it counts there; and the elements that may tell its day.
_KINDS: dict[str, tuple[Callable[[Element, Told], Iterable[tuple[str, float | None]]], tuple[str, ...]]] = {
    "Condition": (condition_could_tell, ("recordedDate", "onsetDateTime", "onsetPeriod")),
    "Observation": (observation_could_tell, ("effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued")),
    "MedicationRequest": (medicine_could_tell, ()),
    "MedicationStatement": (medicine_could_tell, ()),
    "AllergyIntolerance": (allergy_could_tell, ()),
    "Procedure": (procedure_could_tell, ("performedDateTime", "performedPeriod")),
    KIND: (answers_could_tell, ("authored",)),
    "DocumentReference": (note_could_tell, ("date",)),
}


def set_aside(resource: Element, why: str, place: str, told: Told) -> None:
    """Note that a resource is not used and why, and keep open what it could tell."""
    kind = str(resource["resourceType"])
    if kind not in _KINDS:
        told.leaves(resource, why, place=place)
        return
    could_tell, keys = _KINDS[kind]
    days = _days(resource, keys)
    possible = could_tell(resource, told)
    facts = dict.fromkeys(fact for fact, limit in possible if not told.is_too_old(days, limit))
    told.leaves(resource, why, topic=any(told.comes_first(fact, days) for fact in facts), place=place)
    for fact in facts:
        told.keeps_open(fact, days)
        if fact in pressing_facts(told.pack):  # what a warning sign needs is named with the sign
            told.leaves(resource, why, fact)


def _days(resource: Element, keys: tuple[str, ...]) -> Days | None:
    """The day it is of; None where none can be read, so that it may be of any."""
    try:
        return days_of(resource, *keys)
    except Odd:
        return None
