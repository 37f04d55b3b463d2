"""Measurements and findings of a record: an Observation and its components to the facts that their codes tell.

Only a final result counts. One that is not, or cannot be read, keeps its fact open, and no older one takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.edges.fhir.concept import Concept, concept_at, refusals
from rootline.edges.fhir.days import Days, days_of
from rootline.edges.fhir.element import Element, Odd, many, number, one, only_value, refuse_modified, text
from rootline.edges.fhir.examined import bound, examined, is_found_well
from rootline.edges.fhir.heard_observation import FINAL, VOID, hear_observation, heard_facts
from rootline.edges.fhir.named import facts_in, hears
from rootline.edges.fhir.quantity import read_number, read_quantity, read_written
from rootline.edges.fhir.told import Told
from rootline.edges.fhir.yes_or_no import is_positive, says_yes
from rootline.logic.values import Amount, Between, Value
from rootline.packs.codes import Telling

_OWN = ("code", "component", "dataAbsentReason")  # of the whole; a component has its own, and its own value


def read_observation(resource: Element, told: Told) -> None:
    """Note what an Observation tells, and each of its components. Raises `Odd`."""
    if resource.get("focus"):
        told.leaves(resource, "it is about somebody or something else than its patient")
        return
    parts = list(_parts(resource))
    for part in parts:
        _read_one(part, told)
    if not parts:
        told.leaves(resource, "its values stand in its members")


def observation_could_tell(resource: Element, told: Told) -> Iterator[tuple[str, float | None]]:
    """The facts that it could tell, and for how many days, were it sound; none where it says that there is no value."""
    if resource.get("focus") or resource.get("status") in VOID:
        return
    try:
        parts = list(_parts(resource))
    except Odd:
        parts = [resource]
    for part in parts:
        try:
            concept = concept_at(part, "code")
        except Odd:
            continue  # what it is about cannot be read
        denied = _is_denial(part)
        for telling, _ in _matched(concept, told):
            if telling.is_examined or not denied:
                yield telling.fact, telling.days
        if not denied:
            yield from heard_facts(concept, told)


def _parts(resource: Element) -> Iterator[Element]:
    """The whole where it has a value or no parts, and each component with what they share. Raises `Odd`."""
    components = many(resource, "component")
    if not (components or many(resource, "hasMember")) or any(key.startswith("value") for key in resource):
        yield resource
    shared = {key: value for key, value in resource.items() if key not in _OWN and not key.startswith("value")}
    yield from ({**shared, **component} for component in components)


def _is_denial(resource: Element) -> bool:
    try:
        refuse_modified(resource)
        only_value(resource)
        return says_yes(resource) is False
    except Odd:
        return False


def _matched(concept: Concept, told: Told) -> list[tuple[Telling, str]]:
    """What its codes tell, and what it measures by its name alone: most laboratories send codes of their own."""
    measured, findings = told.codes.telling["measurement"], told.codes.telling["problem"]
    coded = [pair for key in concept.codes for pair in (*measured.get(key, ()), *findings.get(key, ()))]
    known = {telling.fact for telling, _ in coded}
    spoken = {one.fact.id for _, one in facts_in(concept.words, told.pack)}
    named = [
        (one, f'by its name "{name}"')
        for one in told.codes.tellings
        if one.where == "measurement" and one.fact not in known and not hears(one.unless, concept.words)
        if not (one.is_examined and one.fact in spoken)  # "Reduced anal tone" is a finding itself
        if (name := hears(one.named, concept.words))
    ]
    return [*((telling, str(code)) for telling, code in coded), *named]


def _read_one(resource: Element, told: Told) -> None:
    refuse_modified(resource)
    only_value(resource)
    concept = concept_at(resource, "code")
    for why in refusals(concept, told.codes):
        told.leaves(resource, why)
    matched = _matched(concept, told)
    if not matched or (all(telling.is_examined for telling, _ in matched) and facts_in(concept.words, told.pack)):
        hear_observation(resource, concept, told)
    days = days_of(resource, "effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued")
    status = text(resource, "status")
    if status not in (*FINAL, *VOID, "preliminary", "unknown"):
        raise Odd("its status is not known here")
    for telling, words in matched:
        if status not in FINAL:
            told.leaves(resource, f"it is {status}", telling.fact)
            if status not in VOID:  # there is a value, and it may be so
                told.keeps_open(telling.fact, days, stands=False)
        else:
            _read_value(resource, telling, words, days, told)


def _read_value(resource: Element, telling: Telling, words: str, days: Days | None, told: Told) -> None:
    if "dataAbsentReason" in resource:
        told.leaves(resource, "it was not measured", telling.fact)
        told.keeps_open(telling.fact, days, stands=False)
        return
    try:
        value = _value(resource, telling, told)
    except Odd as odd:
        told.leaves(resource, str(odd), telling.fact)
        if not (told.is_too_old(days, telling.days) or _is_denied(resource, telling, told)):
            told.keeps_open(telling.fact, days)
        return
    type_, fact = told.pack.types[telling.fact], told.pack.facts[telling.fact]
    if isinstance(type_, Amount) and value == Between(type_.low, type_.high):
        told.leaves(resource, f"it is one of several: the {fact.of_several} is as open as before", fact.id)
        return
    rank = int(telling.where == "measurement")
    topic = fact.topic and not _is_denied(resource, telling, told)
    told.tells(telling.fact, value, resource, words, days, telling.days, rank, topic)


def _is_denied(resource: Element, telling: Telling, told: Told) -> bool:
    """Whether its value denies the fact, though it settles nothing: "Not pregnant" by a code that is not read."""
    if telling.is_examined:
        return is_found_well(resource, telling, told)
    words = concept_at(resource, "valueCodeableConcept").words
    heard = [one for _, one in facts_in(words, told.pack) if one.fact.id == telling.fact]
    return _is_denial(resource) or (bool(heard) and all(one.doubt == "denied" for one in heard))


def _value(resource: Element, telling: Telling, told: Told) -> Value:
    """The value told. Raises `Odd` that says why there is none."""
    if telling.where == "measurement" and telling.means is None:
        return bound(_measured(resource, telling, told), telling, told)
    is_so = says_yes(resource)
    if not only_value(resource) and is_positive(resource):
        is_so = True
    value = telling.means if is_so else telling.denied if is_so is False else None
    if value is None and is_so is None:
        value = _coded_value(resource, telling, told)
    if value is None:
        raise Odd("its value does not settle the fact")
    return value


def _measured(resource: Element, telling: Telling, told: Told) -> Value:
    type_ = told.pack.types[telling.fact]
    if isinstance(type_, Amount):
        if "valueQuantity" in resource:
            return read_quantity(one(resource, "valueQuantity"), type_)
        if (count := number(resource, "valueInteger")) is not None:
            return read_number(count, type_)
        if not telling.of_several:
            return read_written(text(resource, "valueString"), telling.bare, type_)
    return examined(resource, telling, told)


def _coded_value(resource: Element, telling: Telling, told: Told) -> Value | None:
    """What a coded value tells of this fact: it is read as a problem of that code."""
    problems = told.codes.telling["problem"]
    for key in concept_at(resource, "valueCodeableConcept").codes:
        for other, _ in problems.get(key, ()):
            if other.fact == telling.fact:
                return other.means
    return None
