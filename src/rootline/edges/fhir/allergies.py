"""Allergies of a record: an AllergyIntolerance to the fact that its substance tells.

An unconfirmed allergy counts, because so most are entered; an intolerance, or one that is over, tells nothing.
"""

from __future__ import annotations

from rootline.edges.fhir.concept import concept_at, refusals, status_of
from rootline.edges.fhir.days import days_of, said
from rootline.edges.fhir.element import Element, many, text
from rootline.edges.fhir.named import facts_in
from rootline.edges.fhir.told import Told

_NOT_SO = {"refuted": "it is refuted", "entered-in-error": "it was entered in error"}


def read_allergy(resource: Element, told: Told) -> None:
    """Note what an AllergyIntolerance tells. Raises `Odd`."""
    concepts = [concept_at(resource, "code")]
    concepts += [concept_at(reaction, "substance") for reaction in many(resource, "reaction")]
    for concept in concepts:
        for why in refusals(concept, told.codes):
            told.leaves(resource, why)
    allergies = told.codes.telling["allergy"]
    coded = [pair for concept in concepts for key in concept.codes for pair in allergies.get(key, ())]
    names = [f"allergic to {name}" for one in concepts for name in one.words]
    heard = [named for _, named in facts_in(names, told.pack, known={telling.fact for telling, _ in coded})]
    heard = [named for named in heard if not named.doubt and named.fact.id in {one.fact for one in told.codes.tellings}]
    heard = [named for named in heard if not named.fact.medicine]
    if not coded and not heard:
        told.leaves(resource, "no fact is read from its substance")
        return
    if why := _why_not(resource):
        told.leaves(resource, why, (coded[0][0].fact if coded else heard[0].fact.id))
        return
    days = days_of(resource, "recordedDate", "onsetDateTime")
    for telling, code in coded:
        if told.is_valid(days, telling.days, resource, telling.fact) and telling.means is not None:
            told.finds(telling.fact, telling.means, resource, said(f"allergy to {code}", days), days)
    for named in heard:
        told.finds(named.fact.id, named.value, resource, said("allergy by the name of its substance", days), days)


def _why_not(resource: Element) -> str:
    verified = status_of(resource, "verificationStatus")
    if verified in _NOT_SO:
        return _NOT_SO[verified]
    if verified not in ("", "confirmed", "unconfirmed", "presumed"):
        return "its verification status is not known here"
    clinical = status_of(resource, "clinicalStatus")
    if clinical not in ("", "active"):
        return "it is over" if clinical in ("inactive", "resolved") else "its clinical status is not known here"
    return "it is an intolerance, and an allergy is asked" if text(resource, "type") == "intolerance" else ""
