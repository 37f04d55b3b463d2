"""The whole pack as a PlanDefinition whose conditions name definitions of its CQL library.

FHIR takes a condition that is null for false. Here unknown is never no: every statement is kept, with its condition in
front, while it is not ruled out, and says in two parts below it whether it applies or is still open.
"""

from __future__ import annotations

from rootline.answers.audience import VOICE
from rootline.answers.model import DoseSaid, Review
from rootline.answers.render_markdown import say_dose
from rootline.edges.fhir.definition import definition, limits
from rootline.edges.fhir.naming import Resource, activity_id, canonical, plan_id, questionnaire_id
from rootline.edges.fhir.write_sources import citations
from rootline.packs.cql_library import INPUT_POSSIBLE, UNDETERMINED
from rootline.packs.model import SECTIONS, Advice, Level, Pack
from rootline.readers.cql import quoted
from rootline.readers.english import english

_TYPES = "http://terminology.hl7.org/CodeSystem/plan-definition-type"
_PRIORITY: dict[Level, str] = {"emergency": "stat", "urgent": "asap", "soon": "urgent", "routine": "routine"}
_VOICE = VOICE["clinician"]


def write_plan_definition(pack: Pack, review: Review) -> Resource:
    """The PlanDefinition: what must be known first, the urgency lines, then the advice section by section."""
    questions = canonical("Questionnaire", questionnaire_id(pack.id, _VOICE), pack.version)
    sections = [
        {
            "title": SECTIONS[section].to(_VOICE),
            "action": [_statement(f"Advice: {one.id}", one, pack) for one in pack.advice if one.section == section],
        }
        for section in SECTIONS
        if any(one.section == section for one in pack.advice)
    ]
    return {
        **definition("PlanDefinition", plan_id(pack.id), pack.title.clinician, f"{pack.for_}.", pack, review),
        "type": {"coding": [{"system": _TYPES, "code": "clinical-protocol"}]},
        "usage": limits(pack, review),
        "relatedArtifact": [{"type": "depends-on", "resource": questions}],
        "library": [canonical("Library", plan_id(pack.id), pack.version)],
        "action": [
            _impossible(),
            _undetermined(questions),
            {
                "title": "Urgency",
                "description": "Read downwards: the first line that holds counts, and an open one is never passed.",
                "action": [
                    {**_statement(f"Line: {line.advice.id}", line.advice, pack), "priority": _PRIORITY[line.level]}
                    for line in pack.urgency
                ],
            },
            *sections,
        ],
    }


def _impossible() -> Resource:
    return {
        "title": "Stop: a value that its fact cannot have",
        "description": "Use nothing of this plan until every value is one that its fact can have.",
        "priority": "stat",
        "condition": [_condition(f"{quoted(INPUT_POSSIBLE)} is not true", "a value is impossible, or cannot be read")],
    }


def _undetermined(questions: str) -> Resource:
    return {
        "title": "The urgency is not determined: ask",
        "description": "A line that would raise the urgency is open. Never read this as calm: ask what decides it.",
        "priority": "stat",
        "condition": [_condition(quoted(UNDETERMINED), "a line that would raise the urgency is open")],
        "definitionCanonical": questions,
    }


def _statement(name: str, advice: Advice, pack: Pack) -> Resource:
    """A statement that stands while it is not ruled out, told with its condition; below it, whether that holds."""
    when = english(advice.when, pack.lexicon, _VOICE)
    always = when == "always"
    rests_on = citations(advice.because, pack)
    reading = [{"type": "justification", "display": f"Our reading: {advice.reading}"}] if advice.reading else []
    said = advice.say.to(_VOICE)
    told = said if always else f"If {when}: {said}"
    return {
        "id": advice.id,
        "title": advice.headline.to(_VOICE) if advice.headline else advice.id,
        "description": told,
        "textEquivalent": told,
        **({"documentation": [*rests_on, *reading]} if rests_on or reading else {}),
        "condition": [_condition(f"{quoted(name)} is not false", f"not ruled out: {when}")],
        "action": [_applies(name, advice, when, pack), *([] if always else [_open(name, advice, when)])],
    }


def _applies(name: str, advice: Advice, when: str, pack: Pack) -> Resource:
    doses = [say_dose(DoseSaid(**vars(dose))) for dose in advice.doses]
    todo = [_todo(kind, what, pack) for kind, what in advice.actions]
    return {
        "id": f"{advice.id}.applies",
        "title": "Applies",
        "description": "\n".join([advice.say.to(_VOICE), *doses]),
        "condition": [_condition(quoted(name), when)],
        **({"action": todo} if todo else {}),
    }


def _open(name: str, advice: Advice, when: str) -> Resource:
    return {
        "id": f"{advice.id}.open",
        "title": "Open: not known whether it applies",
        "description": f"Only if {when}. Unknown is not no: find out.",
        "condition": [_condition(f"{quoted(name)} is null", f"not known: {when}")],
    }


def _todo(kind: str, what: str, pack: Pack) -> Resource:
    """An action with the definition to follow: one that says not to where it is to be avoided."""
    definition_ = activity_id(pack.id, what, avoid=kind == "avoid")
    todo: Resource = {"title": f"{kind.capitalize()}: {pack.actions[what].words.to(_VOICE)}"}
    if kind == "consider":
        todo["requiredBehavior"] = "could"
    return {**todo, "definitionCanonical": canonical("ActivityDefinition", definition_, pack.version)}


def _condition(expression: str, says: str) -> Resource:
    # R4 takes text/cql here, and not text/cql-identifier
    return {
        "kind": "applicability",
        "expression": {"description": says, "language": "text/cql", "expression": expression},
    }
