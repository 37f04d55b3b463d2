"""How the evaluation went, as a GuidanceResponse: the urgency and what to ask as its outputs, the plan as its result.

While something is open it says `data-requested`, never `success`.
"""

from __future__ import annotations

from rootline.answers.model import Answer
from rootline.edges.fhir.naming import Resource
from rootline.edges.fhir.patient_answer import PatientAnswer


def write_guidance(told: PatientAnswer) -> Resource:
    """The GuidanceResponse."""
    answer = told.answer
    contained = [_outputs(answer)]
    if told.remarks:
        contained.append(_remarks(told.remarks))
    return {
        **told.opening("GuidanceResponse"),
        "contained": contained,
        "identifier": [told.identifier("GuidanceResponse")],
        "moduleCanonical": told.plan,
        "status": _status(answer),
        "subject": told.subject,
        "occurrenceDateTime": told.day,
        "performer": told.author,
        "note": [{"text": line} for line in ([answer.reason] if answer.reason else []) + told.limits],
        **({"evaluationMessage": [{"reference": "#remarks"}]} if told.remarks else {}),
        "outputParameters": {"reference": "#outputs"},
        **({"result": told.reference("CarePlan")} if told.has_plan else {}),
    }


def _status(answer: Answer) -> str:
    if answer.outcome == "refused" or not answer.sections:
        return "failure"
    statements = (one for section in answer.sections for one in section.statements)
    is_open = answer.urgency.level == "undetermined" or answer.ask_next or any(one.status == "if" for one in statements)
    return "data-requested" if is_open else "success"


def _outputs(answer: Answer) -> Resource:
    """The urgency as codes, and the questions, most important first, by the fact they are about."""
    told: list[Resource] = [{"name": "outcome", "valueCode": answer.outcome}]
    if answer.sections:
        told.append({"name": "urgency", "valueCode": answer.urgency.level})
        told.append({"name": "urgencyAtLeast", "valueCode": answer.urgency.at_least})
        told += [{"name": "urgencyCouldBe", "valueCode": level} for level in answer.urgency.could_be]
    told += [{"name": "ask", "part": list(_ask(one.fact, one.question, one.could_change))} for one in answer.ask_next]
    told.append({"name": "review", "valueCode": answer.review.state})
    return {"resourceType": "Parameters", "id": "outputs", "parameter": told}


def _ask(fact: str, question: str, could_change: str) -> list[Resource]:
    return [
        {"name": "linkId", "valueString": fact},
        {"name": "question", "valueString": question},
        {"name": "couldChange", "valueString": could_change},
    ]


def _remarks(remarks: tuple[str, ...]) -> Resource:
    issues = [{"severity": "warning", "code": "incomplete", "details": {"text": one}} for one in remarks]
    return {"resourceType": "OperationOutcome", "id": "remarks", "issue": issues}
