"""A drafted order to the actions of the pack that it is, by its code or by words in its name. Judges nothing.

An order that is no action of the pack is passed over: the pack has nothing to say of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rootline.answers.case import Given
from rootline.edges.fhir.concept import Concept, concept_at, read_concept
from rootline.edges.fhir.element import Element, Odd, flag, many, name_of, text
from rootline.edges.fhir.medicines import NAMELESS, concepts_of
from rootline.edges.fhir.named import facts_in, hears, topic_named
from rootline.packs.codes import Codes, codes
from rootline.packs.model import Pack

_OVER = ("revoked", "cancelled", "completed", "stopped", "entered-in-error")


@dataclass(frozen=True)
class Ordered:
    """A drafted order, and the actions it is, each with others that it may as well be.

    `about_topic`: it is about this pack's topic by itself.
    """

    resource: Element
    name: str
    actions: tuple[tuple[str, ...], ...]
    about_topic: bool


def read_order(resource: Element, pack: Pack, known: Codes, medications: Mapping[str, Element]) -> Ordered | None:
    """The order; None where it is over, forbids, or is no action of the pack. Raises `Odd`, also for a nameless one.

    `medications` are those that its reference may name.
    """
    if _is_none(resource):
        return None
    concepts = _concepts(resource, medications)
    words = [word for concept in concepts for word in concept.words]
    if not words and not any(one.codes for one in concepts):
        raise Odd(
            NAMELESS if resource.get("resourceType") == "MedicationRequest" else "it does not say what is ordered"
        )
    coded = [order for one in concepts for key in one.codes for order, _ in known.ordering.get(key, ())]
    named = [order for order in known.orders if hears(order.named, words)]
    orders = [order for order in dict.fromkeys((*coded, *named)) if not hears(order.unless, words)]
    if not orders:
        return None
    is_regional = any(order.regional for order in orders)
    reasons = [read_concept(one) for one in many(resource, "reasonCode")]
    about = is_regional or any(_is_topic(one, pack, known) for one in reasons)
    return Ordered(resource, name_of(resource), tuple((order.action, *order.or_as) for order in orders), about)


def taken_beside(resource: Element, pack: Pack, medications: Mapping[str, Element]) -> list[Given]:
    """What a medicine drafted beside another order would tell, once it is taken. Raises `Odd`."""
    known = codes(pack)
    if known is None or resource.get("resourceType") != "MedicationRequest" or _is_none(resource):
        return []
    told: dict[str, Given] = {}
    for concept in _concepts(resource, medications):
        for key in concept.codes:
            for telling, code in known.telling["medicine"].get(key, ()):
                text_ = f"{name_of(resource)}: {code}, drafted beside it"
                told[telling.fact] = Given(telling.fact, telling.means, "fhir", text_)
        for _, one in facts_in(concept.words, pack):
            if one.fact.medicine and not one.doubt:
                text_ = f"{name_of(resource)}: by its name, drafted beside it"
                told.setdefault(one.fact.id, Given(one.fact.id, one.value, "fhir", text_))
    return list(told.values())


def _is_none(resource: Element) -> bool:
    """Whether nothing is to be done by it."""
    return text(resource, "status") in _OVER or flag(resource, "doNotPerform") is True


def _concepts(resource: Element, medications: Mapping[str, Element]) -> list[Concept]:
    if resource.get("resourceType") == "MedicationRequest":
        return list(concepts_of(resource, medications))
    return [concept_at(resource, "code")]


def _is_topic(reason: Concept, pack: Pack, known: Codes) -> bool:
    """Whether an order's reason is this pack's topic."""
    told = [telling.fact for key in reason.codes for telling, _ in known.telling["problem"].get(key, ())]
    told += [one.fact.id for _, one in facts_in(reason.words, pack) if not one.doubt]
    return any(pack.facts[fact].topic for fact in told) or topic_named(reason.words, pack) != ""
