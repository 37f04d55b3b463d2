"""Random conditions and random cases over one small vocabulary, for every suite that compares readers.

A case is always what someone sees of one whole patient, so two views of a patient never contradict each other.
Thresholds are whole numbers and patients also stand between them, so every side of every border is met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import inf

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from rootline.logic.tree import All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule
from rootline.logic.units import UNITS
from rootline.logic.values import YES_NO, Among, Amount, Between, Choice, FactType, Value, narrow
from rootline.readers.english import VOICES, Lexicon, Wording

often = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

FACTS: dict[str, FactType] = {
    "fever": YES_NO,
    "falls": YES_NO,
    "foot_drop": Choice(("absent", "partial", "complete")),
    "duration": Amount(UNITS["d"], 0.0, 6.0),
    "age": Amount(UNITS["a"], 0.0, 6.0),
}
RULES = ("first", "second", "third")
THRESHOLDS = (2.0, 4.0)
ENDS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
NUMBERS = tuple(step / 2 for step in range(13))
ORDERS = ("<", "<=", ">", ">=")

Case = dict[str, Value]
Patient = dict[str, Value]

CHOICES = {name: type_.values for name, type_ in FACTS.items() if isinstance(type_, Choice)}
AMOUNTS = tuple(name for name, type_ in FACTS.items() if isinstance(type_, Amount))


@dataclass(frozen=True)
class Condition:
    """A tree with the rules it may name; a later rule may stand on earlier ones."""

    node: Node
    rules: Mapping[str, Node] = field(default_factory=dict)


# --- trees: one strategy for each kind of node, so that the agreement suite can see a kind without one


def _some(below: SearchStrategy[Node], least: int) -> SearchStrategy[tuple[Node, ...]]:
    return st.lists(below, min_size=least, max_size=3).map(tuple)


LEAF: dict[type, SearchStrategy[Node]] = {
    Is: st.sampled_from([Is(fact, value) for fact, values in CHOICES.items() for value in values]),
    Compare: st.builds(
        lambda fact, order, amount: Compare(fact, order, amount, f"{amount:g} units"),
        st.sampled_from(AMOUNTS),
        st.sampled_from(ORDERS),
        st.sampled_from(THRESHOLDS),
    ),
    Known: st.builds(Known, st.sampled_from(list(FACTS))),
}
RULE: dict[type, SearchStrategy[Node]] = {Rule: st.builds(Rule, st.sampled_from(RULES))}


def wholes(below: SearchStrategy[Node]) -> dict[type, SearchStrategy[Node]]:
    """A strategy for each kind of node that has parts."""
    at_least = _some(below, 1).flatmap(
        lambda parts: st.builds(AtLeast, st.integers(1, len(parts)), st.just(parts)),
    )
    return {
        Not: st.builds(Not, below),
        All: st.builds(All, _some(below, 0)),
        Any: st.builds(Any, _some(below, 0)),
        AtLeast: at_least,
    }


@cache
def trees(depth: int = 3, rules: tuple[str, ...] = (), known: bool = True) -> SearchStrategy[Node]:
    """Trees over the vocabulary, so many levels deep, that may name these rules.

    Kept once made: `st.recursive`, or making strategies anew inside a draw, takes ten times as long.
    """
    leaves = [strategy for kind, strategy in LEAF.items() if known or kind is not Known]
    leaf = st.one_of(*leaves, *([st.builds(Rule, st.sampled_from(rules))] if rules else []))
    return st.one_of(leaf, *wholes(trees(depth - 1, rules, known)).values()) if depth else leaf


@cache
def whole_trees(rules: tuple[str, ...] = (), known: bool = True) -> SearchStrategy[Node]:
    """Trees of at least one level: a lone leaf says little about a reader."""
    return st.one_of(*wholes(trees(2, rules, known)).values())


@st.composite
def conditions(draw: st.DrawFn, *, known: bool = True) -> Condition:
    """A tree over nested rules: each rule may name the ones before it."""
    rules: dict[str, Node] = {}
    for place, name in enumerate(RULES):
        rules[name] = draw(trees(1 if place else 2, RULES[:place], known))
    return Condition(draw(whole_trees(RULES, known)), rules)


# --- cases


def patients() -> SearchStrategy[Patient]:
    """Patients of whom everything is known exactly."""
    return st.fixed_dictionaries(
        {
            name: st.sampled_from(type_.values) if isinstance(type_, Choice) else st.sampled_from(NUMBERS)
            for name, type_ in FACTS.items()
        }
    )


@st.composite
def spans(draw: st.DrawFn) -> Between:
    """Intervals of more than one number."""
    low, high = sorted(draw(st.lists(st.sampled_from(ENDS), min_size=2, max_size=2, unique=True)))
    return Between(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def _among(draw: st.DrawFn, exact: str, choices: tuple[str, ...]) -> Among:
    others = [choice for choice in choices if choice != exact]
    return Among(frozenset([exact, *draw(st.lists(st.sampled_from(others), min_size=1, unique=True))]))


@st.composite
def _between(draw: st.DrawFn, exact: float) -> Between:
    low = draw(st.sampled_from([-inf, *(end for end in ENDS if end <= exact)]))
    high = draw(st.sampled_from([inf, *(end for end in ENDS if end >= exact and end > low)]))
    return Between(low, high, low < exact and draw(st.booleans()), exact < high and draw(st.booleans()))


def _seen(exact: Value, type_: FactType) -> SearchStrategy[Value | None]:
    partly: SearchStrategy[Value]
    if isinstance(type_, Choice):
        assert isinstance(exact, str)
        partly = _among(exact, type_.values)
    else:
        assert isinstance(exact, float)
        partly = _between(exact)
    return st.one_of(st.none(), st.just(exact), partly)


@st.composite
def views(draw: st.DrawFn, patient: Patient) -> Case:
    """What someone knows of a patient: each fact exactly, partly or not at all."""
    seen = {name: draw(_seen(exact, FACTS[name])) for name, exact in patient.items()}
    return {name: value for name, value in seen.items() if value is not None}


def cases() -> SearchStrategy[Case]:
    """Random cases, exact, partial and empty."""
    return patients().flatmap(views)


@dataclass(frozen=True)
class Learning:
    """A case, the same case once more is learnt, and the patient both are true of."""

    less: Case
    more: Case
    patient: Patient


@st.composite
def learnings(draw: st.DrawFn) -> Learning:
    """A case and what it narrows to; every step between nothing and everything known."""
    patient = draw(patients())
    less, other = draw(views(patient)), draw(views(patient))
    return Learning(less, learn(less, other), patient)


def learn(case: Mapping[str, Value], more: Mapping[str, Value]) -> Case:
    """The case narrowed by further facts. Two views of one patient never contradict each other."""
    learnt = dict(case)
    for fact, value in more.items():
        both = narrow(learnt[fact], value) if fact in learnt else value
        assert both is not None, f"{learnt[fact]} and {value} are true of one patient, but narrow to nothing"
        learnt[fact] = both
    return learnt


# --- words: plain ones, without the words that join them

LEXICON = Lexicon(
    types=FACTS,
    values={
        (fact, value): Wording(f"{fact} {value}", f"you have {fact} {value}")
        for fact, values in CHOICES.items()
        for value in values
    },
    leads={fact: Wording(fact, f"your {fact} is") for fact in AMOUNTS},
    rules={
        (name, holds): Wording(f"{name} {holds}".lower(), f"you have {name} {holds}".lower())
        for name in RULES
        for holds in (True, False)
    },
)
voices = st.sampled_from(VOICES)
