"""A drafted order to the actions of the pack that it is, by its code or by words in its name. Judges nothing.

An order that is no action of the pack is passed over: the pack has nothing to say of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rootline.answers.case import Given
from rootline.edges.fhir.concept import Concept, concept_at, read_concept
from rootline.edges.fhir.element import Element, Odd, flag, many, name_of, text
from rootline.edges.fhir.medicines import NAMELESS, concepts_of
from rootline.edges.fhir.named import facts_in, hears, topic_named
from rootline.packs.code_systems import Key
from rootline.packs.codes import Codes, codes
from rootline.packs.model import Pack
from rootline.packs.orders import Order

About = Literal["topic", "other", "unsaid"]
_OVER = ("revoked", "cancelled", "completed", "stopped", "entered-in-error")
_SITED = "imaging"  # the section whose orders may name their place apart, as a body site
_CALLED_OFF = re.compile(  # how a name begins or ends that ends what it names; "may cancel" in a remark does not
    r"\W*(please )?(cancel(l?ed|l?ation)?|discontinue|stop|hold)\b"
    r"|.*\bcancell?ed\b(\W*$|\W*\d| (as|by|due|on|per)\b)|.*[-–—:;,.(\[*/] ?cancel\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Ordered:
    """A drafted order, and the actions it is, each with others that it may as well be.

    `about`: whether it is about this pack's topic by itself, or says a reason that is something else.
    """

    resource: Element
    name: str
    actions: tuple[tuple[str, ...], ...]
    about: About


def read_order(resource: Element, pack: Pack, known: Codes, medications: Mapping[str, Element]) -> Ordered | None:
    """The order; None where it is over, forbids, or is no action of the pack.

    Raises `Odd`, also for one that does not say what is ordered, or that it is called off. `medications` are those that
    its reference may name.
    """
    if _is_none(resource):
        return None
    concepts = _concepts(resource, medications, known)
    words = [word for concept in concepts for word in concept.words]
    coded = [order for one in concepts for key in one.codes for order, _ in known.ordering.get(key, ())]
    named = list(_named(known, words, resource, pack))
    orders = [order for order in dict.fromkeys((*coded, *named)) if not hears(order.unless, words)]
    if not orders:
        _refuse_unknown_site(resource, known)
        return None
    _refuse_called_off(words)
    about = "topic" if any(order.regional for order in orders) else _reason(resource, pack, known)
    return Ordered(resource, name_of(resource), tuple((order.action, *order.or_as) for order in orders), about)


def _named(known: Codes, words: list[str], resource: Element, pack: Pack) -> Iterator[Order]:
    """The orders that a name tells, the place of a scan taken from its body site too."""
    placed = [*words, *(f"{site} {word}" for names in _sites(resource, known) for site in names for word in words)]
    for order in known.orders:
        if hears(order.named, placed if pack.actions[order.action].section == _SITED else words):
            yield order


def _sites(resource: Element, known: Codes) -> Iterator[list[str]]:
    """What each body site is called, in words or by a code whose name is known; empty for one that cannot be read."""
    for one in many(resource, "bodySite"):
        site = read_concept(one)
        coded = [known.site_names[key] for key in site.codes if key in known.site_names]
        if site.words or site.codes or site.foreign:
            yield [*site.words, *coded]


def _refuse_unknown_site(resource: Element, known: Codes) -> None:
    """Raises `Odd` for a place that cannot be read: it might be what this pack is about."""
    if not all(_sites(resource, known)):
        raise Odd("its body site is a code alone that is not known here")


def _refuse_called_off(words: Iterable[str]) -> None:
    """Raises `Odd` for a name that ends what it names: it neither orders that, nor may it be passed over."""
    if any(_CALLED_OFF.match(word) for word in words):
        raise Odd("its name says that it is cancelled or stopped")


def taken_beside(resource: Element, pack: Pack, medications: Mapping[str, Element]) -> list[Given]:
    """What a medicine drafted beside another order would tell, once it is taken. Raises `Odd`."""
    known = codes(pack)
    if known is None or resource.get("resourceType") != "MedicationRequest" or _is_none(resource):
        return []
    told: dict[str, Given] = {}
    concepts = _concepts(resource, medications, known)
    _refuse_called_off(word for concept in concepts for word in concept.words)
    for concept in concepts:
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


def _concepts(resource: Element, medications: Mapping[str, Element], known: Codes) -> list[Concept]:
    """What is ordered. Raises `Odd` where nothing says it, or only a code of which the pack knows nothing."""
    is_drug = resource.get("resourceType") == "MedicationRequest"
    concepts = list(concepts_of(resource, medications)) if is_drug else [concept_at(resource, "code")]
    if any(letter.isalpha() for one in concepts for word in one.words for letter in word):
        return concepts
    keys = [key for one in concepts for key in one.codes]
    if any(_is_known(key, known) for key in keys):
        return concepts
    if keys or any(one.foreign for one in concepts):
        raise Odd("it is named by a code alone that is not known here")
    raise Odd(NAMELESS if is_drug else "it does not say what is ordered")


def _is_known(key: Key, known: Codes) -> bool:
    """Whether the pack says anything of a code, be it that it is no order."""
    return key in known.ordering or key in known.untold or any(key in place for place in known.telling.values())


def _reason(resource: Element, pack: Pack, known: Codes) -> About:
    """What an order says it is for. A reason that may be the topic's, or is a code alone, is none of something else."""
    referred = [{"text": text(one, "display")} for one in many(resource, "reasonReference")]
    reasons = [read_concept(one) for one in (*many(resource, "reasonCode"), *referred)]
    if any(_is_topic(one, pack, known) for one in reasons):
        return "topic"
    is_other = [one.words and not hears(known.reasons, one.words) for one in reasons]
    return "other" if is_other and all(is_other) else "unsaid"


def _is_topic(reason: Concept, pack: Pack, known: Codes) -> bool:
    """Whether an order's reason is this pack's topic."""
    told = [telling.fact for key in reason.codes for telling, _ in known.telling["problem"].get(key, ())]
    told += [one.fact.id for _, one in facts_in(reason.words, pack) if not one.doubt]
    left_out = any(known.untold[key].topic for key in reason.codes if key in known.untold)
    return left_out or any(pack.facts[fact].topic for fact in told) or topic_named(reason.words, pack) != ""
