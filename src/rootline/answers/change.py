"""What is different after a step: urgency first, then facts, then every statement that came, went or changed.

Compares two plans of one pack; it sees all of the plan, also what an answer leaves folded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rootline.answers import phrases as words
from rootline.answers.ask import Worked
from rootline.answers.audience import VOICE
from rootline.answers.banner import say_urgency
from rootline.packs.describe import say_fact
from rootline.packs.model import LEVELS
from rootline.packs.run import Advised, Plan
from rootline.readers.english import Voice, english

Move = Literal["now plain", "now open", "new", "gone", "other condition"]
Direction = Literal["higher", "lower", "same"]


@dataclass(frozen=True)
class StatementMoved:
    """One statement before and after."""

    id: str
    move: Move
    text: str
    condition: str


@dataclass(frozen=True)
class FactMoved:
    """One fact before and after, in words; "unknown" where nothing is known."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """The difference. `direction` is of the highest urgency that is not ruled out, then of the one reached."""

    direction: Direction
    before: str
    after: str
    facts: tuple[FactMoved, ...]
    statements: tuple[StatementMoved, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is different."""
        return not (self.facts or self.statements or self.before != self.after)


def change(before: Worked, after: Worked) -> Change:
    """The difference between two answers to one conversation."""
    voice = VOICE[after.audience]
    return Change(
        direction=_direction(before.plan, after.plan),
        before=_urgency(before.plan, voice),
        after=_urgency(after.plan, voice),
        facts=tuple(_facts(before, after, voice)),
        statements=tuple(_statements(before.plan, after.plan, voice)),
    )


def _direction(before: Plan, after: Plan) -> Direction:
    """Higher when the worst that is possible or the level reached rises; lower only when neither rises."""
    old, new = (
        (LEVELS.index(plan.urgency.could_be[0]), LEVELS.index(plan.urgency.at_least)) for plan in (before, after)
    )
    if old == new:
        return "same"
    return "higher" if new[0] < old[0] or new[1] < old[1] else "lower"


def _urgency(plan: Plan, voice: Voice) -> str:
    found = plan.urgency
    said = say_urgency(found.level is not None, found.at_least, found.could_be, "", voice)
    return f"{said.headline}. {said.could_be}" if said.could_be else said.headline


def _facts(before: Worked, after: Worked, voice: Voice) -> list[FactMoved]:
    pack = after.plan.pack
    moved = []
    for fact in pack.facts:
        old, new = (worked.case[fact].value if fact in worked.case else None for worked in (before, after))
        if old != new:
            told = [say_fact(fact, value, pack, voice) if value is not None else "" for value in (old, new)]
            moved.append(FactMoved(pack.facts[fact].ask.to(voice), *(one or words.UNKNOWN.to(voice) for one in told)))
    return moved


def _statements(before: Plan, after: Plan, voice: Voice) -> list[StatementMoved]:
    """In the order of what a reader must see first: what is new or plain, what opened, what went."""
    old = {one.advice.id: one for one in before.advised}
    moved = []
    for one in after.advised:
        move = _move(old[one.advice.id], one)
        if move:
            open_ = one.status == "if"
            condition = english(one.condition, after.pack.lexicon, voice) if open_ else ""
            moved.append(StatementMoved(one.advice.id, move, one.advice.say.to(voice), condition))
    order: tuple[Move, ...] = ("now plain", "new", "now open", "gone", "other condition")
    return sorted(moved, key=lambda one: order.index(one.move))


def _move(before: Advised, after: Advised) -> Move | None:
    if before.status == after.status:
        is_other = after.status == "if" and before.condition != after.condition
        return "other condition" if is_other else None
    if after.status == "applies":
        return "now plain"
    if after.status == "does not apply":
        return "gone"
    return "new" if before.status == "does not apply" else "now open"
