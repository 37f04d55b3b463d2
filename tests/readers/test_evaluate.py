"""The truth of leaves for exact and partial values, the trace, and the compiled form of many conditions."""

from __future__ import annotations

import pytest
from hypothesis import given

from rootline.logic.tree import ALWAYS, NEVER, All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule
from rootline.logic.truth import Truth
from rootline.logic.values import Among, Between, Value
from rootline.readers.evaluate import Compiled, Trace, leaf_truth, trace, truth_of
from tests.agreement.strategies import (
    LEAF,
    NUMBERS,
    ORDERS,
    THRESHOLDS,
    Case,
    Condition,
    cases,
    conditions,
    often,
    spans,
)

Y, N, U = Truth.YES, Truth.NO, Truth.UNKNOWN
FEVER, COUGH = Is("fever", "yes"), Is("cough", "yes")


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        ("partial", Y),
        ("complete", N),
        (Among(frozenset({"partial", "complete"})), U),
        (Among(frozenset({"none", "complete"})), N),
        (None, U),
    ],
)
def test_is_by_what_is_known_of_the_fact(value: Value | None, truth: Truth) -> None:
    values = {} if value is None else {"foot_drop": value}
    assert leaf_truth(Is("foot_drop", "partial"), values) is truth


def test_is_no_of_a_fact_is_not_taken_from_silence() -> None:
    assert leaf_truth(Is("fever", "no"), {}) is U
    assert leaf_truth(Is("fever", "no"), {"fever": "no"}) is Y


# what is known of a number, and the truth of < 4, <= 4, > 4, >= 4
COMPARED: list[tuple[Value | None, tuple[Truth, Truth, Truth, Truth]]] = [
    (None, (U, U, U, U)),
    (3.0, (Y, Y, N, N)),
    (4.0, (N, Y, N, Y)),
    (5.0, (N, N, Y, Y)),
    (Between(1.0, 3.0), (Y, Y, N, N)),
    (Between(1.0, 4.0), (U, Y, N, U)),
    (Between(1.0, 4.0, high_open=True), (Y, Y, N, N)),
    (Between(4.0, 6.0), (N, U, U, Y)),
    (Between(4.0, 6.0, low_open=True), (N, N, Y, Y)),
    (Between(3.0, 5.0), (U, U, U, U)),
    (Between(5.0, 6.0), (N, N, Y, Y)),
    (Between(low=4.0, low_open=True), (N, N, Y, Y)),
    (Between(high=4.0), (U, Y, N, U)),
    (Between(), (U, U, U, U)),
]


@pytest.mark.parametrize(("value", "truths"), COMPARED)
def test_a_comparison_is_decided_exactly_at_its_border(value: Value | None, truths: tuple[Truth, ...]) -> None:
    values = {} if value is None else {"age": value}
    assert tuple(leaf_truth(Compare("age", order, 4.0), values) for order in ORDERS) == truths


@often
@given(spans())
def test_a_comparison_is_unknown_only_when_numbers_in_the_interval_differ_on_it(span: Between) -> None:
    inside = [
        number
        for number in NUMBERS
        if (span.low < number or (span.low == number and not span.low_open))
        and (number < span.high or (number == span.high and not span.high_open))
    ]
    for order in ORDERS:
        for amount in THRESHOLDS:
            leaf = Compare("age", order, amount)
            truths = {leaf_truth(leaf, {"age": number}) for number in inside}
            assert leaf_truth(leaf, {"age": span}) is (truths.pop() if len(truths) == 1 else U)


@pytest.mark.parametrize(
    ("value", "truth"),
    [("no", Y), (0.0, Y), (Among(frozenset({"yes", "no"})), N), (Between(1.0, 2.0), N), (None, N)],
)
def test_known_is_yes_only_for_an_exact_value_and_never_unknown(value: Value | None, truth: Truth) -> None:
    assert leaf_truth(Known("fact"), {} if value is None else {"fact": value}) is truth


def test_a_rule_has_the_truth_of_its_definition() -> None:
    rules: dict[str, Node] = {"ill": Any((FEVER, Rule("frail"))), "frail": Not(COUGH)}
    assert truth_of(Rule("ill"), {"fever": "no", "cough": "no"}, rules) is Y
    assert truth_of(Rule("ill"), {"fever": "no", "cough": "yes"}, rules) is N
    assert truth_of(Rule("ill"), {"fever": "no"}, rules) is U


def test_always_and_never_need_no_facts() -> None:
    assert truth_of(ALWAYS, {}, {}) is Y
    assert truth_of(NEVER, {}, {}) is N


def test_a_trace_shows_each_part_with_its_truth_and_a_rule_with_its_definition() -> None:
    rules: dict[str, Node] = {"ill": Any((FEVER, COUGH))}
    node = All((Not(Known("age")), Rule("ill"), AtLeast(1, (COUGH,))))
    assert trace(node, {"fever": "yes"}, rules) == Trace(
        node,
        U,
        (
            Trace(Not(Known("age")), Y, (Trace(Known("age"), N),)),
            Trace(Rule("ill"), Y, (Trace(rules["ill"], Y, (Trace(FEVER, Y), Trace(COUGH, U))),)),
            Trace(AtLeast(1, (COUGH,)), U, (Trace(COUGH, U),)),
        ),
    )


@often
@given(conditions(), cases())
def test_every_step_of_a_trace_has_the_truth_of_its_node(it: Condition, case: Case) -> None:
    def steps(step: Trace) -> list[Trace]:
        return [step, *(below for part in step.parts for below in steps(part))]

    for step in steps(trace(it.node, case, it.rules)):
        assert step.truth is truth_of(step.node, case, it.rules)


def test_compiled_conditions_are_answered_by_name_in_their_order() -> None:
    compiled = Compiled({"b": FEVER, "a": Not(FEVER), "c": Rule("ill")}, {"ill": All((FEVER, COUGH))})
    assert list(compiled({}).items()) == [("b", U), ("a", U), ("c", U)]
    assert compiled({"fever": "yes", "cough": "no"}) == {"b": Y, "a": N, "c": N}
    assert compiled.bits({"fever": "yes"}) == (1, 2, 3)


def test_no_conditions_compile_to_no_answers() -> None:
    assert Compiled({}, {"ill": FEVER})({"fever": "yes"}) == {}


def test_compiled_conditions_ignore_facts_they_do_not_look_at() -> None:
    assert Compiled({"x": FEVER}, {})({"shoe_size": 42.0, "fever": "yes"}) == {"x": Y}


def test_comparisons_written_differently_but_meaning_the_same_share_one_place() -> None:
    nodes = {"a": Compare("age", "<", 1.0, "1 year"), "b": Compare("age", "<", 1.0, "12 months")}
    assert Compiled(nodes, {})({"age": 0.5}) == {"a": Y, "b": Y}


def test_leaves_that_look_alike_but_differ_are_kept_apart() -> None:
    nodes: dict[str, Node] = {
        "is": FEVER,
        "is no": Is("fever", "no"),
        "known": Known("fever"),
        "other": COUGH,
        "all": All((FEVER, COUGH)),
        "any": Any((FEVER, COUGH)),
        "one": AtLeast(1, (FEVER, COUGH)),
        "two": AtLeast(2, (FEVER, COUGH)),
    }
    assert Compiled(nodes, {})({"fever": "yes", "cough": "no"}) == {
        "is": Y, "is no": N, "known": Y, "other": N, "all": N, "any": Y, "one": Y, "two": N,
    }  # fmt: skip


def test_a_count_over_nothing_is_the_same_compiled_as_walked() -> None:
    node = AtLeast(1, ())
    assert Compiled({"x": node}, {})({}) == {"x": truth_of(node, {}, {})} == {"x": N}


def test_every_kind_of_leaf_is_among_the_random_ones() -> None:
    assert set(LEAF) == {Is, Compare, Known}
