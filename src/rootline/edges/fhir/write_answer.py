"""One answer as a FHIR document: its Composition first, then the same as data.

What stands in each resource is written in a file of its own; nothing is decided here.
"""

from __future__ import annotations

from rootline.edges.fhir.naming import Resource
from rootline.edges.fhir.patient_answer import PatientAnswer
from rootline.edges.fhir.write_care_plan import write_care_plan
from rootline.edges.fhir.write_composition import write_composition
from rootline.edges.fhir.write_guidance import write_guidance
from rootline.edges.fhir.write_pack import midnight
from rootline.edges.fhir.write_risk import write_risk


def write_answer(told: PatientAnswer) -> Resource:
    """The Bundle: Composition and GuidanceResponse, with a plan CarePlan, with an urgency RiskAssessment."""
    written = [write_guidance(told)]
    entries = {"limits": "GuidanceResponse"}
    if told.has_plan:
        written.append(write_care_plan(told))
        entries["bottom-line"] = "CarePlan"
    if risk := write_risk(told):
        written.append(risk)
        entries["urgency"] = "RiskAssessment"
    resources = [write_composition(told, entries), *written]
    return {
        "resourceType": "Bundle",
        "id": told.uuid("Bundle"),
        "meta": resources[0]["meta"],
        "identifier": told.identifier("Bundle"),
        "type": "document",
        "timestamp": midnight(told.day),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
    }
