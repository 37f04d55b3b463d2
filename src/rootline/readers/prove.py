"""What holds for every possible patient: conditions over a patient of whom nothing is fixed, given to z3.

A symbolic patient may know each fact exactly, partly or not at all, so "for all" runs over every case the evaluator
can meet. Which claims are worth proving is not decided here. z3 is imported only here (extra `verify`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any as Claim
from typing import Literal

from rootline.errors import NotFoundError
from rootline.logic.tree import LEAVES, All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule
from rootline.logic.truth import Truth
from rootline.logic.values import Among, Amount, Between, FactType, Value

try:
    import z3
except ImportError as error:
    raise NotFoundError("proofs need z3", mend="Install it: `pip install 'rootline[verify]'`.") from error

SECONDS = 10  # for one question; what takes longer is undecided


@dataclass(frozen=True)
class _Choices:
    """A fact of a few values: which of them it can still be."""

    can: dict[str, Claim]

    def told(self) -> Claim:
        return z3.Not(z3.And(*self.can.values()))

    def exact(self) -> Claim:
        return z3.PbEq([(can, 1) for can in self.can.values()], 1)


@dataclass(frozen=True)
class _Span:
    """A number: whether it is told at all, and the interval it lies in."""

    is_told: Claim
    low: Claim
    high: Claim
    low_open: Claim
    high_open: Claim

    def told(self) -> Claim:
        return self.is_told

    def exact(self) -> Claim:
        return z3.And(self.is_told, self.low == self.high)

    def below(self, amount: float, *, strict: bool) -> tuple[Claim, Claim]:
        """Surely below the amount (or, not strict, equal to it), and surely not; as `evaluate` has it."""
        surely = z3.Or(self.high < amount, z3.And(self.high == amount, z3.BoolVal(not strict) | self.high_open))
        never = z3.Or(self.low > amount, z3.And(self.low == amount, z3.BoolVal(strict) | self.low_open))
        return z3.And(self.is_told, surely), z3.And(self.is_told, never)


class Someone:
    """A patient of whom nothing is fixed: the truth of every condition is a claim that the solver may fill."""

    def __init__(
        self, types: Mapping[str, FactType], rules: Mapping[str, Node], findings: Mapping[str, Iterable[Node]], tag: str
    ) -> None:
        self._types, self._rules, self._findings, self._tag = types, rules, findings, tag
        self._facts: dict[str, _Choices | _Span] = {}
        self._sure: dict[Node, tuple[Claim, Claim]] = {}
        self.limits: list[Claim] = []  # what makes it a patient: something is possible, numbers are in bounds

    def has(self, node: Node, truths: Set[Truth]) -> Claim:
        """The condition has one of these truths."""
        yes, no = self._surely(node)
        claims = {Truth.YES: yes, Truth.NO: no, Truth.UNKNOWN: z3.And(z3.Not(yes), z3.Not(no))}
        return z3.Or(*(claims[truth] for truth in Truth if truth in truths))

    def score(self, weighted: Iterable[tuple[Node, int]]) -> Claim:
        """The sum of the weights of the conditions that surely hold: a number that can be compared."""
        return z3.Sum([z3.If(self._surely(node)[0], z3.IntVal(weight), z3.IntVal(0)) for node, weight in weighted])

    def knows_at_most(self, count: int) -> Claim:
        """Something is known of no more than so many facts, of those that the claims made so far look at."""
        return z3.PbLe([(fact.told(), 1) for fact in self._facts.values()], count)

    def has_learnt_from(self, before: Someone) -> Claim:
        """This patient is the other one, of whom more is known; no finding contradicts what was told."""
        claims = []
        for fact in {*self._facts, *before._facts}:
            now, then = self._fact(fact), before._fact(fact)
            if isinstance(now, _Choices) and isinstance(then, _Choices):
                claims += [z3.Implies(now.can[value], then.can[value]) for value in now.can]
                if fact in self._findings:
                    claims.append(z3.Implies(z3.Or(*self._found(fact)), now.can["yes"]))
            elif isinstance(now, _Span) and isinstance(then, _Span):
                low = z3.Or(now.low > then.low, z3.And(now.low == then.low, z3.Implies(then.low_open, now.low_open)))
                high = z3.Or(
                    now.high < then.high, z3.And(now.high == then.high, z3.Implies(then.high_open, now.high_open))
                )
                claims.append(z3.Implies(then.is_told, z3.And(now.is_told, low, high)))
        return z3.And(*claims)

    def values(self, model: Claim) -> dict[str, Value]:
        """The case that the solver found."""
        read = {fact: self._value(fact, model) for fact in self._types if fact in self._facts}
        return {fact: value for fact, value in read.items() if value is not None}

    def _fact(self, fact: str) -> _Choices | _Span:
        if fact not in self._facts:
            type_ = self._types[fact]
            name = f"{fact}{self._tag}"
            self._facts[fact] = (
                self._new_span(name, type_) if isinstance(type_, Amount) else self._new_choices(name, type_.values)
            )
            for node in self._findings.get(fact, ()):
                self._surely(node)
        return self._facts[fact]

    def _new_choices(self, name: str, values: tuple[str, ...]) -> _Choices:
        found = _Choices({value: z3.Bool(f"{name} can be {value}") for value in values})
        self.limits.append(z3.Or(*found.can.values()))
        return found

    def _new_span(self, name: str, type_: Amount) -> _Span:
        found = _Span(
            z3.Bool(f"{name} told"), z3.Real(f"{name} low"), z3.Real(f"{name} high"),
            z3.Bool(f"{name} low open"), z3.Bool(f"{name} high open"),
        )  # fmt: skip
        self.limits += [
            found.low >= type_.low,
            found.low <= found.high,
            found.high <= type_.high,
            z3.Implies(found.low == found.high, z3.Not(z3.Or(found.low_open, found.high_open))),
        ]
        return found

    def _found(self, fact: str) -> list[Claim]:
        return [self._surely(node)[0] for node in self._findings.get(fact, ())]

    def _surely(self, node: Node) -> tuple[Claim, Claim]:
        if node not in self._sure:
            self._sure[node] = self._read(node)
        return self._sure[node]

    def _read(self, node: Node) -> tuple[Claim, Claim]:
        if isinstance(node, LEAVES):
            return self._leaf(node)
        if isinstance(node, Rule):
            return self._surely(self._rules[node.name])
        if isinstance(node, Not):
            yes, no = self._surely(node.part)
            return no, yes
        both = [self._surely(part) for part in node.parts]
        yes_of, no_of = [yes for yes, _ in both], [no for _, no in both]
        if isinstance(node, All):
            return z3.And(*yes_of), z3.Or(*no_of)
        if isinstance(node, Any):
            return z3.Or(*yes_of), z3.And(*no_of)
        assert isinstance(node, AtLeast)
        return _at_least(yes_of, node.count), _at_least(no_of, len(both) - node.count + 1)

    def _leaf(self, leaf: Is | Compare | Known) -> tuple[Claim, Claim]:
        fact = self._fact(leaf.fact)
        if isinstance(leaf, Known):
            exact = z3.Or(fact.exact(), *self._found(leaf.fact))
            return exact, z3.Not(exact)
        if isinstance(leaf, Is):
            assert isinstance(fact, _Choices)
            others = [can for value, can in fact.can.items() if value != leaf.value]
            yes, no = z3.Not(z3.Or(*others)), z3.Not(fact.can[leaf.value])
            if leaf.fact not in self._findings:
                return yes, no
            found = z3.Or(*self._found(leaf.fact))  # what was told no longer counts
            is_yes = leaf.value == "yes"
            return (z3.Or(found, yes), z3.And(z3.Not(found), no)) if is_yes else (
                z3.And(z3.Not(found), yes), z3.Or(found, no)
            )  # fmt: skip
        assert isinstance(fact, _Span)
        if leaf.order in (">", ">="):  # x > c is the opposite of x <= c
            no, yes = fact.below(leaf.amount, strict=leaf.order == ">=")
            return yes, no
        return fact.below(leaf.amount, strict=leaf.order == "<")

    def _value(self, fact: str, model: Claim) -> Value | None:
        found = self._facts[fact]
        if isinstance(found, _Choices):
            can = [value for value, one in found.can.items() if z3.is_true(model.eval(one, model_completion=True))]
            return None if len(can) == len(found.can) else can[0] if len(can) == 1 else Among(frozenset(can))
        if not z3.is_true(model.eval(found.is_told, model_completion=True)):
            return None
        low, high = (_number(model.eval(end, model_completion=True)) for end in (found.low, found.high))
        if low == high:
            return low
        low_open, high_open = (
            z3.is_true(model.eval(end, model_completion=True)) for end in (found.low_open, found.high_open)
        )
        return Between(low, high, low_open, high_open)


def _at_least(claims: list[Claim], count: int) -> Claim:
    return z3.BoolVal(False) if count > len(claims) else z3.PbGe([(claim, 1) for claim in claims], count)


def _number(value: Claim) -> float:
    return float(value.as_fraction())


def differs(one: Someone, node: Node, other: Someone, changed: Node) -> Claim:
    """The first condition, as the one sees it, has another truth than the second as the other does."""
    return z3.Or(*(one.has(node, {truth}) != other.has(changed, {truth}) for truth in (Truth.YES, Truth.NO)))


def either(claims: Iterable[Claim]) -> Claim:
    """At least one of the claims holds."""
    return z3.Or(*claims)


def all_of(*claims: Claim) -> Claim:
    """All of the claims hold."""
    return z3.And(*claims)


@dataclass(frozen=True)
class Found:
    """What the solver says of a claim: a patient for whom it holds, that there is none, or that it cannot tell."""

    outcome: Literal["found", "none", "undecided"]
    values: tuple[dict[str, Value], ...] = ()  # one case for each person asked about


def find(claims: Iterable[Claim], *people: Someone) -> Found:
    """Patients for whom all the claims hold."""
    solver = z3.Solver()
    solver.set("timeout", SECONDS * 1000)
    solver.add(*claims)
    for someone in people:
        solver.add(*someone.limits)
    answer = solver.check()
    if answer == z3.sat:
        return Found("found", tuple(someone.values(solver.model()) for someone in people))
    return Found("none" if answer == z3.unsat else "undecided")
