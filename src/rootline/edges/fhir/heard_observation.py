"""An Observation that no code tells, by its name: what a yes to it tells, as the name of a problem would.

A "no" to a name tells nothing, and a value that is neither keeps the fact in doubt. Reads no number.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.edges.fhir.concept import Concept
from rootline.edges.fhir.days import Days, days_of
from rootline.edges.fhir.element import Element, Odd, text
from rootline.edges.fhir.named import Named, facts_in, topic_named
from rootline.edges.fhir.told import Told
from rootline.edges.fhir.yes_or_no import says_yes

FINAL = ("final", "amended", "corrected")
VOID = ("registered", "cancelled", "entered-in-error")  # states in which there is no value


def hear_observation(resource: Element, concept: Concept, told: Told) -> None:
    """Note what its name tells where its value is a yes; else why nothing is read. Raises `Odd`."""
    heard = facts_in(concept.words, told.pack)
    for name, one in heard:
        _hear(resource, name, one, told)
    if heard:
        return
    untold = [told.codes.untold[key].because for key in concept.codes if key in told.codes.untold]
    if not untold and says_yes(resource) is not False and (name := topic_named(concept.words, told.pack)):
        is_first = told.is_present(_days(resource))
        told.leaves(resource, f'"{name}" is about this topic, and tells no fact', topic=is_first)
    else:
        told.leaves(resource, untold[0] if untold else "no fact is read from its code")


def heard_facts(concept: Concept, told: Told) -> Iterator[tuple[str, float | None]]:
    """The facts that its name speaks of, surely or in doubt, and for how many days."""
    for _, one in facts_in(concept.words, told.pack):
        if one.doubt in ("", "uncertain"):
            yield one.fact.id, told.codes.within(one.fact.id)


def _days(resource: Element) -> Days | None:
    """The day it is of. Raises `Odd`."""
    return days_of(resource, "effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued")


def _hear(resource: Element, name: str, one: Named, told: Told) -> None:
    fact = one.fact
    days = _days(resource)
    state, is_so, limit = text(resource, "status"), says_yes(resource), told.codes.within(fact.id)
    if state not in (*FINAL, *VOID, "preliminary", "unknown"):
        raise Odd("its status is not known here")
    if is_so is False or state in VOID:
        told.leaves(resource, f"it is {state}" if state in VOID else "its name is denied, which tells nothing", fact.id)
    elif one.doubt:
        told.leaves(resource, f"its name speaks of it as {one.doubt}", fact.id)
    elif is_so and state in FINAL:
        told.tells(fact.id, one.value, resource, f'by its name "{name}"', days, limit, topic=fact.topic)
    else:
        why = "its value does not settle the fact" if state in FINAL else "it is not final"
        told.leaves(resource, why, fact.id, topic=told.comes_first(fact.id, days))
        if not told.is_too_old(days, limit):
            told.keeps_open(fact.id, days, stands=state in FINAL)
