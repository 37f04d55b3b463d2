"""An ActivityDefinition for each action of the pack, and a second one where some advice says to avoid it.

The second says `doNotPerform`, so that an engine that follows a link never orders what is to be avoided.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.answers.model import Review
from rootline.edges.fhir.definition import definition, limits
from rootline.edges.fhir.naming import Resource, action_codes, activity_id, code, concept
from rootline.packs.model import Action, Pack


def write_activities(pack: Pack, review: Review) -> Iterator[Resource]:
    """Every action, in the order of the pack."""
    said = [one for advice in pack.statements.values() for one in advice.actions]
    avoided = {what for kind, what in said if kind == "avoid"}
    dosed = {what for advice in pack.advice for what in advice.dose_of if advice.doses}
    for action in pack.actions.values():
        yield _activity(action, pack, review, avoid=False, is_drug=action.id in dosed)
        if action.id in avoided:
            yield _activity(action, pack, review, avoid=True, is_drug=action.id in dosed)


def _activity(action: Action, pack: Pack, review: Review, *, avoid: bool, is_drug: bool) -> Resource:
    words = action.words.clinician
    title = f"Avoid: {words}" if avoid else words[:1].upper() + words[1:]
    contraindicated = f" Never while the rule `{action.contraindicated}` holds." if action.contraindicated else ""
    about = f"{title} ({action.words.patient}).{'' if avoid else contraindicated}"
    opening = definition("ActivityDefinition", activity_id(pack.id, action.id, avoid=avoid), title, about, pack, review)
    return {
        **opening,
        "usage": limits(pack, review),
        # what else an action becomes in a record (a referral, a scan, a talk) the pack does not say
        **({"kind": "MedicationRequest"} if is_drug else {}),
        "code": action_concept(action, pack),
        "intent": "proposal",
        **({"doNotPerform": True} if avoid else {}),
    }


def action_concept(action: Action, pack: Pack) -> Resource:
    """An action by its words and its id in the pack's one list."""
    return concept(action.words.clinician, code(action_codes(pack.id), action.id, action.words.clinician))
