"""What the plan says of an action: contraindicated, to avoid, open, possible, advised, or nothing. Chooses no words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rootline.logic.tree import NEVER, rules_of
from rootline.logic.truth import Truth
from rootline.packs.pressing import MUST_NOT_WAIT, pressing_lines
from rootline.packs.run import Advised, Plan
from rootline.readers.evaluate import truth_of
from rootline.readers.residual import open_facts

Stance = Literal["contraindicated", "avoid", "open", "possible", "advised", "silent"]
Indicator = Literal["info", "warning", "critical"]


@dataclass(frozen=True)
class Judged:
    """The plan's stance on an action, and the advice that says so, the first to be told first.

    "open": something may speak against it; "possible": whatever becomes known, no advice does.
    """

    action: str
    stance: Stance
    advice: tuple[Advised, ...]


_CAUTION = "caution"  # a strength of advice
_WORST_FIRST: tuple[Stance, ...] = ("contraindicated", "avoid", "open", "possible", "silent", "advised")


def judge_order(actions: tuple[tuple[str, ...], ...], plan: Plan) -> Judged:
    """The stance on an order that is several actions at once: the worst. One that may as well be another is advised
    where either is.
    """
    judged = []
    for alike in actions:
        stances = [judge(action, plan) for action in alike]
        judged.append(next((one for one in stances if one.stance == "advised"), stances[0]))
    return min(judged, key=lambda one: _WORST_FIRST.index(one.stance))


def judge(action: str, plan: Plan) -> Judged:
    """The stance. An open contraindication is never passed on the way to "advised"."""
    about = [(one, kind) for one in plan.advised for kind, what in one.advice.actions if what == action]
    avoid, avoid_if, do, do_if = (
        tuple(dict.fromkeys(one for one, kind in about if one.status == status and (kind == "avoid") is is_avoid))
        for is_avoid, status in ((True, "applies"), (True, "if"), (False, "applies"), (False, "if"))
    )
    barred = bars(action, plan)
    if barred is Truth.YES:
        own = tuple(dict.fromkeys(one for one, _ in about))
        stance: Stance = "avoid" if _is_caution(action, plan) else "contraindicated"
        return Judged(action, stance, avoid or avoid_if or do or do_if or own[:1])
    if avoid:
        return Judged(action, "avoid", avoid)
    if do and barred is Truth.NO:
        return Judged(action, "advised", do)
    if avoid_if:
        return Judged(action, "open", avoid_if + do + do_if)
    if barred is Truth.UNKNOWN or do_if:
        return Judged(action, "possible", do + do_if)
    return Judged(action, "silent", ())


def bars(action: str, plan: Plan) -> Truth:
    """Whether the rule under which an action is never advised holds for this patient."""
    rule = plan.pack.actions[action].contraindicated
    return truth_of(plan.pack.conditions[rule], plan.values, plan.pack.conditions) if rule else Truth.NO


def open_facts_of(judged: Judged, plan: Plan) -> set[str]:
    """The facts on which the first advice of an open stance depends."""
    when = next((one.condition for one in judged.advice), NEVER)
    return set(open_facts(when, plan.values, plan.pack.conditions))


def barred_of(order: tuple[tuple[str, ...], ...], plan: Plan) -> str | None:
    """The first action of an order that its rule bars for this patient."""
    return next((action for alike in order for action in alike if bars(action, plan) is Truth.YES), None)


def cautions(action: str, plan: Plan) -> tuple[Advised, ...]:
    """The advice against an action that stands on the rule which bars it, and applies."""
    pack, rule = plan.pack, plan.pack.actions[action].contraindicated
    against = [one for one in plan.advised if ("avoid", action) in one.advice.actions and one.status == "applies"]
    return tuple(one for one in against if rule in rules_of(one.advice.when, pack.conditions))


def _is_caution(action: str, plan: Plan) -> bool:
    """Whether no advice against an action that is barred is stronger than a caution: that is no contraindication."""
    return all(one.advice.strength == _CAUTION for one in cautions(action, plan))


def is_answer(order: tuple[tuple[str, ...], ...], plan: Plan) -> bool:
    """Whether an order is something that the urgency lines reached ask for."""
    asked = {what for line in plan.urgency.because for kind, what in line.advice.actions if kind != "avoid"}
    return any(action in asked for alike in order for action in alike)


def may_be_needed(order: tuple[tuple[str, ...], ...], plan: Plan) -> bool:
    """Whether an emergency, reached or open, may call for an order: scans, referrals, whatever is like what a pressing
    line asks for. Such an order is never talked out of.
    """
    if "emergency" not in plan.urgency.could_be:
        return False
    pack = plan.pack
    sections = {pack.actions[what].section for line in pressing_lines(pack) for _, what in line.advice.actions}
    return any(pack.actions[action].section in sections for alike in order for action in alike)


def indicator(plan: Plan, has_sign: bool, stance: Stance = "silent") -> Indicator:
    """How prominent a card is: critical for an emergency that is reached, or that a sign on the record holds open, and
    for a contraindicated order. Where only answers are missing, an open emergency is a warning.
    """
    highest = plan.urgency.could_be[0]
    if stance == "contraindicated" or (highest == "emergency" and has_sign):
        return "critical"
    if highest in MUST_NOT_WAIT or stance in ("avoid", "open"):
        return "warning"
    return "info"
