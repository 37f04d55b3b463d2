"""The words of CQL for each kind of node, and what cannot be said in it."""

from __future__ import annotations

from itertools import product
from math import comb

import pytest

from rootline.errors import PackError
from rootline.logic.place import Place
from rootline.logic.tree import ALWAYS, NEVER, All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule, walk
from rootline.logic.truth import Truth
from rootline.logic.units import UNITS
from rootline.logic.values import YES_NO, Amount, Choice
from rootline.packs.cql_library import Definition, Library, Parameter
from rootline.packs.write_cql import as_cql, as_elm
from rootline.readers.cql import Names, cql, spread
from rootline.readers.evaluate import truth_of
from tests.cql.official import execute, translate, without_order

A, B, C, D = (Is(name, "yes") for name in "abcd")
NAMES = Names(
    {**dict.fromkeys("abcd", YES_NO), "foot": Choice(("none", "drop")), "age": Amount(UNITS["a"], 0.0, 120.0)},
    frozenset({"b"}),
)


@pytest.mark.parametrize(("node", "text"), [
    (A, '"a"'),
    (Is("a", "no"), 'not "a"'),
    (B, '"With findings: b"'),
    (Known("b"), '"With findings: b" is not null'),
    (Known("age"), '"age" is not null'),
    (Is("foot", "drop"), "\"foot\" = 'drop'"),
    (Compare("age", ">=", 65.0), '"age" >= 65.0'),
    (Compare("age", "<", 0.125), '"age" < 0.125'),
    (Compare("age", ">", -40.0), '"age" > -40.0'),
    (Rule("red_flag"), '"red_flag"'),
    (Not(Rule("red_flag")), 'not "red_flag"'),
    (Not(All((A, C))), 'not ("a" and "c")'),
    (All((A, Any((C, D)))), '"a" and ("c" or "d")'),
    (All((Is("foot", "none"), A)), "(\"foot\" = 'none') and \"a\""),
    (AtLeast(2, (A, C, D)), '("a" and ("c" or "d")) or ("c" and "d")'),
    (AtLeast(1, (A, C)), '"a" or "c"'),
    (ALWAYS, "true"),
    (NEVER, "false"),
    (Any((A,)), '"a"'),
])  # fmt: skip
def test_every_kind_of_node_is_said(node, text):
    assert cql(node, NAMES) == text


def test_a_long_condition_stands_on_several_lines():
    parts = tuple(Rule(f"a_rule_with_a_long_name_{letter}") for letter in "abcdef")
    assert cql(Any(parts), NAMES, 4).splitlines()[1:] == [f'    or "{part.name}"' for part in parts[1:]]


def test_an_amount_that_a_decimal_cannot_hold_is_refused_with_its_place():
    node = Compare("age", "<", 1 / 3, "4 months", Place("advice/x.yaml", 7))
    with pytest.raises(PackError, match=r"advice/x\.yaml:7: `age < 4 months` is 0\.333.*\n.*a short decimal"):
        cql(node, NAMES)


# --- counting


@pytest.mark.parametrize(("count", "size"), [(count, size) for size in range(1, 6) for count in range(1, size + 1)])
def test_counting_said_with_and_and_or_is_three_valued_counting(count, size):
    parts = tuple(Is(name, "yes") for name in "abcde"[:size])
    said = {Truth.YES: "yes", Truth.NO: "no"}
    written = spread(AtLeast(count, parts))
    assert not any(isinstance(node, AtLeast) for node in walk(written))
    for truths in product(Truth, repeat=size):
        case = {name: said[truth] for name, truth in zip("abcde", truths, strict=False) if truth in said}
        assert truth_of(written, case, {}) is truth_of(AtLeast(count, parts), case, {})


@pytest.mark.parametrize(("count", "size", "named"), [(2, 3, 5), (2, 6, 20), (3, 6, 34), (5, 10, 461)])
def test_counting_stays_short_for_the_sizes_that_guidelines_use(count, size, named):
    parts = tuple(Is(f"f{number}", "yes") for number in range(size))
    leaves = sum(isinstance(node, Is) for node in walk(spread(AtLeast(count, parts))))
    assert leaves == named < 2 * comb(size, count) + size


# --- names and texts of any kind, through the official translator and engine

ODD = ["isn't", 'said "so"', "back\\slash", "two\nlines", "naïve ≥ 5", "*/ // comment"]


def test_names_and_values_with_marks_of_their_own_survive_the_translator_and_the_engine():
    types = {f"fact {text}": Choice((text, "other")) for text in ODD}
    nodes: dict[str, Node] = {f"is {text}": Is(f"fact {text}", text) for text in ODD}
    parameters = tuple(Parameter(name, type_, name) for name, type_ in types.items())
    definitions = tuple(Definition(name, node, name) for name, node in nodes.items())
    library = Library("Odd", "1.0-é", ('It\'s "odd"\nhere.',), parameters, {}, definitions)
    errors, translated = translate(as_cql(library))
    assert errors == []
    assert without_order(translated) == without_order(as_elm(library))
    patients = [{f"fact {text}": text for text in ODD}, dict.fromkeys(types, "other"), {}]
    for made in (translated, as_elm(library)):
        rows = execute(made, patients)
        assert [set(row.values()) for row in rows] == [{"y"}, {"n"}, {"u"}]
        assert set(rows[0]) == set(nodes)
