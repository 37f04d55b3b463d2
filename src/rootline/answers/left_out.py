"""The advice that does not apply to this patient, each with the fact that rules it out."""

from __future__ import annotations

from dataclasses import dataclass

from rootline.answers.audience import VOICE, section_order
from rootline.answers.model import Audience
from rootline.logic.tree import All, Node, Not, Rule, parts_of
from rootline.logic.truth import Truth
from rootline.packs.model import SECTIONS
from rootline.packs.run import Plan
from rootline.readers.english import Voice, english
from rootline.readers.evaluate import truth_of


@dataclass(frozen=True)
class LeftOut:
    """One piece of advice that is not given, and why."""

    id: str
    section: str
    text: str
    because: str


def left_out(plan: Plan, audience: Audience) -> tuple[LeftOut, ...]:
    """All of it, section by section in the audience's order."""
    voice = VOICE[audience]
    calmest = plan.pack.urgency[-1].advice  # left out whenever anything above it holds: the urgency says so
    gone = [one.advice for one in plan.advised if one.status == "does not apply" and one.advice != calmest]
    return tuple(
        LeftOut(
            advice.id,
            SECTIONS[section].to(voice),
            advice.say.to(voice),
            ", ".join(dict.fromkeys(_denials(advice.when, plan, voice))),
        )
        for section in section_order(audience)
        for advice in gone
        if advice.section == section
    )


def _denials(node: Node, plan: Plan, voice: Voice) -> list[str]:
    """The parts that make a condition no, in words; of several that must all hold, the first that does not."""
    lexicon = plan.pack.lexicon
    if isinstance(node, Not):
        return [english(node.part, lexicon, voice)]
    parts = () if isinstance(node, Rule) else parts_of(node)
    wrong = [part for part in parts if truth_of(part, plan.values, plan.pack.conditions) is Truth.NO]
    if not wrong:  # a leaf, or a rule, which says best in its own words that it does not hold
        return [english(Not(node), lexicon, voice)]
    chosen = wrong[:1] if isinstance(node, All) else wrong
    return [said for part in chosen for said in _denials(part, plan, voice)]
