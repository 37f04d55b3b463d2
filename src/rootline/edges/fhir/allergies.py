"""Allergies of a record: an AllergyIntolerance to the fact that its substance tells.

An unconfirmed allergy counts, because so most are entered, and an intolerance that the record calls severe; that there
is none must be confirmed. Any other intolerance keeps the fact open: asthma after aspirin is filed as one. What is over
tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.edges.fhir.concept import Concept, concept_at, refusals, status_of
from rootline.edges.fhir.days import days_of
from rootline.edges.fhir.element import Element, Odd, many, text
from rootline.edges.fhir.named import facts_in
from rootline.edges.fhir.told import Told
from rootline.logic.values import Value

_NOT_SO = {"refuted": "it is refuted", "entered-in-error": "it was entered in error"}
_OVER = ("inactive", "resolved")


def read_allergy(resource: Element, told: Told) -> None:
    """Note what an AllergyIntolerance tells. Raises `Odd`."""
    concepts = _concepts(resource)
    for concept in concepts:
        for why in refusals(concept, told.codes):
            told.leaves(resource, why)
    found, untold = list(_found(concepts, told)), _untold(concepts, told)
    if why := _why_not(resource):
        told.leaves(resource, why, found[0][0] if found else "")
        return
    if not (found or untold) and _is_nameless(concepts):
        raise Odd("its code is not known here, and it has no name")
    for because in untold or ([] if found else ["no fact is read from its substance"]):
        told.leaves(resource, because)
    if not found:
        return
    if why := _why_unsure(resource):
        raise Odd(why)
    days = days_of(resource, "recordedDate", "onsetDateTime")
    for fact, value, words, limit in found:
        if value == told.pack.facts[fact].denied_means and not _is_confirmed(resource):
            told.leaves(resource, "it is not confirmed", fact)
        else:
            told.tells(fact, value, resource, words, days, limit)


def allergy_could_tell(resource: Element, told: Told) -> Iterator[tuple[str, float | None]]:
    """The facts that it could tell; every fact about allergies where nothing says to what, none where it is over."""
    try:
        if _why_not(resource):
            return
    except Odd:
        pass  # whether it is over cannot be read
    try:
        concepts = _concepts(resource)
    except Odd:
        concepts = []
    found = [fact for fact, _, _, _ in _found(concepts, told)]
    if not found and not _untold(concepts, told) and _is_nameless(concepts):
        found = [one.fact for one in told.codes.tellings if one.where == "allergy"]
    yield from ((fact, None) for fact in found)


def _concepts(resource: Element) -> list[Concept]:
    return [concept_at(resource, "code"), *(concept_at(one, "substance") for one in many(resource, "reaction"))]


def _untold(concepts: list[Concept], told: Told) -> list[str]:
    """Why codes that are known tell no fact, or not every one that they seem to."""
    codes = [key for concept in concepts for key in concept.codes]
    return [told.codes.untold[key].because for key in codes if key in told.codes.untold]


def _is_nameless(concepts: list[Concept]) -> bool:
    return not any(concept.words for concept in concepts)


def _found(concepts: list[Concept], told: Told) -> Iterator[tuple[str, Value, str, float | None]]:
    """Each fact that the substance tells, by code or else by name: its value, the words for it, how long it counts."""
    allergies = told.codes.telling["allergy"]
    coded = [pair for concept in concepts for key in concept.codes for pair in allergies.get(key, ())]
    for telling, code in coded:
        assert telling.means is not None
        is_denial = telling.means == told.pack.facts[telling.fact].denied_means
        yield telling.fact, telling.means, str(code) if is_denial else f"allergy to {code}", telling.days
    names = [f"allergic to {name}" for one in concepts for name in one.words]
    known = {one.fact for one in told.codes.tellings}
    for _, named in facts_in(names, told.pack, known={telling.fact for telling, _ in coded}):
        if not named.doubt and named.fact.id in known and not named.fact.medicine:
            yield named.fact.id, named.value, "allergy by the name of its substance", None


def _why_not(resource: Element) -> str:
    """Why it is surely not so now; empty where it may be. Raises `Odd`."""
    verified = status_of(resource, "verificationStatus")
    return _NOT_SO.get(verified) or ("it is over" if status_of(resource, "clinicalStatus") in _OVER else "")


def _is_confirmed(resource: Element) -> bool:
    """Whether a denial counts: unlike an allergy, none that is not confirmed does. Raises `Odd`."""
    return status_of(resource, "verificationStatus") in ("", "confirmed")


def _why_unsure(resource: Element) -> str:
    if status_of(resource, "verificationStatus") not in ("", "confirmed", "unconfirmed", "presumed"):
        return "its verification status is not known here"
    if status_of(resource, "clinicalStatus") not in ("", "active"):
        return "its clinical status is not known here"
    if text(resource, "type") != "intolerance" or text(resource, "criticality") == "high":
        return ""
    severe = any(text(reaction, "severity") == "severe" for reaction in many(resource, "reaction"))
    return "" if severe else "it is an intolerance, and an allergy is asked"
