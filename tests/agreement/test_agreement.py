"""Every reader of the tree means the same: all kinds of node, all truths, random trees over random cases.

A reader that is added joins `READERS`; a kind of node that is added fails here by name until it has an example.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rootline.errors import PackError
from rootline.logic.check import refuse_unstable
from rootline.logic.tree import (
    ALWAYS,
    KINDS,
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
from rootline.logic.truth import Truth
from rootline.logic.values import YES_NO
from rootline.readers.crowd import Crowd
from rootline.readers.english import Lexicon, Voice, Wording, english
from rootline.readers.evaluate import Compiled, Values, trace, truth_of
from rootline.readers.residual import residual
from tests.agreement.strategies import (
    LEAF,
    LEXICON,
    RULE,
    Case,
    Condition,
    Learning,
    cases,
    conditions,
    learnings,
    often,
    trees,
    voices,
    wholes,
)

Y, N, U = Truth.YES, Truth.NO, Truth.UNKNOWN
Reader = Callable[[Node, Values, Mapping[str, Node]], Truth]


def _decided(node: Node) -> Truth:
    return Y if node == ALWAYS else N if node == NEVER else U


def _of_one(has_it: int, has_it_not: int) -> Truth:
    return Y if has_it else N if has_it_not else U


READERS: dict[str, Reader] = {
    "tree walk": truth_of,
    "compiled": lambda node, values, rules: Compiled({"x": node}, rules)(values)["x"],
    "trace": lambda node, values, rules: trace(node, values, rules).truth,
    "residual": lambda node, values, rules: _decided(residual(node, values, rules)),
    "tree walk of residual": lambda node, values, rules: truth_of(residual(node, values, rules), values, rules),
    "crowd": lambda node, values, rules: _of_one(*Crowd([values], rules).masks(node)),
    "compiled residual": lambda node, values, rules: Compiled({"x": residual(node, values, rules)}, rules)(values)["x"],
}

# --- every kind of node under every combination of truths, against two-valued logic over all completions

P, Q, R = (Is(name, "yes") for name in "pqr")
Meaning = Callable[[Sequence[Truth]], Truth]


def whatever_comes(two_valued: Callable[[Sequence[bool]], bool]) -> Meaning:
    """Unknown as it is meant: yes when every completion gives yes, no when every one gives no."""

    def meaning(truths: Sequence[Truth]) -> Truth:
        options = [(True, False) if truth is U else (truth is Y,) for truth in truths]
        outcomes = {two_valued(completed) for completed in product(*options)}
        return U if len(outcomes) == 2 else Y if outcomes == {True} else N

    return meaning


# Each example: a node over p, q and r (and n, a number under 2 exactly when p), how many it looks at, its meaning.
SAMPLES: dict[type, list[tuple[Node, int, Meaning]]] = {
    Is: [(P, 1, whatever_comes(all)), (Is("p", "no"), 1, whatever_comes(lambda t: not t[0]))],
    Compare: [
        (Compare("n", "<", 2.0), 1, whatever_comes(all)),
        (Compare("n", "<=", 2.0), 1, whatever_comes(all)),
        (Compare("n", ">", 2.0), 1, whatever_comes(lambda t: not t[0])),
        (Compare("n", ">=", 2.0), 1, whatever_comes(lambda t: not t[0])),
    ],
    Known: [(Known("p"), 1, lambda t: N if t[0] is U else Y), (Known("n"), 1, lambda t: N if t[0] is U else Y)],
    Rule: [(Rule("p"), 1, whatever_comes(all)), (Rule("p or q"), 2, whatever_comes(any))],
    Not: [(Not(P), 1, whatever_comes(lambda t: not t[0])), (Not(Not(P)), 1, whatever_comes(all))],
    All: [(All((P, Q, R)[:size]), size, whatever_comes(all)) for size in range(4)],
    Any: [(Any((P, Q, R)[:size]), size, whatever_comes(any)) for size in range(4)],
    AtLeast: [
        (AtLeast(count, (P, Q, R)[:size]), size, whatever_comes(lambda t, count=count: sum(t) >= count))
        for size in (1, 2, 3)
        for count in range(1, size + 1)
    ],
}
RULES: dict[str, Node] = {"p": P, "p or q": Any((Rule("p"), Q))}


def case_of(truths: Sequence[Truth]) -> Case:
    """The case in which p, q and r have these truths."""
    said = {Y: "yes", N: "no"}
    case: Case = {name: said[truth] for name, truth in zip("pqr", truths, strict=False) if truth is not U}
    if truths and truths[0] is not U:
        case["n"] = 1.0 if truths[0] is Y else 3.0
    return case


def test_every_kind_of_node_has_an_example_and_a_random_strategy() -> None:
    random = {**LEAF, **RULE, **wholes(trees())}
    missing = [kind.__name__ for kind in KINDS if not SAMPLES.get(kind) or kind not in random]
    assert not missing, f"the readers are not compared on: {', '.join(missing)}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_examples_of_a_kind_are_of_that_kind_and_reach_every_truth(kind: type) -> None:
    reached = set()
    for node, size, meaning in SAMPLES[kind]:
        assert type(node) is kind
        reached |= {meaning(truths) for truths in product(Truth, repeat=size)}
    assert reached == ({Y, N} if kind is Known else set(Truth))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_gives_every_kind_its_meaning_for_every_combination_of_truths(reader: str, kind: type) -> None:
    for node, size, meaning in SAMPLES[kind]:
        for truths in product(Truth, repeat=size):
            assert READERS[reader](node, case_of(truths), RULES) is meaning(truths), (node, truths)


def test_random_conditions_and_cases_really_meet_every_kind_with_every_truth() -> None:
    met: set[tuple[type, Truth]] = set()

    @often
    @given(conditions(), cases())
    def meet(it: Condition, case: Case) -> None:
        for top in (it.node, *it.rules.values()):
            met.update((type(node), truth_of(node, case, it.rules)) for node in walk(top))

    meet()
    wanted = set(product(KINDS, Truth)) - {(Known, U)}
    assert {f"{kind.__name__} {truth}" for kind, truth in wanted - met} == set()
    assert (Known, U) not in met


# --- random trees, random cases


@often
@given(conditions(), cases())
def test_every_reader_agrees_on_random_conditions_and_cases(it: Condition, case: Case) -> None:
    truths = {name: reader(it.node, case, it.rules) for name, reader in READERS.items()}
    assert set(truths.values()) == {truths["tree walk"]}, truths


@often
@given(conditions(), cases(), cases())
def test_conditions_compiled_together_do_not_disturb_each_other_nor_the_next_case(
    it: Condition, first: Case, second: Case
) -> None:
    together = {**it.rules, "whole": it.node, "not": Not(it.node), "both": All((it.node, *it.rules.values()))}
    compiled = Compiled(together, it.rules)
    for case in (first, second, {}, first):
        expected = {name: truth_of(node, case, it.rules) for name, node in together.items()}
        assert compiled(case) == expected
        assert compiled.bits(case) == tuple(truth.value for truth in expected.values())


@often
@given(conditions(known=False), learnings())
def test_the_residual_means_the_same_once_further_facts_come_in(it: Condition, learning: Learning) -> None:
    left = residual(it.node, learning.less, it.rules)
    for later in (learning.more, learning.patient):
        assert truth_of(left, later, it.rules) is truth_of(it.node, later, it.rules)


@often
@given(conditions(known=False), learnings())
def test_putting_facts_in_step_by_step_leaves_what_putting_them_in_at_once_leaves_open(
    it: Condition, learning: Learning
) -> None:
    stepwise = residual(residual(it.node, learning.less, it.rules), learning.more, it.rules)
    at_once = residual(it.node, learning.more, it.rules)
    assert _decided(stepwise) is _decided(at_once)
    assert truth_of(stepwise, learning.patient, it.rules) is truth_of(at_once, learning.patient, it.rules)


@often
@given(conditions(known=False), learnings())
def test_learning_more_never_changes_a_yes_or_a_no(it: Condition, learning: Learning) -> None:
    before = truth_of(it.node, learning.less, it.rules)
    assume(before is not U)
    assert truth_of(it.node, learning.more, it.rules) is before
    assert truth_of(it.node, learning.patient, it.rules) is before


@often
@given(conditions(known=False), learnings())
def test_once_everything_is_known_nothing_is_unknown(it: Condition, learning: Learning) -> None:
    assert truth_of(it.node, learning.patient, it.rules) is not U


@often
@given(LEAF[Known], learnings())
def test_known_itself_goes_only_from_no_to_yes(node: Node, learning: Learning) -> None:
    steps = [truth_of(node, case, {}) for case in (learning.less, learning.more, learning.patient)]
    assert steps in ([N, N, Y], [N, Y, Y], [Y, Y, Y])


def passes(it: Condition, *, anywhere: bool) -> bool:
    try:
        refuse_unstable(it.node, dict(it.rules), anywhere=anywhere)
    except PackError:
        return False
    return True


@often
@given(conditions(), learnings())
def test_what_the_check_lets_through_never_withdraws_a_yes(it: Condition, learning: Learning) -> None:
    assume(passes(it, anywhere=False))
    assume(truth_of(it.node, learning.less, it.rules) is Y)
    assert truth_of(it.node, learning.more, it.rules) is Y


@often
@given(conditions(), learnings())
def test_what_the_strict_check_lets_through_never_withdraws_anything(it: Condition, learning: Learning) -> None:
    assume(passes(it, anywhere=True))
    before = truth_of(it.node, learning.less, it.rules)
    assert before is U or truth_of(it.node, learning.more, it.rules) is before


def test_what_the_check_refuses_does_withdraw_a_yes() -> None:
    it = Condition(Not(Known("fever")))
    assert not passes(it, anywhere=False)
    assert (truth_of(it.node, {}, {}), truth_of(it.node, {"fever": "no"}, {})) == (Y, N)


@often
@given(conditions(), st.lists(cases(), min_size=2, max_size=6))
def test_a_crowd_keeps_its_people_apart(it: Condition, people: list[Case]) -> None:
    has_it, has_it_not = Crowd(people, it.rules).masks(it.node)
    seen = [_of_one(has_it >> place & 1, has_it_not >> place & 1) for place in range(len(people))]
    assert seen == [truth_of(it.node, case, it.rules) for case in people]


# --- english


@often
@given(conditions(), voices)
def test_a_random_condition_is_said_in_full_words(it: Condition, voice: Voice) -> None:
    said = english(it.node, LEXICON, voice)
    assert "None" not in said
    assert "()" not in said
    assert said.count("(") == said.count(")")
    parts = said.replace("(", "").replace(")", "")
    for joint in (" of: ", "; and ", "; or ", ", and ", ", or ", " and ", " or ", ", "):
        parts = parts.replace(joint, "\n")
    for part in parts.split("\n"):
        assert part
        assert part == part.strip(" ,;:"), said


@often
@given(conditions(), voices)
def test_everything_a_condition_looks_at_is_named_in_its_words(it: Condition, voice: Voice) -> None:
    said = english(it.node, LEXICON, voice)
    looked_at = {node.name if isinstance(node, Rule) else fact for node in walk(it.node) for fact in ["", *_own(node)]}
    assert [name for name in looked_at if name not in said] == []


def _own(node: Node) -> list[str]:
    return [] if isinstance(node, Rule) or parts_of(node) else facts_of(node, {})


ATOMS = tuple(Is(name, "yes") for name in "abcd")
LETTERS = Lexicon(
    types=dict.fromkeys("abcd", YES_NO),
    values={(name, "yes"): Wording(name, name) for name in "abcd"}
    | {(name, "no"): Wording(f"no {name}", f"no {name}") for name in "abcd"},
    leads={},
    rules={},
)


def groups(members: Iterable[Node], size: int, kinds: Sequence[type] = (All, Any)) -> list[Node]:
    return [kind(parts) for parts in combinations(members, size) for kind in kinds]


def same_words_but_another_meaning(nodes: Sequence[Node]) -> list[tuple[str, Node, Node]]:
    """Pairs said alike that differ in truth for some patient, known in full or in part."""
    compiled = Compiled({str(place): node for place, node in enumerate(nodes)}, {})
    patients = [
        {name: value for name, value in zip("abcd", seen, strict=True) if value}
        for seen in product(("yes", "no", ""), repeat=4)
    ]
    meanings = list(zip(*(compiled.bits(patient) for patient in patients), strict=True))
    said: dict[str, dict[tuple[int, ...], Node]] = defaultdict(dict)
    for node, meaning in zip(nodes, meanings, strict=True):
        said[english(node, LETTERS, "clinician")].setdefault(meaning, node)
    return [(words, *list(found.values())[:2]) for words, found in said.items() if len(found) > 1]


COUNTS: list[Node] = [AtLeast(2, parts) for parts in combinations(ATOMS, 3)] + [AtLeast(2, ATOMS), AtLeast(3, ATOMS)]
FLAT: list[Node] = [*groups(ATOMS, 2), *groups(ATOMS, 3), *COUNTS]
TWO_DEEP = [kind((atom, group)) for atom in ATOMS for group in FLAT for kind in (All, Any)]


def test_conditions_with_different_meanings_are_said_in_different_words() -> None:
    nested = [kind((atom, group)) for atom in ATOMS for group in TWO_DEEP for kind in (All, Any)]
    pairs = groups(FLAT, 2)
    nodes = [*ATOMS, *FLAT, *TWO_DEEP, *pairs, *nested]
    nodes += [Not(node) for node in nodes]
    assert same_words_but_another_meaning(nodes)[:3] == []


def test_counts_over_groups_with_different_meanings_are_said_in_different_words() -> None:
    members = [*groups(ATOMS, 2), *groups(ATOMS, 3)]
    nodes: list[Node] = [*FLAT, *(AtLeast(2, (atom, *two)) for atom in ATOMS for two in combinations(members, 2))]
    for group in members:
        nodes += [AtLeast(2, parts) for atom in ATOMS for parts in ((atom, group), (group, atom))]
        for a, b in combinations(ATOMS, 2):
            nodes += [AtLeast(2, parts) for parts in ((a, b, group), (a, group, b), (group, a, b))]
    assert same_words_but_another_meaning(nodes)[:3] == []


def test_counts_inside_counts_with_different_meanings_are_said_in_different_words() -> None:
    a, b, c, d = ATOMS
    nodes: list[Node] = [AtLeast(2, (AtLeast(2, (a, b)), c, d)), AtLeast(2, (AtLeast(2, (a, b, c)), d))]
    assert same_words_but_another_meaning(nodes) == []
