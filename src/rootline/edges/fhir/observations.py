"""Measurements and findings of a record: an Observation and its components to the facts that their codes tell.

Only a final result counts. One that cannot be read is noted with its day, so that no older one takes its place.
"""

from __future__ import annotations

from rootline.edges.fhir.concept import concept_at, refusals
from rootline.edges.fhir.days import days_of, said
from rootline.edges.fhir.element import Element, Odd, flag, many, number, one, only_value, text
from rootline.edges.fhir.heard_observation import FINAL, VOID, hear_observation
from rootline.edges.fhir.quantity import read_number, read_quantity
from rootline.edges.fhir.told import Told
from rootline.logic.values import Amount, Value
from rootline.packs.codes import Telling

_OWN = ("code", "component", "dataAbsentReason")  # of the whole; a component has its own, and its own value


def read_observation(resource: Element, told: Told) -> None:
    """Note what an Observation tells, and each of its components. Raises `Odd`."""
    if resource.get("focus"):
        told.leaves(resource, "it is about somebody or something else than its patient")
        return
    components = many(resource, "component")
    if not components or only_value(resource):
        _read_one(resource, told)
    shared = {key: value for key, value in resource.items() if key not in _OWN and not key.startswith("value")}
    for component in components:
        _read_one({**shared, **component}, told)


def _read_one(resource: Element, told: Told) -> None:
    concept = concept_at(resource, "code")
    for why in refusals(concept, told.codes):
        told.leaves(resource, why)
    measured, findings = told.codes.telling["measurement"], told.codes.telling["problem"]
    matched = [pair for key in concept.codes for pair in (*measured.get(key, ()), *findings.get(key, ()))]
    if not matched:
        hear_observation(resource, concept, told)
        return
    days = days_of(resource, "effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued")
    if (status := text(resource, "status")) not in FINAL:
        known = status in ("registered", "preliminary", "cancelled", "entered-in-error", "unknown")
        told.leaves(resource, f"it is {status}" if known else "its status is not known here", matched[0][0].fact)
        if status not in VOID:  # there is a value, and it may be so
            for telling, _ in matched:
                told.fails(telling.fact, days)
        return
    for telling, code in matched:
        if not told.is_valid(days, telling.days, resource, telling.fact):
            if (days is None or days.last > told.today) and not _denies(resource, telling, told):
                told.doubts(telling.fact)  # it may be of today
            continue
        try:
            value = _value(resource, telling, told)
        except Odd as odd:
            told.leaves(resource, str(odd), telling.fact)
            told.fails(telling.fact, days)
            continue
        told.finds(telling.fact, value, resource, said(str(code), days), days, rank=int(telling.where == "measurement"))


def _denies(resource: Element, telling: Telling, told: Told) -> bool:
    """Whether its value can be read, and says that the fact is not so."""
    try:
        return _value(resource, telling, told) == told.pack.facts[telling.fact].denied_means
    except Odd:
        return False


def _value(resource: Element, telling: Telling, told: Told) -> Value:
    """The value told. Raises `Odd` that says why there is none."""
    if "dataAbsentReason" in resource:
        raise Odd("it was not measured")
    only_value(resource)
    type_ = told.pack.types[telling.fact]
    if telling.where == "measurement" and isinstance(type_, Amount):
        if "valueQuantity" in resource:
            return read_quantity(one(resource, "valueQuantity"), type_)
        if (count := number(resource, "valueInteger")) is not None:
            return read_number(count, type_)
        raise Odd("it has no number")
    value = telling.means if (is_so := flag(resource, "valueBoolean")) else telling.denied if is_so is False else None
    if value is None and is_so is None:
        value = _coded_value(resource, telling, told)
    if value is None:
        raise Odd("its value does not settle the fact")
    return value


def _coded_value(resource: Element, telling: Telling, told: Told) -> Value | None:
    """What a coded value tells of this fact: it is read as a problem of that code."""
    problems = told.codes.telling["problem"]
    for key in concept_at(resource, "valueCodeableConcept").codes:
        for other, _ in problems.get(key, ()):
            if other.fact == telling.fact:
                return other.means
    return None
