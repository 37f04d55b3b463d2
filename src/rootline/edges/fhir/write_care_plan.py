"""One patient's plan as a CarePlan: a proposal with an activity for each thing to do, consider or avoid.

What is to be avoided is marked as not to be done. What is still open says so in front of its text, and has neither a
code nor a definition to follow: nothing is ordered on a fact that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.answers.banner import banner
from rootline.answers.model import ActionSaid, Statement
from rootline.answers.render_markdown import say_dose
from rootline.edges.fhir.naming import Resource, action_codes, activity_id, canonical, code, concept
from rootline.edges.fhir.patient_answer import PatientAnswer


def write_care_plan(told: PatientAnswer) -> Resource:
    """The CarePlan. It is a draft until somebody takes it up, whatever the state of the review."""
    answer = told.answer
    said = banner(answer)
    urgency = ". ".join(part for part in (said.headline, said.could_be) if part) if said else ""
    statements = [one for section in answer.sections for one in section.statements]
    return {
        **told.opening("CarePlan"),
        "instantiatesCanonical": [told.plan],
        "status": "draft",
        "intent": "proposal",
        "title": "Plan",
        "description": f"{urgency}. {answer.bottom_line.text}" if urgency else answer.bottom_line.text,
        "subject": told.subject,
        "created": answer.as_of,
        "author": told.author,
        "activity": [{"detail": detail} for one in statements for detail in _details(one, told)],
        "note": [{"text": line} for line in (*told.set_aside, *told.limits)],
    }


def _details(one: Statement, told: PatientAnswer) -> Iterator[Resource]:
    """One activity for each action of a statement that applies; one without a code for what only tells, or is open."""
    rest: Resource = {"description": "\n".join([in_full(one), *(say_dose(dose) for dose in one.doses)])}
    if dated := [due.dated for due in one.due if due.dated]:
        rest = {"scheduledString": "; ".join(dated), **rest}
    if one.status == "if":
        yield {"status": "not-started", "statusReason": {"text": f"Open: only if {one.condition}"}, **rest}
    elif not one.actions:
        yield {"status": "not-started", **rest}
    else:
        for action in one.actions:
            yield {
                **_coded(action, told),
                "status": "not-started",
                "doNotPerform": action.kind == "avoid",
                **rest,
            }


def _coded(action: ActionSaid, told: PatientAnswer) -> Resource:
    pack = told.answer.pack
    definition = activity_id(pack.id, action.what, avoid=action.kind == "avoid")
    coding = code(action_codes(pack.id), action.what, action.name)
    return {
        "instantiatesCanonical": [canonical("ActivityDefinition", definition, pack.version)],
        "code": concept(f"{action.kind.capitalize()}: {action.name}", coding),
    }


def in_full(one: Statement) -> str:
    """A statement with what is open of it in front, and the facts it fired on behind."""
    if one.status == "if":
        return f"If {one.condition}: {one.text}"
    return f"{one.text} ({one.reason})" if one.reason else one.text
