"""One patient's plan as a CarePlan: a proposal with one activity for each thing to do, consider or avoid.

Only what is to be done or avoided has a definition to follow. What is to be considered says so as a code: it may hang
on more than its condition ("with matching MRI"). What is still open has its condition in front of its text, and no
code of an action: nothing is ordered on a fact that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
        "created": told.day,
        "author": told.author,
        "activity": [{"detail": detail} for detail in _details(statements, told)],
        "note": [{"text": line} for line in dict.fromkeys((*told.set_aside, *told.remarks, *told.limits))],
    }


def _details(statements: Iterable[Statement], told: PatientAnswer) -> Iterator[Resource]:
    """One activity for each action of what applies, with all that is said of it; one for each other statement."""
    about: dict[tuple[str, ...], list[Statement]] = {}
    actions: dict[tuple[str, ...], ActionSaid] = {}
    for one in statements:
        applying: dict[tuple[str, ...], ActionSaid] = {
            (action.kind, action.what): action for action in one.actions if one.status == "applies"
        }
        actions.update(applying)
        for key in applying or [(one.id,)]:
            about.setdefault(key, []).append(one)
    for key, said in about.items():
        coded = _coded(actions[key], told) if key in actions else _reason_open(said[0])
        lines = [line for one in said for line in (in_full(one), *map(say_dose, one.doses))]
        dated = dict.fromkeys(due.dated for one in said for due in one.due if due.dated)
        yield {
            "status": "not-started",
            **coded,
            **({"scheduledString": "; ".join(dated)} if dated else {}),
            "description": "\n".join(lines),
        }


def _coded(action: ActionSaid, told: PatientAnswer) -> Resource:
    pack = told.answer.pack
    coding = code(action_codes(pack.id), action.what, action.name)
    coded: Resource = {"code": concept(f"{action.kind.capitalize()}: {action.name}", coding)}
    if action.kind == "consider":
        return {**coded, "statusReason": _reason("consider", "To be considered: see the description")}
    avoid = action.kind == "avoid"
    definition = activity_id(pack.id, action.what, avoid=avoid)
    link = canonical("ActivityDefinition", definition, pack.version)
    return {**coded, "instantiatesCanonical": [link], "doNotPerform": avoid}


def _reason_open(one: Statement) -> Resource:
    return {"statusReason": _reason("open", f"Open: only if {one.condition}")} if one.status == "if" else {}


def _reason(why: str, words: str) -> Resource:
    return concept(words, code("activity-reasons", why))


def in_full(one: Statement) -> str:
    """A statement with what is open of it in front, and the facts it fired on behind."""
    if one.status == "if":
        return f"If {one.condition}: {one.text}"
    return f"{one.text} ({one.reason})" if one.reason else one.text
