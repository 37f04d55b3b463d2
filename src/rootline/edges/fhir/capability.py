"""What this server can do in FHIR, as a CapabilityStatement and a definition of each operation.

Tells no more than it does, and how an operation differs from the one that bears its name in the standard.
"""

from __future__ import annotations

from collections.abc import Mapping

from rootline.answers.model import Review
from rootline.edges.fhir.definition import definition, limits
from rootline.edges.fhir.naming import Resource, address
from rootline.packs.model import Pack

FHIR_VERSION = "4.0.1"
_APPLY = (
    "One patient's answers to the pack's Questionnaire, resources of their record, or both in, the plan out: a Bundle "
    "of type document with Composition, GuidanceResponse, CarePlan and RiskAssessment. Unlike the operation of this "
    "name in FHIR R4 it reads the facts from what is sent, and answers with a Bundle. What is sent and not used is "
    "named in the GuidanceResponse."
)
_QUESTIONNAIRE = "The questions that the plan asks, as a Questionnaire in the words for clinicians or for patients."
# Name of the operation -> what it does, and its parameters: name, in or out, how many, type.
_OPERATIONS: Mapping[str, tuple[str, tuple[tuple[str, str, int, str, str], ...]]] = {
    "apply": (_APPLY, (
        ("subject", "in", 0, "1", "Reference"), ("userType", "in", 0, "1", "code"), ("data", "in", 0, "*", "Resource"),
        ("questionnaireResponse", "in", 0, "*", "QuestionnaireResponse"), ("return", "out", 1, "1", "Bundle"),
    )),
    "questionnaire": (_QUESTIONNAIRE, (
        ("userType", "in", 0, "1", "code"), ("return", "out", 1, "1", "Questionnaire"),
    )),
}  # fmt: skip


def write_operations(pack: Pack, review: Review) -> list[Resource]:
    """The definition of each operation on a PlanDefinition."""
    return [
        {
            **definition("OperationDefinition", f"plan-{name}", f"${name}", about, pack, review),
            "kind": "operation",
            "code": name,
            "resource": ["PlanDefinition"],
            "system": False,
            "type": False,
            "instance": True,
            "parameter": [
                {"name": one, "use": use, "min": low, "max": high, "type": type_}
                for one, use, low, high, type_ in parameters
            ],
        }
        for name, (about, parameters) in _OPERATIONS.items()
    ]


def write_capability(pack: Pack, review: Review, kinds: list[str], program: str) -> Resource:
    """The CapabilityStatement of a server that gives out resources of these kinds."""
    about = "A topic pack as FHIR R4, and its plan for one patient. Resources can be read by their id; nothing is kept."
    opening = definition("CapabilityStatement", "rootline", "Rootline", about, pack, review)
    operations = [
        {"name": name, "definition": address("OperationDefinition", f"plan-{name}"), "documentation": about}
        for name, (about, _) in _OPERATIONS.items()
    ]
    resources: list[Resource] = [{"type": kind, "interaction": [{"code": "read"}]} for kind in kinds]
    for one in resources:
        if one["type"] == "PlanDefinition":
            one["operation"] = operations
    return {
        **opening,
        "purpose": limits(pack, review),
        "kind": "instance",
        "software": {"name": "Rootline", "version": program},
        "implementation": {"description": f"Rootline with the topic pack {pack.id} {pack.version}"},
        "fhirVersion": FHIR_VERSION,
        "format": ["json"],
        "rest": [{"mode": "server", "resource": resources}],
    }
