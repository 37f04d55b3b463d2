"""Procedures of a record: one that was done to the facts that its code, or else its name, tells.

Only what counts as history is heard in a name; what was planned, stopped or not done tells nothing.
"""

from __future__ import annotations

from rootline.edges.fhir.concept import concept_at, refusals
from rootline.edges.fhir.days import days_of, said
from rootline.edges.fhir.element import Element, text
from rootline.edges.fhir.named import facts_named
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
    coded = [pair for key in concept.codes for pair in told.codes.telling["procedure"].get(key, ())]
    for telling, code in coded:
        if told.is_valid(days, telling.days, resource, telling.fact) and telling.means is not None:
            told.finds(telling.fact, telling.means, resource, said(str(code), days), days)
    if coded:
        return
    named = facts_named(concept.said, told.pack) if concept.said else ()
    heard = [one for one in named if one.fact.history_counts and not one.doubt]
    for one in heard:
        if told.is_valid(days, None, resource, one.fact.id):
            told.finds(one.fact.id, one.value, resource, said(f'by its name "{concept.said}"', days), days)
    if not heard:
        told.leaves(resource, "no fact is read from its code or name")
