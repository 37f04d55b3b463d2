"""The tree itself: a closed set of nodes, what lies below each, and which facts a condition looks at."""

from __future__ import annotations

from typing import get_args

import pytest

from rootline.logic.place import NOWHERE, Place
from rootline.logic.tree import (
    ALWAYS,
    KINDS,
    LEAVES,
    NEVER,
    All,
    Any,
    AtLeast,
    Compare,
    Is,
    Known,
    Node,
    Not,
    Rule,
    facts_of,
    parts_of,
    walk,
)

FEVER, COUGH, AGE = Is("fever", "yes"), Is("cough", "yes"), Compare("age", ">=", 65.0, "65 years")

BELOW: dict[type, tuple[Node, tuple[Node, ...]]] = {
    Is: (FEVER, ()),
    Compare: (AGE, ()),
    Known: (Known("age"), ()),
    Rule: (Rule("frail"), ()),
    Not: (Not(FEVER), (FEVER,)),
    All: (All((FEVER, COUGH)), (FEVER, COUGH)),
    Any: (Any((COUGH, FEVER)), (COUGH, FEVER)),
    AtLeast: (AtLeast(1, (FEVER, COUGH)), (FEVER, COUGH)),
}


def test_kinds_lists_every_node_of_the_union() -> None:
    assert set(KINDS) == set(get_args(Node))
    assert set(LEAVES) < set(KINDS)


def test_every_kind_has_its_parts_checked_here() -> None:
    missing = [kind.__name__ for kind in KINDS if kind not in BELOW]
    assert not missing, f"no example for: {', '.join(missing)}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_parts_of_gives_the_nodes_directly_below_in_order(kind: type) -> None:
    node, parts = BELOW[kind]
    assert type(node) is kind
    assert parts_of(node) == parts


def test_walk_goes_top_down_and_does_not_enter_rules() -> None:
    node = All((Not(FEVER), Any((Rule("frail"), AGE))))
    assert list(walk(node)) == [node, Not(FEVER), FEVER, Any((Rule("frail"), AGE)), Rule("frail"), AGE]


def test_facts_of_enters_rules_and_keeps_the_order_of_first_mention() -> None:
    rules: dict[str, Node] = {"frail": Any((AGE, Rule("ill"))), "ill": All((COUGH, FEVER))}
    assert facts_of(All((FEVER, Rule("frail"), Known("weight"))), rules) == ["fever", "age", "cough", "weight"]


def test_facts_of_names_a_fact_once_however_often_it_is_looked_at() -> None:
    rules: dict[str, Node] = {"ill": FEVER}
    assert facts_of(Any((Rule("ill"), FEVER, Not(Rule("ill")), Is("fever", "no"))), rules) == ["fever"]


def test_always_looks_at_no_fact_and_is_not_never() -> None:
    assert facts_of(ALWAYS, {}) == facts_of(NEVER, {}) == []
    assert ALWAYS != NEVER


def test_where_a_node_stands_does_not_make_it_another_node() -> None:
    here, there = Place("a.yaml", 3), Place("b.yaml", 9)
    assert Is("fever", "yes", here) == Is("fever", "yes", there)
    assert hash(Not(FEVER, here)) == hash(Not(FEVER, there))
    assert here != there


def test_how_an_amount_was_written_does_not_make_it_another_comparison() -> None:
    assert Compare("age", "<", 1.0, "1 year") == Compare("age", "<", 1.0, "12 months")
    assert Compare("age", "<", 1.0, "1 year") != Compare("age", "<=", 1.0, "1 year")
    assert Compare("age", "<", 1.0, "1 year") != Compare("age", "<", 2.0, "1 year")


def test_different_kinds_over_the_same_parts_are_different_nodes() -> None:
    parts = (FEVER, COUGH)
    assert len({All(parts), Any(parts), AtLeast(1, parts), AtLeast(2, parts), Not(All(parts))}) == 5
    assert Is("fever", "yes") != Is("fever", "no")
    assert Known("fever") != Rule("fever")


def test_a_node_made_in_code_stands_nowhere() -> None:
    assert {BELOW[kind][0].place for kind in KINDS} == {NOWHERE}
    assert str(Place("rules.yaml", 7)) == "rules.yaml:7"
