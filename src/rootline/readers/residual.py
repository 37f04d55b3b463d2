"""What is left of a condition once known facts are put in: the "if …" in front of undecided advice.

The result is `ALWAYS`, `NEVER`, or a smaller condition over facts that are still open. An undecided rule
stays folded under its name; `unfold` opens one. Wording is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rootline.logic.tree import (
    ALWAYS,
    LEAVES,
    NEVER,
    All,
    Any,
    AtLeast,
    Node,
    Not,
    Rule,
    parts_of,
)  # fmt: skip
from rootline.logic.truth import Truth
from rootline.readers.evaluate import Values, leaf_truth


@dataclass
class Memo:
    """What is left of each rule of one case, and its open facts; callers with many conditions of a case share one."""

    left: dict[str, Node] = field(default_factory=dict)
    facts: dict[str, dict[str, None]] = field(default_factory=dict)


def residual(node: Node, values: Values, rules: Mapping[str, Node], memo: Memo | None = None) -> Node:
    """The condition with every decided part taken out. `memo` belongs to one case and one set of rules."""
    memo = memo or Memo()
    if isinstance(node, LEAVES):
        truth = leaf_truth(node, values)
        return node if truth is Truth.UNKNOWN else ALWAYS if truth is Truth.YES else NEVER
    if isinstance(node, Rule):
        inside = _of_rule(node.name, values, rules, memo)
        return inside if inside in (ALWAYS, NEVER) else node
    parts = [residual(part, values, rules, memo) for part in parts_of(node)]
    if isinstance(node, Not):
        return _not(parts[0])
    if isinstance(node, All):
        return _all(parts)
    if isinstance(node, Any):
        return _any(parts)
    assert isinstance(node, AtLeast)
    return _at_least(node.count, parts)


def _of_rule(name: str, values: Values, rules: Mapping[str, Node], memo: Memo) -> Node:
    if name not in memo.left:
        memo.left[name] = residual(rules[name], values, rules, memo)
    return memo.left[name]


def unfold(node: Node, values: Values, rules: Mapping[str, Node], memo: Memo | None = None) -> Node:
    """The residual; and where that is one rule alone, what is left of the rule's own definition."""
    memo = memo or Memo()
    left = residual(node, values, rules, memo)
    return _of_rule(left.name, values, rules, memo) if isinstance(left, Rule) else left


def open_facts(node: Node, values: Values, rules: Mapping[str, Node], memo: Memo | None = None) -> list[str]:
    """The facts that could still decide the condition, in its order; none when it is decided."""
    memo = memo or Memo()
    return list(_facts_in(residual(node, values, rules, memo), values, rules, memo))


def _facts_in(left: Node, values: Values, rules: Mapping[str, Node], memo: Memo) -> dict[str, None]:
    """The facts of what is left of a condition, each once, in its order."""
    if isinstance(left, Rule):
        if left.name not in memo.facts:
            memo.facts[left.name] = _facts_in(_of_rule(left.name, values, rules, memo), values, rules, memo)
        return memo.facts[left.name]
    if isinstance(left, LEAVES):
        return {left.fact: None}
    found: dict[str, None] = {}
    for part in parts_of(left):
        found.update(_facts_in(part, values, rules, memo))
    return found


def _not(part: Node) -> Node:
    if part == ALWAYS:
        return NEVER
    if part == NEVER:
        return ALWAYS
    return part.part if isinstance(part, Not) else Not(part)


def _flat(parts: list[Node], kind: type[All] | type[Any]) -> list[Node]:
    """Parts of the same kind drawn up one level, each once."""
    flat: dict[Node, None] = {}
    for part in parts:
        for inner in part.parts if isinstance(part, kind) else (part,):
            flat.setdefault(inner)
    return list(flat)


def _all(parts: list[Node]) -> Node:
    flat = _flat(parts, All)
    if NEVER in flat:
        return NEVER
    # "a and (a or b)" says no more than "a"
    kept = [part for part in flat if not (isinstance(part, Any) and set(part.parts) & set(flat))]
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def _any(parts: list[Node]) -> Node:
    flat = _flat(parts, Any)
    if ALWAYS in flat:
        return ALWAYS
    kept = [part for part in flat if not (isinstance(part, All) and set(part.parts) & set(flat))]
    return kept[0] if len(kept) == 1 else Any(tuple(kept))


def _at_least(count: int, parts: list[Node]) -> Node:
    needed = count - parts.count(ALWAYS)
    left = [part for part in parts if part not in (ALWAYS, NEVER)]
    if needed <= 0:
        return ALWAYS
    if needed > len(left):
        return NEVER
    if needed == len(left):
        return _all(left)
    return _any(left) if needed == 1 else AtLeast(needed, tuple(left))
