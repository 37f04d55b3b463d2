"""Procedures of a record: one that was done to the facts that its code, or else its name, tells.

What was not done, or not yet begun, tells nothing; what may have been done keeps its facts open.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.edges.fhir.concept import concept_at, refusals
from rootline.edges.fhir.days import days_of
from rootline.edges.fhir.element import Element, Odd, text
from rootline.edges.fhir.named import hears
from rootline.edges.fhir.told import Told
from rootline.packs.codes import Telling

_NOT_DONE = ("preparation", "not-done", "entered-in-error")
_PERHAPS = ("in-progress", "on-hold", "stopped", "unknown")


def read_procedure(resource: Element, told: Told) -> None:
    """Note what a Procedure tells. Raises `Odd`."""
    status = text(resource, "status")
    if status in _NOT_DONE:
        told.leaves(resource, f"it is {status}")
        return
    if status != "completed":
        raise Odd(f"it is {status}" if status in _PERHAPS else "its status is not known here")
    for why in refusals(concept_at(resource, "code"), told.codes):
        told.leaves(resource, why)
    days = days_of(resource, "performedDateTime", "performedPeriod")
    found = list(_found(resource, told))
    for telling, words in found:
        if telling.means is not None:
            told.tells(telling.fact, telling.means, resource, words, days, telling.days)
    if not found:
        told.leaves(resource, "no fact is read from its code or name")


def procedure_could_tell(resource: Element, told: Told) -> Iterator[tuple[str, float | None]]:
    """The facts that it could tell, and for how many days; none where it was not done."""
    try:
        if resource.get("status") not in _NOT_DONE:
            yield from ((telling.fact, telling.days) for telling, _ in _found(resource, told))
    except Odd:
        return  # what it was cannot be read


def _found(resource: Element, told: Told) -> Iterator[tuple[Telling, str]]:
    """What its codes tell, or else its names, with the words for it. Raises `Odd`."""
    concept = concept_at(resource, "code")
    tellings = told.codes.telling["procedure"]
    coded = [(telling, str(code)) for key in concept.codes for telling, code in tellings.get(key, ())]
    yield from coded
    known = {telling.fact for telling, _ in coded}
    for one in told.codes.tellings:
        if one.fact not in known and (name := hears(one.named, concept.words)):
            yield one, f'by its name "{name}"'
