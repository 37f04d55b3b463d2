"""What to ask next, and what would change the plan: small searches over what-ifs of one case.

Each what-if is a plain run of the urgency lines; nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rootline.logic.tree import facts_of
from rootline.logic.values import Amount, Value, is_exact
from rootline.packs.model import LEVELS, Level, Pack
from rootline.packs.run import Plan, Urgency, urgency_of
from rootline.readers.evaluate import Values
from rootline.readers.residual import Memo, open_facts


@dataclass(frozen=True)
class Ask:
    """An open fact worth asking: the level it could raise urgency to, and how much advice it bears on."""

    fact: str
    could_raise_to: Level | None
    bears_on: int


@dataclass(frozen=True)
class Change:
    """The smallest set of facts that, so changed, gives another urgency."""

    facts: dict[str, Value]
    then: Level


def ask_next(plan: Plan) -> tuple[Ask, ...]:
    """Open facts, most important first: what could raise urgency, then what settles most advice.

    In an emergency only what bears on the emergency lines: it alone changes what is done now.
    """
    pack, values = plan.pack, plan.values
    memo = Memo()
    raises: dict[str, tuple[int, Level]] = {}
    for place, line in enumerate(plan.urgency.open):  # in the order of the ladder: the highest line is noted first
        for fact in open_facts(line.advice.when, values, pack.conditions, memo):
            raises.setdefault(fact, (place, line.level))
    bears_on: dict[str, int] = {}
    is_emergency = plan.urgency.at_least == LEVELS[0]
    now = {line.advice.id for line in pack.urgency if line.level == LEVELS[0]}
    for one in plan.advised:
        if one.status == "if" and (not is_emergency or one.advice.id in now):
            for fact in open_facts(one.advice.when, values, pack.conditions, memo):
                bears_on[fact] = bears_on.get(fact, 0) + 1
    alone = {fact for fact, (_, level) in raises.items() if _raises_alone(plan, fact, level)}
    order = {fact: place for place, fact in enumerate(pack.facts)}

    def importance(fact: str) -> tuple[int, bool, int, int]:
        line = raises[fact][0] if fact in raises else len(pack.urgency)
        return line, fact not in alone, -bears_on.get(fact, 0), order[fact]

    asked = sorted({*raises, *bears_on}, key=importance)
    return tuple(Ask(fact, raises[fact][1] if fact in raises else None, bears_on.get(fact, 0)) for fact in asked)


def _raises_alone(plan: Plan, fact: str, level: Level) -> bool:
    """Whether some value of this one fact is enough to reach the level."""
    return any(
        urgency_of(plan.pack, {**plan.values, fact: value}).at_least == level for value in candidates(plan.pack, fact)
    )


def candidates(pack: Pack, fact: str, edges: Iterable[float] = ()) -> list[Value]:
    """The values of a fact that can make a difference: its choices, or every threshold and both sides of it.

    `edges` are further thresholds, tried before the pack's own.
    """
    type_ = pack.facts[fact].type
    if not isinstance(type_, Amount):
        return list(type_.values)
    found: dict[float, None] = {}
    for edge in (*edges, *pack.thresholds.get(fact, ())):
        for value in (edge, edge - 1, edge + 1):
            if type_.low <= value <= type_.high:
                found.setdefault(float(value))
    return list(found)


def would_change(plan: Plan) -> tuple[Change, ...]:
    """Single facts whose change gives another urgency; pairs of known facts for calmer levels no single one reaches.

    A fact still open counts only when it raises: that it could also be harmless is no news.
    """
    pack = plan.pack
    facts = _urgency_facts(pack)
    singles = [change for fact in facts for change in _single_changes(plan, fact)]
    reached = {change.then for change in singles}
    calmer = LEVELS[LEVELS.index(plan.urgency.at_least) + 1 :]
    pairs = list(_pair_changes(plan, facts, {level for level in calmer if level not in reached}))
    return (*singles, *pairs)


def _urgency_facts(pack: Pack) -> list[str]:
    found: dict[str, None] = {}
    for line in pack.urgency:
        for fact in facts_of(line.advice.when, pack.conditions):
            found.setdefault(fact)
    return list(found)


def _single_changes(plan: Plan, fact: str) -> Iterator[Change]:
    """The first value, if any, that leads to each other level."""
    seen: set[Level] = set()
    for value in candidates(plan.pack, fact):
        if value == plan.values.get(fact):
            continue
        then = urgency_of(plan.pack, {**plan.values, fact: value})
        if then.at_least not in seen and _is_news(plan, then, [fact]):
            seen.add(then.at_least)
            yield Change({fact: value}, then.at_least)


def _is_news(plan: Plan, then: Urgency, facts: list[str]) -> bool:
    before = LEVELS.index(plan.urgency.at_least)
    after = LEVELS.index(then.at_least)
    if after < before:
        return True
    # lower is only said when every changed fact was known, and nothing higher stays open
    return after > before and then.level is not None and all(_was_known(plan.values, fact) for fact in facts)


def _was_known(values: Values, fact: str) -> bool:
    value = values.get(fact)
    return value is not None and is_exact(value)


def _pair_changes(plan: Plan, facts: list[str], missing: set[Level]) -> Iterator[Change]:
    """Pairs of known facts that reach a calmer level no single change does; one pair for each level."""
    left = set(missing)
    known = [fact for fact in facts if _was_known(plan.values, fact)]
    for first, second in combinations(known, 2):
        for one in candidates(plan.pack, first):
            for two in candidates(plan.pack, second):
                if not left:
                    return
                then = urgency_of(plan.pack, {**plan.values, first: one, second: two})
                if then.at_least in left and _is_news(plan, then, [first, second]):
                    left.discard(then.at_least)
                    yield Change({first: one, second: two}, then.at_least)
