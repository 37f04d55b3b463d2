"""An examination whose name and value tell only together: "Anal tone" and "absent", "Dorsiflexion power" and "2/5".

The narrative reader hears both as one phrase. What it does not understand tells nothing, and so does a denial.
"""

from __future__ import annotations

from rootline.edges.fhir.concept import concept_at
from rootline.edges.fhir.element import Element, Odd, in_one_line, number, one, text
from rootline.edges.fhir.named import Named, facts_in, hears
from rootline.edges.fhir.shown_unit import is_bare
from rootline.edges.fhir.told import Told
from rootline.logic.values import Amount, Between, Value
from rootline.packs.codes import Telling


def examined(resource: Element, telling: Telling, told: Told) -> Value:
    """The value that is heard. Raises `Odd` where none is, or more than one."""
    heard = {found.value for found in _heard(resource, telling, told) if not found.doubt}
    if len(heard) != 1:
        raise Odd("its value does not settle the fact")
    return heard.pop()


def is_found_well(resource: Element, telling: Telling, told: Told) -> bool:
    """Whether all that is heard denies the fact: "Anal tone" and "normal". Raises `Odd`."""
    heard = _heard(resource, telling, told)
    return bool(heard) and all(found.doubt == "denied" for found in heard)


def bound(value: Value, telling: Telling, told: Told) -> Value:
    """A number as it bears on the fact: of one muscle's power it is known that the lowest is no higher."""
    type_, asked = told.pack.types[telling.fact], told.pack.facts[telling.fact].of_several
    if not (telling.of_several and isinstance(type_, Amount)):
        return value
    found = value if isinstance(value, Between) else Between(float(str(value)), float(str(value)))
    if asked == "lowest":
        return Between(type_.low, found.high, False, found.high_open)
    return Between(found.low, type_.high, found.low_open, False)


def _heard(resource: Element, telling: Telling, told: Told) -> list[Named]:
    names = [name for name in concept_at(resource, "code").words if hears(telling.named, [name])]
    joined = [f"{name}: {word}" for name in names for word in _words(resource)]
    return [found for _, found in facts_in(joined, told.pack) if found.fact.id == telling.fact]


def _words(resource: Element) -> list[str]:
    """The value in words; a truth is none, for "true" says nothing of a tone."""
    quantity = one(resource, "valueQuantity")
    unit = text(quantity, "unit") or text(quantity, "code")
    counts = [(number(quantity, "value"), "" if is_bare(unit) else unit), (number(resource, "valueInteger"), "")]
    written = [in_one_line(text(resource, "valueString")), *concept_at(resource, "valueCodeableConcept").words]
    return [*filter(None, written), *(f"{count:g} {said}".strip() for count, said in counts if count is not None)]
