"""How sure a problem is: its verification status, and what ICD-10-GM says beside a code (Diagnosesicherheit).

Each German billing code carries one: A excluded, V suspected, Z state after, G certain. The extension and its codes:
http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit of the German base profiles.
"""

from __future__ import annotations

from rootline.edges.fhir.concept import status_of
from rootline.edges.fhir.element import Element, many, one, text

_CERTAINTY = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit"
_AS_VERIFIED = {"A": "refuted", "V": "provisional", "Z": "", "G": ""}
NOT_SO = {"refuted": "it is refuted", "entered-in-error": "it was entered in error"}


def verified_as(resource: Element) -> str:
    """Its verification status, the one beside its codes first: that one is of the diagnosis itself. Raises `Odd`."""
    status, said = status_of(resource, "verificationStatus"), _beside_codes(resource)
    return status if status in NOT_SO else _AS_VERIFIED.get(said, said) or status


def is_state_after(resource: Element) -> bool:
    """Whether it is what was left behind by something over. Raises `Odd`."""
    return _beside_codes(resource) == "Z"


def _beside_codes(resource: Element) -> str:
    """The certainty; where several are given all of them, which is none that is known."""
    codings = many(one(resource, "code"), "coding")
    extensions = [
        found for coding in codings for found in many(coding, "extension") if text(found, "url") == _CERTAINTY
    ]
    return " ".join(
        sorted({text(one(found, "valueCoding"), "code") or text(found, "valueCode") for found in extensions})
    )
