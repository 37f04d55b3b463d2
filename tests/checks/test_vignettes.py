"""The worked patients of the real pack: each holds, each story says its facts, and together they try every condition.

What each patient should be told stands in the pack's `vignettes/`; here is only how they are held against the pack.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from rootline.checks.vignettes import Vignette, failures, read_vignettes
from rootline.logic.tree import Compare, Rule, facts_of, walk
from rootline.logic.truth import Truth
from rootline.logic.values import Amount, Between, Value
from rootline.narrative.read import read_narrative
from rootline.packs.explore import candidates
from rootline.packs.load import load
from rootline.packs.model import Pack
from rootline.packs.run import urgency_of
from rootline.readers.evaluate import Compiled
from rootline.settings import pack_folder

PACK = load(pack_folder())
VIGNETTES = read_vignettes(PACK, PACK.folder)
TOLD = [one for one in VIGNETTES if one.story]
ASIDE = ("sex", "side", "age")  # a story mentions them in passing; the vignette need not repeat them

BOTH = {Truth.YES, Truth.NO}
LEAVES = {
    f"{node.fact} {node.order} {node.written}": node
    for condition in [*PACK.conditions.values(), *(one.when for one in PACK.statements.values())]
    for node in walk(condition)
    if isinstance(node, Compare)
}
URGENCY_FACTS = list(
    dict.fromkeys(fact for line in PACK.urgency for fact in facts_of(line.advice.when, PACK.conditions))
)
DRUG_FACTS = [
    pytest.param(name, action.contraindicated, fact, id=f"{name}: {fact}")
    for name, action in PACK.actions.items()
    if action.contraindicated
    for fact in facts_of(Rule(action.contraindicated), PACK.conditions)
]


def _named(vignettes: Iterable[Vignette]) -> list[object]:
    return [pytest.param(one, id=one.name) for one in vignettes]


def _in_bounds(pack: Pack, fact: str, value: Value | None) -> Value | None:
    """An interval within what a living person can have, so that "over 6 weeks" is the same however it is written."""
    type_ = pack.facts[fact].type
    if isinstance(value, Between) and isinstance(type_, Amount):
        return Between(max(value.low, type_.low), min(value.high, type_.high), value.low_open, value.high_open)
    return value


@pytest.mark.parametrize("vignette", _named(VIGNETTES))
def test_the_plan_is_the_one_expected(vignette: Vignette) -> None:
    assert failures(PACK, vignette) == []


@pytest.mark.parametrize("vignette", _named(TOLD))
def test_the_story_says_the_facts_and_no_more(vignette: Vignette) -> None:
    read = read_narrative(vignette.story, PACK).values
    facts = [fact for fact in {**vignette.told, **read} if fact in vignette.told or fact not in ASIDE]
    told = {fact: _in_bounds(PACK, fact, vignette.told.get(fact)) for fact in facts}
    assert {fact: _in_bounds(PACK, fact, read.get(fact)) for fact in facts} == told


def test_there_are_many_and_no_two_alike() -> None:
    assert len(VIGNETTES) == len({one.name for one in VIGNETTES}) >= 280
    assert len(TOLD) == len({one.story for one in TOLD}) >= 280


def test_every_level_and_an_undecided_one_is_expected_of_somebody() -> None:
    expected = {level for one in VIGNETTES for level in one.expect.get("urgency", ())}
    assert expected == {"emergency", "urgent", "soon", "routine", "undetermined"}


@pytest.fixture(scope="module")
def tried() -> dict[str, set[Truth]]:
    """For each urgency line, rule and comparison: the truths it takes over all vignettes."""
    lines = {line.advice.id: line.advice.when for line in PACK.urgency}
    compiled = Compiled({**lines, **{name: Rule(name) for name in PACK.rules}, **LEAVES}, PACK.conditions)
    truths: dict[str, set[Truth]] = {name: set() for name in (*lines, *PACK.rules, *LEAVES)}
    for one in VIGNETTES:
        for name, truth in compiled(one.facts).items():
            truths[name].add(truth)
    return truths


@pytest.mark.parametrize("name", [*(line.advice.id for line in PACK.urgency), *PACK.rules])
def test_every_urgency_line_and_rule_is_tried_both_ways(name: str, tried: dict[str, set[Truth]]) -> None:
    assert tried[name] >= BOTH


@pytest.mark.parametrize("name", LEAVES)
def test_every_threshold_is_tried_at_the_number_itself_and_on_both_sides(
    name: str, tried: dict[str, set[Truth]]
) -> None:
    assert tried[name] >= BOTH
    assert LEAVES[name].amount in {one.facts.get(LEAVES[name].fact) for one in VIGNETTES}


@pytest.mark.parametrize(("action", "rule", "fact"), DRUG_FACTS)
def test_each_reason_against_a_drug_stands_alone_in_somebody_who_is_not_given_it(
    action: str, rule: str, fact: str
) -> None:
    """Alone: with this one fact otherwise, the drug would not be ruled out."""
    holds = Compiled({rule: Rule(rule)}, PACK.conditions)
    alone = [
        one.name
        for one in VIGNETTES
        if action in one.expect.get("not advised", ())
        and holds(one.facts)[rule] is Truth.YES
        and any(holds({**one.facts, fact: value})[rule] is Truth.NO for value in candidates(PACK, fact))
    ]
    assert alone, f"no vignette rules out {action} for {fact} alone"


@pytest.mark.parametrize("fact", URGENCY_FACTS)
def test_each_fact_of_the_urgency_ladder_decides_it_alone_in_somebody(fact: str) -> None:
    """With this one fact otherwise, the level would be another."""
    decided = [
        one.name
        for one in VIGNETTES
        if fact in one.told
        and (level := urgency_of(PACK, one.facts).level)
        and (level,) == one.expect.get("urgency")
        and any(urgency_of(PACK, {**one.facts, fact: value}).level != level for value in candidates(PACK, fact))
    ]
    assert decided, f"no vignette in which {fact} alone decides the urgency"


def test_a_story_agrees_with_intervals_however_they_are_written() -> None:
    over_six_weeks = Between(low=42.0, low_open=True)
    assert _in_bounds(PACK, "symptom_duration", over_six_weeks) != over_six_weeks
    assert _in_bounds(PACK, "leg_pain", "yes") == "yes"
