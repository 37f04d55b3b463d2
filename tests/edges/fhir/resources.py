"""FHIR resources as tests need them: whole and valid R4, each about the same patient unless said otherwise."""

from __future__ import annotations

from typing import Any

SYSTEM = {
    "icd10cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "snomed": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
}
SUBJECT = {"reference": "Patient/p"}
Resource = dict[str, Any]


def concept(system: str = "", code: str = "", text: str = "") -> Resource:
    found: Resource = {"text": text} if text else {}
    return {**found, "coding": [{"system": SYSTEM.get(system, system), "code": code}]} if code else found


def status(code: str) -> Resource:
    return {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/any", "code": code}]}


def patient(id_: str = "p", **more: Any) -> Resource:
    return {"resourceType": "Patient", "id": id_, **more}


def condition(
    code: Resource, id_: str = "c", clinical: str = "active", verified: str = "confirmed", **more: Any
) -> Resource:
    return {"resourceType": "Condition", "id": id_, "code": code, "clinicalStatus": status(clinical),
            "verificationStatus": status(verified), "subject": SUBJECT, **more}  # fmt: skip


def observation(code: Resource, day: str = "2026-11-20", id_: str = "o", state: str = "final", **more: Any) -> Resource:
    return {"resourceType": "Observation", "id": id_, "status": state, "code": code, "subject": SUBJECT,
            "effectiveDateTime": day, **more}  # fmt: skip


def quantity(value: float, unit: str, **more: Any) -> Resource:
    return {"valueQuantity": {"value": value, "system": "http://unitsofmeasure.org", "code": unit, **more}}


def medicine(code: Resource, id_: str = "m", state: str = "active", intent: str = "order", **more: Any) -> Resource:
    return {"resourceType": "MedicationRequest", "id": id_, "status": state, "intent": intent, "subject": SUBJECT,
            "medicationCodeableConcept": code, **more}  # fmt: skip


def taken(code: Resource, id_: str = "s", state: str = "active", **more: Any) -> Resource:
    return {"resourceType": "MedicationStatement", "id": id_, "status": state, "subject": SUBJECT,
            "medicationCodeableConcept": code, **more}  # fmt: skip


def allergy(code: Resource, id_: str = "a", **more: Any) -> Resource:
    return {"resourceType": "AllergyIntolerance", "id": id_, "code": code, "patient": SUBJECT, **more}


def procedure(code: Resource, id_: str = "x", state: str = "completed", **more: Any) -> Resource:
    return {"resourceType": "Procedure", "id": id_, "status": state, "code": code, "subject": SUBJECT, **more}


def answers(
    *items: Resource, id_: str = "q", state: str = "completed", day: str = "2026-11-20", **more: Any
) -> Resource:
    return {"resourceType": "QuestionnaireResponse", "id": id_, "status": state, "subject": SUBJECT, "authored": day,
            "questionnaire": "https://rootline.example/Questionnaire/lumbar-radiculopathy.clinician|0.1.0",
            "item": list(items), **more}  # fmt: skip


def item(fact: str, **value: Any) -> Resource:
    return {"linkId": fact, "answer": [value]}


def bundle(*resources: Resource, person: Resource | None = None) -> Resource:
    everything = (person or patient(), *resources)
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in everything]}
