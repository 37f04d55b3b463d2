"""The one tree: what a condition is made of. A closed set; every reader reads exactly these nodes.

Nodes hold no behaviour. `none of` is read as `not` over `any of`, so readers need not know it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Union

from rootline.logic.place import NOWHERE, Place

_PLACE = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Is:
    """The fact has this value. A yes/no fact standing alone is `Is(fact, "yes")`."""

    fact: str
    value: str
    place: Place = _PLACE


@dataclass(frozen=True)
class Compare:
    """The fact's number stands in this order to an amount, given in the fact's own unit.

    `written` is the amount as the author wrote it ("6 weeks"), for people only.
    """

    fact: str
    order: str
    amount: float
    written: str = field(default="", compare=False)
    place: Place = _PLACE


@dataclass(frozen=True)
class Known:
    """The fact's value is exactly known. Yes or no, never unknown."""

    fact: str
    place: Place = _PLACE


@dataclass(frozen=True)
class Rule:
    """A named condition, kept by name so that readers can show or unfold it."""

    name: str
    place: Place = _PLACE


@dataclass(frozen=True)
class Not:
    part: Node
    place: Place = _PLACE


@dataclass(frozen=True)
class All:
    """Every part holds. With no parts: always."""

    parts: tuple[Node, ...]
    place: Place = _PLACE


@dataclass(frozen=True)
class Any:
    """Some part holds. With no parts: never."""

    parts: tuple[Node, ...]
    place: Place = _PLACE


@dataclass(frozen=True)
class AtLeast:
    count: int
    parts: tuple[Node, ...]
    place: Place = _PLACE


Node = Union[Is, Compare, Known, Rule, Not, All, Any, AtLeast]
LEAVES = (Is, Compare, Known)
KINDS = (Is, Compare, Known, Rule, Not, All, Any, AtLeast)

ALWAYS = All(())
NEVER = Any(())


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    if isinstance(node, Not):
        return (node.part,)
    return node.parts if isinstance(node, (All, Any, AtLeast)) else ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, top down. Rules are not entered."""
    yield node
    for part in parts_of(node):
        yield from walk(part)


def amounts_of(nodes: Iterable[Node]) -> dict[str, tuple[float, ...]]:
    """The amounts each numeric fact is compared with, in the fact's unit, smallest first. Rules are not entered."""
    found: dict[str, set[float]] = {}
    for node in (below for one in nodes for below in walk(one)):
        if isinstance(node, Compare):
            found.setdefault(node.fact, set()).add(node.amount)
    return {fact: tuple(sorted(amounts)) for fact, amounts in found.items()}


def facts_of(node: Node, rules: dict[str, Node]) -> list[str]:
    """Every fact the condition looks at, rules entered, in order of first mention."""
    found: dict[str, None] = {}
    entered: set[str] = set()

    def visit(part: Node) -> None:
        for below in walk(part):
            if isinstance(below, LEAVES):
                found.setdefault(below.fact)
            elif isinstance(below, Rule) and below.name not in entered:
                entered.add(below.name)
                visit(rules[below.name])

    visit(node)
    return list(found)


def rules_of(node: Node, rules: dict[str, Node]) -> set[str]:
    """Every rule the condition enters, however deep."""
    found: set[str] = set()

    def visit(part: Node) -> None:
        for below in walk(part):
            if isinstance(below, Rule) and below.name not in found:
                found.add(below.name)
                visit(rules[below.name])

    visit(node)
    return found
