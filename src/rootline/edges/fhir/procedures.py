"""Procedures of a record: one that was done to the facts that its code, or else its name, tells.

What was planned, stopped or not done tells nothing.
"""

from __future__ import annotations

from rootline.edges.fhir.concept import concept_at, refusals
from rootline.edges.fhir.days import days_of, said
from rootline.edges.fhir.element import Element, text
from rootline.edges.fhir.named import hears
from rootline.edges.fhir.told import Told

_STATUSES = ("preparation", "in-progress", "not-done", "on-hold", "stopped", "entered-in-error", "unknown")


def read_procedure(resource: Element, told: Told) -> None:
    """Note what a Procedure tells. Raises `Odd`."""
    if (status := text(resource, "status")) != "completed":
        told.leaves(resource, f"it is {status}" if status in _STATUSES else "its status is not known here")
        return
    concept = concept_at(resource, "code")
    for why in refusals(concept, told.codes):
        told.leaves(resource, why)
    days = days_of(resource, "performedDateTime", "performedPeriod")
    tellings = told.codes.telling["procedure"]
    found = [(telling, str(code)) for key in concept.codes for telling, code in tellings.get(key, ())]
    coded = {telling.fact for telling, _ in found}
    named = (one for one in told.codes.tellings if one.fact not in coded)
    found += [(one, f'by its name "{name}"') for one in named if (name := hears(one.named, concept.words))]
    for telling, words in found:
        if told.is_valid(days, telling.days, resource, telling.fact) and telling.means is not None:
            told.finds(telling.fact, telling.means, resource, said(words, days), days)
    if not found:
        told.leaves(resource, "no fact is read from its code or name")
