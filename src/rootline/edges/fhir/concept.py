"""A coded concept of a record: its codes in the systems that are read, and its words. Knows no fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rootline.edges.fhir.element import Element, in_one_line, many, one, text
from rootline.packs.code_systems import SYSTEMS, Key
from rootline.packs.codes import Codes

WHO = "icd10"  # the WHO's own list, which ICD-10-CM grew out of, and its German edition, which is near it
_OID = "urn:oid:2.16.840.1.113883.6."  # the same systems, as older interfaces name them
_SYSTEM = {address: name for name, address in SYSTEMS.items()} | {
    f"{_OID}90": "icd10cm", f"{_OID}96": "snomed", f"{_OID}1": "loinc", f"{_OID}88": "rxnorm",
    **dict.fromkeys(
        ("http://hl7.org/fhir/sid/icd-10", "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
         "http://fhir.de/CodeSystem/dimdi/icd-10-gm"), WHO),
}  # fmt: skip
_LONGEST = 300  # characters of a name; longer ones are notes, not names


@dataclass(frozen=True)
class Concept:
    """Codes in known systems; the words of the record; the words at each code; the number of codes in other systems."""

    codes: tuple[Key, ...]
    words: tuple[str, ...]
    displays: tuple[tuple[Key, str], ...]
    foreign: int


def read_concept(element: Element) -> Concept:
    """A CodeableConcept. A coding marked as not chosen counts like any other. Raises `Odd`."""
    codes: dict[Key, None] = {}
    words: dict[str, None] = {}
    displays = []
    foreign = 0
    for coding in many(element, "coding"):
        system, code = _SYSTEM.get(text(coding, "system")), text(coding, "code").strip()
        display = in_one_line(text(coding, "display"))
        if system and code:
            key = system, _dotted(code.upper()) if system in ("icd10cm", WHO) else code
            codes.setdefault(key)
            displays.append((key, display))
        elif code:
            foreign += 1
        words.setdefault(display)
    words.setdefault(in_one_line(text(element, "text")))
    named = tuple(word for word in words if 0 < len(word) <= _LONGEST)
    return Concept(tuple(codes), named, tuple(displays), foreign)


def _dotted(code: str) -> str:
    """A code of ICD-10 with its dot, which some systems leave out."""
    return code if "." in code or len(code) <= 3 else f"{code[:3]}.{code[3:]}"


def concept_at(resource: Element, key: str) -> Concept:
    """The concept under a key; empty when it is not there. Raises `Odd`."""
    return read_concept(one(resource, key))


def refusals(concept: Concept, codes: Codes) -> Iterator[str]:
    """Why a code that the pack refuses is not read."""
    for key in concept.codes:
        if why := _refusal(key, codes):
            yield f"code {key[1]} is refused: {why}"


def refused_names(concept: Concept, codes: Codes) -> list[str]:
    """The words that stand at a code that the pack refuses: they are as doubtful as the code."""
    return [display for key, display in concept.displays if 0 < len(display) <= _LONGEST and _refusal(key, codes)]


def _refusal(key: Key, codes: Codes) -> str:
    """Why a code is refused; empty where it is not."""
    system, code = key
    return codes.refused.get(key) or codes.refused.get((system, _spelt(code, codes, system)), "")


def _spelt(code: str, codes: Codes, system: str) -> str:
    """The refused code that differs in letter case alone."""
    return next((other for name, other in codes.refused if name == system and other.upper() == code), code)


def status_of(resource: Element, key: str) -> str:
    """The code of a status, whatever its system, else its words; empty when there is none. Raises `Odd`."""
    status = one(resource, key)
    coded = next((code for coding in many(status, "coding") if (code := text(coding, "code"))), "")
    return coded or "-".join(text(status, "text").lower().split())
