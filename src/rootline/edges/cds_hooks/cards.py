"""Cards of CDS Hooks 2.0: what the plan says of a patient or of an order, and what could be done instead.

An order that the plan advises gets no card, unless the settings ask for one. Nothing is decided here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rootline.answers.case import Case
from rootline.answers.model import Review
from rootline.edges.cds_hooks.judge import (
    Indicator,
    Judged,
    barred_of,
    cautions,
    indicator,
    is_answer,
    judge,
    may_be_needed,
    open_facts_of,
)
from rootline.edges.cds_hooks.orders import Ordered
from rootline.edges.cds_hooks.words import (
    LONGEST_SUMMARY,
    UNASKED,
    detail,
    disputing,
    fit,
    headline,
    reason,
    short_headline,
    unasked,
)
from rootline.edges.fhir.element import has_id
from rootline.edges.fhir.told import Found, Unused
from rootline.packs.code_systems import SYSTEMS, Code
from rootline.packs.codes import codes
from rootline.packs.pressing import MUST_NOT_WAIT
from rootline.packs.run import Plan

Card = dict[str, Any]
_MOST_REPLACEMENTS = 2
_LONGEST_REASON = 50  # characters of a summary
_LONGEST_URGENCY = 66
REASONS = {
    "examined": "Warning signs were asked and examined; not in the record",
    "benefit-outweighs": "Benefit outweighs the risk for this patient",
    "specialist-advice": "Advised by a specialist",
    "patient-preference": "The patient's informed choice",
    "record-wrong": "The record is wrong or out of date",
    "other-indication": "Ordered for another reason",
    "disagree": "I disagree with the advice",
}


@dataclass(frozen=True)
class Told:
    """What all cards of one call are told from; `drafted` are the actions that are ordered already.

    `has_sign`: something on the record, be it in doubt, is a warning sign. `against` is what somebody wrote down that
    somebody else denied, or wrote down otherwise.
    """

    plan: Plan
    case: Case
    unused: Sequence[Unused]
    address: str
    patient: str
    review: Review
    has_sign: bool
    against: tuple[Found, ...] = ()
    drafted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Made:
    """A card, and what it is about, for the record of cards."""

    card: Card
    about: str
    stance: str
    advice: tuple[str, ...]


def patient_card(told: Told, even_calm: bool) -> Made | None:
    """The urgency of the patient in view; none where it is settled that nothing presses, and nothing about the topic
    was left unused, unless `even_calm`.
    """
    urgency = told.plan.urgency
    is_left = any(one.topic for one in told.unused)
    if urgency.level == "routine" and not even_calm and not is_left:
        return None
    first = _line(told.plan)
    text = detail(told.plan, told.case, (), told.unused, told.review, told.against, lines=True)
    reached = tuple(line.advice.id for line in urgency.because)
    asked = [action for line in urgency.because for _, action in line.advice.actions]
    ask = ". Ask and examine the warning signs below" if urgency.open else ""
    if urgency.open and told.against:
        ask = ". Written down, and denied elsewhere: "
        ask += ", ".join(dict.fromkeys(disputing(one, told.plan) for one in told.against))
    said, shown = headline(told.plan) + ask, indicator(told.plan, told.has_sign)
    if _is_unasked(told):
        said = unasked(told.plan)
    if is_left and urgency.level == "routine":
        said, shown = f"Something on the record is not counted: read it below. Without it: {said}", "warning"
    card = _card(told, said, shown, text, first, _ordering(told, asked))
    return Made(card, "urgency", str(urgency.level or "undetermined"), reached or (first,))


def order_card(told: Told, order: Ordered, judged: Judged, even_advised: bool) -> Made | None:
    """What the plan says of one order; none where it advises it or says nothing, unless `even_advised`.

    What a reached urgency does not ask for gets a card in any case, with the urgency first.
    """
    if _is_beside(told.plan, order):
        return _beside_card(told, order, judged)
    if order.about == "other":
        return _other_card(told, order)
    needed = may_be_needed(order.actions, told.plan) and judged.stance != "contraindicated"
    if judged.stance == "silent" or (judged.stance == "advised" and not even_advised):
        return None
    if judged.stance == "possible" and not needed and order.about != "topic":
        return None
    if needed and judged.stance == "avoid":
        judged = Judged(judged.action, "open", ())
    name = _name(told, judged.action)
    calm = judged.stance == "advised"
    shown: Indicator = "info" if calm else indicator(told.plan, told.has_sign, judged.stance)
    pressing = "" if calm else _pressing(told)
    said = f"{name}: {_said(told, judged, len(f'{name}: . {pressing}'))}"
    advice = () if needed and not calm else judged.advice
    text = detail(told.plan, told.case, advice, told.unused, told.review, told.against, lines=needed)
    suggestions = [] if calm or needed else list(_instead(told, order, judged))
    first = advice[0].advice.id if advice else _line(told.plan)
    card = _card(told, ". ".join(filter(None, (said, pressing))), shown, text, first, suggestions)
    return Made(card, judged.action, judged.stance, tuple(one.advice.id for one in judged.advice))


def _other_card(told: Told, order: Ordered) -> Made | None:
    """That an order which says another reason meets a risk of this patient: for information, nothing against it."""
    action = barred_of(order.actions, told.plan)
    if action is None:
        return None
    judged = Judged(action, "silent", cautions(action, told.plan))
    said = f"{_name(told, action)}, ordered for another reason: caution, "
    said += fit(reason(judged, told.plan), LONGEST_SUMMARY - len(said))
    text = detail(told.plan, told.case, judged.advice, told.unused, told.review, told.against, lines=False)
    first = judged.advice[0].advice.id if judged.advice else _line(told.plan)
    card = _card(told, said, "info", text, first, [])
    return Made(card, action, "other-reason", tuple(one.advice.id for one in judged.advice))


def _is_beside(plan: Plan, order: Ordered) -> bool:
    """Whether something presses that this order does not answer, however much it is advised beside it."""
    return plan.urgency.at_least in MUST_NOT_WAIT and not is_answer(order.actions, plan)


def _beside_card(told: Told, order: Ordered, judged: Judged) -> Made:
    """The urgency reached, first, then the order: it does not take the place of what the urgency asks for."""
    barred = judged.stance == "contraindicated" and order.about != "other"
    plan, name = told.plan, _name(told, judged.action)
    is_neutral = plan.urgency.at_least == "emergency" or order.about == "other"  # of what may treat it nothing is said
    needed = not barred and (is_neutral or may_be_needed(order.actions, plan))
    said = f"{short_headline(plan, _LONGEST_URGENCY)}. {_begun(name)}: "
    said += "no substitute for what it asks for" if needed else _said(told, judged, len(said))
    advice = cautions(judged.action, plan) if needed else judged.advice
    text = detail(plan, told.case, advice, told.unused, told.review, told.against, lines=True)
    asked = [action for line in plan.urgency.because for _, action in line.advice.actions]
    suggestions = _ordering(told, asked)
    if judged.stance in ("contraindicated", "avoid") and not needed and has_id(order.resource):
        suggestions.append(_suggestion(f"Remove the order for {name}", [_removing(told, order, judged)]))
    first = advice[0].advice.id if barred and advice else _line(plan)
    card = _card(told, said, "critical", text, first, suggestions)
    return Made(card, judged.action, judged.stance, tuple(one.advice.id for one in judged.advice))


def _said(told: Told, judged: Judged, beside: int) -> str:
    """The stance on an order in words, with the facts of this patient that it stands on.

    They are cut so that what stands `beside` it in the summary, counted in characters, never is.
    """
    stance = {
        "contraindicated": "contraindicated here",
        "avoid": "advised against here",
        "open": "depends on what is not known yet",
        "possible": "depends on what is not known yet",
        "advised": "advised here",
        "silent": "not part of it",
    }[judged.stance]
    words = reason(judged, told.plan)
    if judged.stance == "open" and (disputed := open_facts_of(judged, told.plan) & {one.fact for one in told.against}):
        stance = "open, for the record contradicts itself"
        words = ", ".join(dict.fromkeys(disputing(one, told.plan) for one in told.against if one.fact in disputed))
    room = min(_LONGEST_REASON, LONGEST_SUMMARY - beside - len(f"{stance} ()"))
    why = fit(words, room)
    return f"{stance} ({why})" if why else stance


def unread_card(told: Told, count: int) -> Made:
    """That orders could not be read: nothing is said of them, and that must be seen."""
    orders = "An order" if count == 1 else f"{count} orders"
    said = f"{orders} could not be read: the guideline was not asked about it. {_pressing(told)}".strip()
    text = detail(told.plan, told.case, (), told.unused, told.review, told.against, lines=False)
    card = _card(told, said, indicator(told.plan, told.has_sign, "open"), text, _line(told.plan), [])
    return Made(card, "order", "unread", ())


def missed_card(told: Told, missed: Sequence[Unused], on_topic: bool) -> Made:
    """That parts of the record could not be had, or not whole: else it may be that not even the topic is known."""
    names = fit(", ".join(dict.fromkeys(one.resource for one in missed)), _LONGEST_REASON)
    text = detail(told.plan, told.case, (), told.unused, told.review, told.against, lines=False)
    judged = "Judged for nerve-root pain, but parts" if on_topic else "Not judged for nerve-root pain: parts"
    said = f"{judged} of the record could not be read ({names})"
    return Made(_card(told, said, "warning", text, _line(told.plan), []), "record", "unread", ())


def _line(plan: Plan) -> str:
    """The urgency line that is reached, else the highest that is open: one of them there always is."""
    return (*plan.urgency.because, *plan.urgency.open)[0].advice.id


def _is_unasked(told: Told) -> bool:
    """Whether an emergency is open for want of answers alone."""
    return "emergency" in told.plan.urgency.could_be and not told.has_sign


def _pressing(told: Told) -> str:
    """What a summary says of an emergency, in few words; nothing where it is ruled out."""
    if "emergency" not in told.plan.urgency.could_be:
        return ""
    if told.plan.urgency.at_least == "emergency":
        return "EMERGENCY reached"
    return UNASKED if _is_unasked(told) else "Emergency not ruled out: see the questions"


def _begun(text: str) -> str:
    """A sentence begun with a capital."""
    return text[:1].upper() + text[1:]


def _name(told: Told, action: str) -> str:
    return told.plan.pack.actions[action].words.clinician


def _card(told: Told, summary: str, shown: Indicator, text: str, advice: str, suggestions: list[Card]) -> Card:
    pack = told.plan.pack
    card: Card = {
        "uuid": str(uuid.uuid4()),
        "summary": fit(_begun(summary)),
        "detail": text,
        "indicator": shown,
        "source": {"label": f"Rootline: {pack.id} {pack.version}", "url": f"{told.address}/advice/{advice}"},
        "links": [],
    }
    if suggestions:
        card |= {"suggestions": suggestions, "selectionBehavior": "at-most-one"}
    if shown != "info":
        system = f"{told.address}/cds-services/override-reasons"
        card["overrideReasons"] = [
            {"system": system, "code": code, "display": display} for code, display in REASONS.items()
        ]
    return card


def _instead(told: Told, order: Ordered, judged: Judged) -> Iterator[Card]:
    """Take the order out, or put something in its place that the plan plainly advises of the same section."""
    if not has_id(order.resource):
        return  # a draft without an id cannot be named
    name = _name(told, judged.action)
    remove = _removing(told, order, judged)
    recommended = judged.stance == "contraindicated"
    yield _suggestion(f"Remove the order for {name}", [remove], recommended)
    actions = told.plan.pack.actions
    section = actions[judged.action].section
    alike = [id_ for id_, one in actions.items() if one.section == section and id_ != judged.action]
    for action in _orderable(told, alike):
        yield _suggestion(f"Replace it by {_name(told, action)}", [remove, _creating(told, action)])


def _removing(told: Told, order: Ordered, judged: Judged) -> Card:
    description = f"Remove the order for {_name(told, judged.action)}"
    return {"type": "delete", "description": description, "resourceId": order.name}


def _ordering(told: Told, actions: Sequence[str]) -> list[Card]:
    """Drafts of what an urgency asks for, the first recommended: of suggestions one can be taken."""
    wanted = _orderable(told, actions)
    return [_suggestion(f"Order {_name(told, one)}", [_creating(told, one)], one == wanted[0]) for one in wanted]


def _orderable(told: Told, actions: Sequence[str]) -> list[str]:
    """Those that the plan plainly advises, a single code can order, and nobody has drafted yet.

    Which drug of several is not ours to choose.
    """
    open_ = [one for one in dict.fromkeys(actions) if one not in told.drafted and _code(told, one)]
    wanted = [one for one in open_ if judge(one, told.plan).stance == "advised"]
    return wanted[:_MOST_REPLACEMENTS]


def _code(told: Told, action: str) -> Code | None:
    known = codes(told.plan.pack)
    order = next((one for one in known.orders if one.action == action), None) if known else None
    if order is None or not order.codes or (order.codes[0].system == "rxnorm" and len(order.codes) > 1):
        return None
    return order.codes[0]


def _creating(told: Told, action: str) -> Card:
    """A draft to be completed by the clinician: no dose, no date."""
    code = _code(told, action)
    assert code is not None
    concept = {
        "coding": [{"system": SYSTEMS[code.system], "code": code.code, "display": code.display}],
        "text": _name(told, action),
    }
    is_drug = code.system == "rxnorm"
    draft = {
        "resourceType": "MedicationRequest" if is_drug else "ServiceRequest",
        "status": "draft",
        "intent": "proposal",
        "medicationCodeableConcept" if is_drug else "code": concept,
        "subject": {"reference": f"Patient/{told.patient}"},
    }
    return {"type": "create", "description": f"Draft an order for {_name(told, action)}", "resource": draft}


def _suggestion(label: str, actions: list[Card], recommended: bool = False) -> Card:
    return {"label": label, "uuid": str(uuid.uuid4()), "isRecommended": recommended, "actions": actions}
