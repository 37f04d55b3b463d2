"""What is left of a condition: decided parts gone, what is undecided kept, rules folded, nothing said twice."""

from __future__ import annotations

import pytest
from hypothesis import given

from rootline.logic.tree import (
    ALWAYS,
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
    walk,
)
from rootline.logic.truth import Truth
from rootline.logic.values import Among, Between, Value, is_exact
from rootline.readers.evaluate import leaf_truth, truth_of
from rootline.readers.residual import open_facts, residual, unfold
from tests.agreement.strategies import Case, Condition, cases, conditions, often

A, B, C, D, E = (Is(name, "yes") for name in "abcde")
RULES: dict[str, Node] = {
    "ill": Any((A, B)),
    "frail": All((Rule("ill"), C)),
    "alias": Rule("ill"),
}


def left(node: Node, **values: Value) -> Node:
    return residual(node, values, RULES)


@pytest.mark.parametrize(
    ("node", "values", "expected"),
    [
        (A, {}, A),
        (A, {"a": "yes"}, ALWAYS),
        (A, {"a": "no"}, NEVER),
        (Not(A), {}, Not(A)),
        (Not(A), {"a": "yes"}, NEVER),
        (Not(A), {"a": "no"}, ALWAYS),
        (Not(Not(A)), {}, A),
        (All((A, B)), {"a": "yes"}, B),
        (All((A, B)), {"a": "no"}, NEVER),
        (All((A, B)), {"a": "yes", "b": "yes"}, ALWAYS),
        (All((A, B, C)), {"b": "yes"}, All((A, C))),
        (Any((A, B)), {"a": "no"}, B),
        (Any((A, B)), {"a": "yes"}, ALWAYS),
        (Any((A, B)), {"a": "no", "b": "no"}, NEVER),
        (Any((A, B, C)), {"b": "no"}, Any((A, C))),
        (AtLeast(2, (A, B, C)), {}, AtLeast(2, (A, B, C))),
        (AtLeast(2, (A, B, C)), {"a": "yes"}, Any((B, C))),
        (AtLeast(2, (A, B, C)), {"a": "no"}, All((B, C))),
        (AtLeast(2, (A, B, C)), {"a": "yes", "b": "yes"}, ALWAYS),
        (AtLeast(2, (A, B, C)), {"a": "no", "b": "no"}, NEVER),
        (AtLeast(3, (A, B, C, D, E)), {"a": "yes", "b": "no"}, AtLeast(2, (C, D, E))),
        (AtLeast(1, (A,)), {}, A),
        (ALWAYS, {}, ALWAYS),
        (NEVER, {}, NEVER),
        (Compare("n", "<", 6.0), {"n": Between(0.0, 6.0)}, Compare("n", "<", 6.0)),
        (Compare("n", "<", 6.0), {"n": Between(0.0, 6.0, high_open=True)}, ALWAYS),
        (Is("f", "partial"), {"f": Among(frozenset({"partial", "complete"}))}, Is("f", "partial")),
        (Is("f", "none"), {"f": Among(frozenset({"partial", "complete"}))}, NEVER),
    ],
)
def test_what_is_left_once_facts_are_put_in(node: Node, values: dict[str, Value], expected: Node) -> None:
    assert residual(node, values, {}) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (All((A, All((B, C)))), All((A, B, C))),
        (Any((A, Any((B, C)))), Any((A, B, C))),
        (All((A, B, A)), All((A, B))),
        (Any((A, A)), A),
        (All((A, Any((A, B)))), A),
        (Any((All((B, A)), A)), A),
        (All((A, Any((B, C)))), All((A, Any((B, C))))),
        (All((A, ALWAYS)), A),
        (Any((A, NEVER)), A),
        (All((A, NEVER)), NEVER),
        (Any((A, ALWAYS)), ALWAYS),
        (Not(All((A, Not(ALWAYS)))), ALWAYS),
        (AtLeast(2, (A, A)), A),
    ],
)
def test_nothing_is_said_twice_or_in_needless_brackets(node: Node, expected: Node) -> None:
    assert residual(node, {}, {}) == expected


def test_an_undecided_rule_stays_folded_under_its_name() -> None:
    assert left(All((Rule("frail"), D)), c="yes", d="yes") == Rule("frail")


def test_a_decided_rule_is_taken_out_however_deep_it_was_decided() -> None:
    assert left(Any((Rule("frail"), D)), c="no") == D
    assert left(All((Rule("frail"), D)), a="yes", c="yes") == D


@pytest.mark.parametrize(("value", "expected"), [(None, NEVER), ("no", ALWAYS), (Between(1.0, 2.0), NEVER)])
def test_known_is_decided_on_the_spot(value: Value | None, expected: Node) -> None:
    assert residual(Known("n"), {} if value is None else {"n": value}, {}) == expected


def test_unfolding_opens_one_rule_alone_by_one_level() -> None:
    assert unfold(Rule("frail"), {}, RULES) == All((Rule("ill"), C))
    assert unfold(Rule("frail"), {"c": "yes"}, RULES) == Rule("ill")
    assert unfold(Rule("ill"), {"a": "no"}, RULES) == B


def test_unfolding_leaves_a_rule_among_others_folded_and_a_decided_one_decided() -> None:
    assert unfold(All((Rule("ill"), D)), {}, RULES) == All((Rule("ill"), D))
    assert unfold(Rule("ill"), {"a": "yes"}, RULES) == ALWAYS


def test_open_facts_are_those_that_could_still_decide_in_order_of_the_condition() -> None:
    node = Any((All((D, E)), Rule("frail")))
    assert open_facts(node, {}, RULES) == ["d", "e", "a", "b", "c"]
    assert open_facts(node, {"d": "no"}, RULES) == ["a", "b", "c"]
    assert open_facts(node, {"d": "no", "a": "yes"}, RULES) == ["c"]
    assert open_facts(node, {"c": "no", "e": "no"}, RULES) == []


def test_open_facts_look_into_rules_behind_rules() -> None:
    assert open_facts(Not(Rule("alias")), {"b": "no"}, RULES) == ["a"]


@often
@given(conditions(), cases())
def test_only_what_is_undecided_stays_in_the_residual(it: Condition, case: Case) -> None:
    rest = residual(it.node, case, it.rules)
    if rest in (ALWAYS, NEVER):
        return
    for node in walk(rest):
        if isinstance(node, (*LEAVES, Rule)):
            assert truth_of(node, case, it.rules) is Truth.UNKNOWN
        else:
            assert node not in (ALWAYS, NEVER)
            assert not isinstance(node, (All, Any)) or len(node.parts) > 1


@often
@given(conditions(), cases())
def test_taking_the_residual_again_changes_nothing(it: Condition, case: Case) -> None:
    rest = residual(it.node, case, it.rules)
    assert residual(rest, case, it.rules) == rest


@often
@given(conditions(), cases())
def test_the_residual_is_never_longer_than_the_condition(it: Condition, case: Case) -> None:
    assert len(list(walk(residual(it.node, case, it.rules)))) <= len(list(walk(it.node)))


@often
@given(conditions(), cases())
def test_there_is_an_open_fact_exactly_when_the_condition_is_undecided(it: Condition, case: Case) -> None:
    found = open_facts(it.node, case, it.rules)
    assert bool(found) is (truth_of(it.node, case, it.rules) is Truth.UNKNOWN)
    assert set(found) <= set(facts_of(it.node, dict(it.rules)))
    assert [fact for fact in found if fact in case and is_exact(case[fact])] == []


def test_a_leaf_left_open_is_left_as_the_author_wrote_it() -> None:
    leaf = Compare("n", "<", 42.0, "6 weeks")
    rest = residual(All((leaf, A)), {"a": "yes"}, {})
    assert isinstance(rest, Compare)
    assert rest.written == "6 weeks"
    assert leaf_truth(rest, {"n": 41.0}) is Truth.YES
