"""Which statements an answer shows, and which stay folded until asked for.

The question opens sections and sets their depth; once an emergency is reached, ordinary care waits until it is asked
for. Urgency is never hidden, and nothing that a patient's own facts call for is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from rootline.answers.audience import section_order
from rootline.answers.model import Audience
from rootline.logic.tree import ALWAYS
from rootline.narrative.intent import Intent
from rootline.packs.model import LEVELS, Advice
from rootline.packs.run import Advised, Plan


@dataclass(frozen=True)
class Shelf:
    """One section: what is shown of it, what a canonical question opens in depth, and how much more holds."""

    section: str
    shown: tuple[Advised, ...]
    in_depth: tuple[Advised, ...]
    more: int


def select(plan: Plan, intent: Intent, audience: Audience, opened: frozenset[str]) -> tuple[Shelf, ...]:
    """Every section in the audience's order; empty sections are left out."""
    lines = {line.advice.id: line.level for line in plan.pack.urgency}
    reached = LEVELS.index(plan.urgency.at_least)
    is_narrow = intent.is_focused or plan.urgency.at_least == "emergency"
    shelves = []
    for section in section_order(audience):
        holding = [
            one
            for one in plan.advised
            if one.advice.section == section
            and one.status != "does not apply"
            # a calmer line is superseded by the one reached: it would slow the reader down
            and not (one.advice.id in lines and LEVELS.index(lines[one.advice.id]) > reached)
        ]
        shown = tuple(one for one in holding if one.advice.id in lines or _is_shown(one, intent, is_narrow))
        in_depth = tuple(one for one in holding if one.advice.id in opened and one not in shown)
        shelves.append(Shelf(section, shown, in_depth, len(holding) - len(shown) - len(in_depth)))
    return tuple(shelf for shelf in shelves if shelf.shown or shelf.in_depth)


def _is_shown(one: Advised, intent: Intent, is_narrow: bool) -> bool:
    advice = one.advice
    if _is_asked_for(advice, intent):
        return True
    if one.status == "applies" and advice.when != ALWAYS:  # the patient's own facts call for it
        return True
    if is_narrow:
        return advice.section == "red-flags" and not advice.detail
    return not advice.detail


def _is_asked_for(advice: Advice, intent: Intent) -> bool:
    return advice.section in intent.sections or any(what in intent.actions for _, what in advice.actions)
