"""Patient facts in, truth out: conditions compiled once per pack into one Python function.

The generated code works on the two bits of a `Truth` ("can be yes" 1, "can be no" 2); each distinct leaf is
looked up once per patient. A trace is built only when asked for, by `trace`. Nothing is decided here about
what to do with a truth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt

from rootline.logic.tree import LEAVES, All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule, parts_of, walk
from rootline.logic.truth import Truth, all_of, any_of, at_least, negate
from rootline.logic.values import Among, Between, Value, is_exact

Values = Mapping[str, Value]
_ORDERS = {"<": (lt, ge), "<=": (le, gt), ">": (gt, le), ">=": (ge, lt)}  # each order and its opposite


def leaf_truth(leaf: Is | Compare | Known, values: Values) -> Truth:
    """The truth of one leaf for what is known of its fact, exactly or partly."""
    value = values.get(leaf.fact)
    if isinstance(leaf, Known):
        return Truth.YES if value is not None and is_exact(value) else Truth.NO
    if value is None:
        return Truth.UNKNOWN
    return _is(leaf, value) if isinstance(leaf, Is) else _compare(leaf, value)


def _is(leaf: Is, value: Value) -> Truth:
    if isinstance(value, Among):
        return Truth.UNKNOWN if leaf.value in value.values else Truth.NO
    return Truth.YES if value == leaf.value else Truth.NO


def _compare(leaf: Compare, value: Value) -> Truth:
    span = value if isinstance(value, Between) else Between(value, value)  # type: ignore[arg-type]
    if leaf.order in (">", ">="):
        # x > c is the opposite of x <= c
        return negate(_below(span, leaf.amount, strict=leaf.order == ">="))
    return _below(span, leaf.amount, strict=leaf.order == "<")


def _below(span: Between, amount: float, *, strict: bool) -> Truth:
    """Whether a number in the span is below the amount; not strict: or equal to it."""
    surely = span.high < amount or (span.high == amount and (span.high_open or not strict))
    never = span.low > amount or (span.low == amount and (span.low_open or strict))
    return Truth.YES if surely else Truth.NO if never else Truth.UNKNOWN


def truth_of(node: Node, values: Values, rules: Mapping[str, Node]) -> Truth:
    """The truth of one condition by walking its tree: the plain meaning the compiled code must share."""
    if isinstance(node, LEAVES):
        return leaf_truth(node, values)
    if isinstance(node, Rule):
        return truth_of(rules[node.name], values, rules)
    return _combine(node, [truth_of(part, values, rules) for part in parts_of(node)])


def _combine(node: Node, truths: list[Truth]) -> Truth:
    if isinstance(node, Not):
        return negate(truths[0])
    if isinstance(node, All):
        return all_of(truths)
    if isinstance(node, Any):
        return any_of(truths)
    assert isinstance(node, AtLeast)
    return at_least(node.count, truths)


@dataclass(frozen=True)
class Trace:
    """Why: a node, its truth, and the traces below it (a rule's trace holds its definition's)."""

    node: Node
    truth: Truth
    parts: tuple[Trace, ...] = ()


def trace(node: Node, values: Values, rules: Mapping[str, Node]) -> Trace:
    """The condition with the truth of each of its parts."""
    if isinstance(node, LEAVES):
        return Trace(node, leaf_truth(node, values))
    if isinstance(node, Rule):
        below = trace(rules[node.name], values, rules)
        return Trace(node, below.truth, (below,))
    parts = tuple(trace(part, values, rules) for part in parts_of(node))
    return Trace(node, _combine(node, [part.truth for part in parts]), parts)


class Compiled:
    """Named conditions, compiled. Call it with a patient's values to get each one's truth."""

    def __init__(self, conditions: Mapping[str, Node], rules: Mapping[str, Node]) -> None:
        self._names = list(conditions)
        self._leaves = _leaves([*conditions.values()], rules)
        source = _source(list(conditions.values()), rules, self._leaves)
        scope: dict[str, Callable[[list[int]], tuple[int, ...]]] = {}
        exec(compile(source, "<conditions>", "exec"), scope)
        self._run = scope["run"]
        self._blank = [leaf_truth(leaf, {}).value for leaf in self._leaves]
        self._slots: dict[str, list[tuple[int, Is | Compare | Known]]] = {}
        for slot, leaf in enumerate(self._leaves):
            self._slots.setdefault(leaf.fact, []).append((slot, leaf))
        self._chosen = {
            (fact, value): [(slot, _leaf_bits(leaf, value)) for slot, leaf in slots]
            for fact, slots in self._slots.items()
            for value in _choices([leaf for _, leaf in slots])
        }

    def __call__(self, values: Values) -> dict[str, Truth]:
        return {name: Truth(bits) for name, bits in zip(self._names, self.bits(values), strict=True)}

    def bits(self, values: Values) -> tuple[int, ...]:
        """The truths as bare numbers in the order of the conditions: the fast path for many patients."""
        codes = self._blank.copy()
        for fact, value in values.items():
            if isinstance(value, str) and (chosen := self._chosen.get((fact, value))):
                for slot, bits in chosen:
                    codes[slot] = bits
            else:
                for slot, leaf in self._slots.get(fact, ()):
                    codes[slot] = _leaf_bits(leaf, value)
        return self._run(codes)


def _leaf_bits(leaf: Is | Compare | Known, value: Value) -> int:
    """`leaf_truth` for one known value; exact values, by far the most, take the short way."""
    if isinstance(value, str) and isinstance(leaf, Is):
        return 1 if value == leaf.value else 2
    if isinstance(value, float) and isinstance(leaf, Compare):
        holds, fails = _ORDERS[leaf.order]
        return 1 if holds(value, leaf.amount) else 2 if fails(value, leaf.amount) else 3
    return leaf_truth(leaf, {leaf.fact: value}).value


def _choices(leaves: list[Is | Compare | Known]) -> set[str]:
    """The values of one fact that are worth looking up once for all: those its leaves ask for, and yes and no."""
    asked = {leaf.value for leaf in leaves if isinstance(leaf, Is)}
    return asked | {"yes", "no"} if asked else asked


def _leaves(nodes: list[Node], rules: Mapping[str, Node]) -> list[Is | Compare | Known]:
    found: dict[Is | Compare | Known, None] = {}
    for node in [*nodes, *rules.values()]:
        for below in walk(node):
            if isinstance(below, LEAVES):
                found.setdefault(below)
    return list(found)


def _source(nodes: list[Node], rules: Mapping[str, Node], leaves: list[Is | Compare | Known]) -> str:
    """Python text of `run(codes)`: every distinct node is computed once, parts before wholes."""
    lines: list[str] = ["def run(c):"]
    names: dict[Node, str] = {leaf: f"c[{slot}]" for slot, leaf in enumerate(leaves)}

    def name_of(node: Node) -> str:
        if node not in names:
            if isinstance(node, Rule):
                names[node] = name_of(rules[node.name])
            else:
                below = [name_of(part) for part in parts_of(node)]
                names[node] = f"n{len(names)}"
                lines.append(f" {names[node]}={_formula(node, below)}")
        return names[node]

    results = [name_of(node) for node in nodes]
    lines.append(f" return ({''.join(result + ',' for result in results)})")
    return "\n".join(lines)


def _formula(node: Node, below: list[str]) -> str:
    if isinstance(node, Not):
        return f"({below[0]}>>1)|({below[0]}&1)<<1"
    if isinstance(node, All):
        return f"({'&'.join(['1', *below])})|({'|'.join(['0', *below])})&2"
    if isinstance(node, Any):
        return f"({'|'.join(['0', *below])})&1|({'&'.join(['2', *below])})"
    assert isinstance(node, AtLeast)
    can_be_yes = "+".join(["0", *(f"({name}&1)" for name in below)])
    can_be_no = "+".join(["0", *(f"({name}>>1)" for name in below)])
    return f"({can_be_yes}>={node.count})|({can_be_no}>{len(below) - node.count})<<1"
