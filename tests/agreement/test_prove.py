"""The solver means what the evaluator means: what it finds replays, and what it rules out is never met.

A second solver, built on another library and another encoding, agrees on everything that is Boolean.
"""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysat.formula import And, Atom, Formula, Neg, Or
from pysat.solvers import Solver

from rootline.checks.proofs import Prover
from rootline.checks.properties import properties
from rootline.logic.tree import KINDS, All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule, facts_of
from rootline.logic.truth import Truth
from rootline.logic.values import Choice
from rootline.readers.evaluate import truth_of
from rootline.readers.prove import Someone, find
from tests.agreement.strategies import CHOICES, FACTS, Case, Condition, Learning, cases, conditions, learnings, often

Y, N, U = Truth.YES, Truth.NO, Truth.UNKNOWN
SOME = [{Y}, {N}, {U}, {Y, U}, {N, U}]


def found_for(it: Condition, truths: set[Truth]):
    someone = Someone(FACTS, it.rules, {}, "")
    return find([someone.has(it.node, truths)], someone)


@often
@given(conditions(), st.sampled_from(SOME), st.lists(cases(), min_size=8, max_size=8))
def test_what_the_solver_finds_replays_and_what_it_rules_out_is_never_met(it, truths, people) -> None:
    found = found_for(it, truths)
    if found.outcome == "found":
        assert truth_of(it.node, found.values[0], it.rules) in truths
    else:
        assert found.outcome == "none"
        assert not [case for case in people if truth_of(it.node, case, it.rules) in truths]


@often
@given(conditions(), cases())
def test_a_case_that_is_met_is_possible_for_the_solver(it: Condition, case: Case) -> None:
    assert found_for(it, {truth_of(it.node, case, it.rules)}).outcome == "found"


LEAF_EXAMPLES: dict[type, list[Node]] = {
    Is: [Is("fever", "yes"), Is("foot_drop", "partial")],
    Compare: [Compare("age", order, 2.0) for order in ("<", "<=", ">", ">=")],
    Known: [Known("fever"), Known("age")],
    Rule: [Rule("first")],
    Not: [Not(Is("fever", "yes"))],
    All: [All((Is("fever", "yes"), Is("falls", "yes"))), All(())],
    Any: [Any((Is("fever", "yes"), Is("falls", "yes"))), Any(())],
    AtLeast: [AtLeast(2, (Is("fever", "yes"), Is("falls", "yes"), Compare("age", "<", 2.0)))],
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_node_reaches_the_same_truths_as_with_the_evaluator(kind: type) -> None:
    rules = {"first": Is("fever", "yes")}
    options: dict[str, list[object]] = {
        "fever": [None, "yes", "no"],
        "falls": [None, "yes", "no"],
        "foot_drop": [None, "absent", "partial"],
        "age": [None, 1.0, 2.0, 3.0],
    }
    cases_ = [
        {fact: value for fact, value in zip(options, values, strict=True) if value is not None}
        for values in product(*options.values())
    ]
    for node in LEAF_EXAMPLES[kind]:
        met = {truth_of(node, case, rules) for case in cases_}
        assert {truth for truth in Truth if found_for(Condition(node, rules), {truth}).outcome == "found"} == met


@often
@given(conditions(known=False), learnings())
def test_learning_is_seen_by_the_solver_as_it_is_met(it: Condition, learning: Learning) -> None:
    """A condition without `known` never goes back on a yes: the solver finds nobody for whom it does."""
    now, later = Someone(FACTS, it.rules, {}, ""), Someone(FACTS, it.rules, {}, " later")
    back = [now.has(it.node, {Y}), later.has(it.node, {N, U})]
    assert find([*back, later.has_learnt_from(now)], now, later).outcome == "none"


def test_learning_that_does_withdraw_is_found() -> None:
    node = Not(Known("age"))
    now, later = Someone(FACTS, {}, {}, ""), Someone(FACTS, {}, {}, " later")
    back = [now.has(node, {Y}), later.has(node, {N, U})]
    found = find([*back, later.has_learnt_from(now)], now, later)
    assert found.outcome == "found"
    assert truth_of(node, found.values[0], {}) is Y and truth_of(node, found.values[1], {}) is N


# --- a second solver


def other_finds(node: Node, truths: set[Truth], rules: dict[str, Node], types: dict[str, object]) -> bool:
    """Whether python-sat finds a patient; numbers are left out of it."""
    Formula.cleanup()
    limits = []
    for fact in facts_of(node, rules):
        type_ = types[fact]
        assert isinstance(type_, Choice)
        limits.append(Or(*(Atom(f"{fact}={value}") for value in type_.values)))
    options = []
    yes, no = both_ways(node, rules, types)
    for truth, claim in ((Y, yes), (N, no), (U, And(Neg(yes), Neg(no)))):
        if truth in truths:
            options.append(claim)
    with Solver(name="cadical153", bootstrap_with=And(anything(), Or(*options, nothing()), *limits)) as solver:
        return bool(solver.solve())


def nothing() -> object:
    """A claim that never holds; made anew, for the library forgets all formulas between two questions."""
    return And(Atom("nothing"), Neg(Atom("nothing")))


def anything() -> object:
    return Or(Atom("anything"), Neg(Atom("anything")))


def both_ways(node: Node, rules: dict[str, Node], types: dict[str, object]) -> tuple[object, object]:
    """The condition surely holds, and surely does not, over "can be this value" atoms."""
    if isinstance(node, Is):
        values = types[node.fact].values
        others = [Atom(f"{node.fact}={value}") for value in values if value != node.value]
        return Neg(Or(*others, nothing())), Neg(Atom(f"{node.fact}={node.value}"))
    if isinstance(node, Known):
        can = [Atom(f"{node.fact}={value}") for value in types[node.fact].values]
        two = Or(*(And(one, other) for one, other in combinations(can, 2)), nothing())
        return Neg(two), two
    if isinstance(node, Rule):
        return both_ways(rules[node.name], rules, types)
    if isinstance(node, Not):
        yes, no = both_ways(node.part, rules, types)
        return no, yes
    parts = [both_ways(part, rules, types) for part in node.parts]
    count = node.count if isinstance(node, AtLeast) else len(parts) if isinstance(node, All) else 1
    return at_least(count, [yes for yes, _ in parts]), at_least(len(parts) - count + 1, [no for _, no in parts])


def at_least(count: int, claims: list[object]) -> object:
    if count > len(claims):
        return nothing()
    if count <= 0:
        return anything()
    return Or(*(And(*chosen, anything()) for chosen in combinations(claims, count)), nothing())


def is_boolean(node: Node, rules: dict[str, Node]) -> bool:
    return all(fact in CHOICES for fact in facts_of(node, rules))


@often
@given(conditions(), st.sampled_from(SOME))
def test_a_second_solver_agrees_on_random_boolean_conditions(it: Condition, truths: set[Truth]) -> None:
    boolean = Condition(_without_numbers(it.node), {name: _without_numbers(rule) for name, rule in it.rules.items()})
    assert is_boolean(boolean.node, dict(boolean.rules))
    ours = found_for(boolean, truths).outcome
    assert ours == ("found" if other_finds(boolean.node, truths, dict(boolean.rules), FACTS) else "none")


def _without_numbers(node: Node) -> Node:
    """The same shape with a yes/no fact wherever a number is looked at."""
    if isinstance(node, Compare) or (isinstance(node, Known) and node.fact not in CHOICES):
        return Is("falls", "yes")
    if isinstance(node, Not):
        return Not(_without_numbers(node.part))
    if isinstance(node, (All, Any)):
        return type(node)(tuple(_without_numbers(part) for part in node.parts))
    if isinstance(node, AtLeast):
        return AtLeast(node.count, tuple(_without_numbers(part) for part in node.parts))
    return node


def test_a_second_solver_agrees_on_every_boolean_property_of_the_pack(pack) -> None:
    """Combinations without numbers and findings: the same outcome, whichever way it goes."""
    prover = Prover(pack)
    compared = dict.fromkeys(("found", "none"), 0)
    for claim in properties(pack):
        for together in claim.combinations if claim.kind != "kept" else ():
            nodes = [seen.node for seen in together]
            facts = {fact for node in nodes for fact in facts_of(node, pack.conditions)}
            if facts & set(pack.findings) or any(not isinstance(pack.types[fact], Choice) for fact in facts):
                continue
            both = All(
                tuple(node if seen.truths == {Y} else Not(node) for node, seen in zip(nodes, together, strict=True))
            )
            if not all(seen.truths in ({Y}, {N}) for seen in together):
                continue
            ours = prover.find(together).outcome
            assert ours == ("found" if other_finds(both, {Y}, pack.conditions, dict(pack.types)) else "none"), (
                claim.name
            )
            compared[ours] += 1
    assert compared["found"] > 50
    assert sum(compared.values()) > 60
