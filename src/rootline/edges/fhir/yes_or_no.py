"""Whether the value of an Observation says yes or no: by a boolean, by its words, or by a code for just that.

Each code was seen with its name in a published value set; of what is not here nothing is known.
"""

from __future__ import annotations

from collections.abc import Container

from rootline.edges.fhir.concept import concept_at
from rootline.edges.fhir.element import Element, Odd, flag, many, text

_YES_WORDS = frozenset({"yes", "y", "present", "positive", "true"})
_NO_WORDS = frozenset({"no", "n", "absent", "negative", "false"})
_SNOMED, _LOINC = "http://snomed.info/sct", "http://loinc.org"
_V2 = ("http://terminology.hl7.org/CodeSystem/v2-0136", "http://terminology.hl7.org/CodeSystem/v2-0532")
# SNOMED CT 52101004, 2667000: hl7.org/fhir/us/mcode/STU2/ValueSet-mcode-present-absent.html; 373066001, 373067005:
# hl7.org/fhir/us/covid19library/2021Sep/ValueSet-yes-no-vs.html. LOINC: the list LL2828-3 in hl7.org/fhir/uv/sdc
# (ValueSet-questionnaire-sdc-profile-example-loinc_ll2828-3.html). HL7 table 0136: hl7.org/fhir/DSTU1/v2/0136, whose
# codes HL7 Terminology keeps as v2-0532 (ValueSet-v2-0136).
_YES = frozenset({(_SNOMED, "52101004"), (_SNOMED, "373066001"), (_LOINC, "LA33-6"), *((one, "Y") for one in _V2)})
_NO = frozenset({(_SNOMED, "2667000"), (_SNOMED, "373067005"), (_LOINC, "LA32-8"), *((one, "N") for one in _V2)})
# Interpretations that speak of presence: hl7.org/fhir/R4/valueset-observation-interpretation.html, and HL7 table 0078
_INTERPRETERS = tuple(
    f"http://terminology.hl7.org/CodeSystem/{one}" for one in ("v3-ObservationInterpretation", "v2-0078")
)
_AMISS = ("POS", "A", "AA")


def says_yes(resource: Element) -> bool | None:
    """Whether its value says yes; None where it says neither, or both. Raises `Odd` for a no that is interpreted as
    positive or abnormal.
    """
    said = _says(resource)
    if said is False and _interpreted(resource, _AMISS):
        raise Odd("its value and its interpretation contradict each other")
    return said


def is_positive(resource: Element) -> bool:
    """Whether it is interpreted as a finding of presence; "negative" is by definition no absence, and tells nothing."""
    return _interpreted(resource, ("POS",))


def _interpreted(resource: Element, codes: Container[str]) -> bool:
    found = [coding for concept in many(resource, "interpretation") for coding in many(concept, "coding")]
    return any(text(one, "system") in _INTERPRETERS and text(one, "code") in codes for one in found)


def _says(resource: Element) -> bool | None:
    if (is_so := flag(resource, "valueBoolean")) is not None:
        return is_so
    words = {word.lower() for word in concept_at(resource, "valueCodeableConcept").words}
    words.add(text(resource, "valueString").strip().lower())
    coded = resource.get("valueCodeableConcept") or {}
    codes = {(text(one, "system"), text(one, "code")) for one in many(coded, "coding")}
    yes, no = bool(words & _YES_WORDS or codes & _YES), bool(words & _NO_WORDS or codes & _NO)
    return yes if yes != no else None
