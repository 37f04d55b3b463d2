"""Conditions as nodes of ELM, the form of CQL that engines run: the tree that `cql` writes as text, compiled.

Nodes are plain data for JSON, each operator with the number of operands that ELM gives it. Nothing of a library is
made here, and no node that takes null for false.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any as Anything

from rootline.logic.tree import All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule
from rootline.logic.values import YES_NO
from rootline.readers.cql import Names, decimal, spread

Elm = dict[str, Anything]
SYSTEM = "{urn:hl7-org:elm-types:r1}"
_ORDERS: Mapping[str, str] = {"<": "Less", "<=": "LessOrEqual", ">": "Greater", ">=": "GreaterOrEqual"}


def elm(node: Node, names: Names) -> Elm:
    """The condition as an ELM expression. Raises `PackError` for an amount that CQL cannot say."""
    if isinstance(node, AtLeast):
        return elm(spread(node), names)
    if isinstance(node, (All, Any)):
        if not node.parts:
            return _literal("Boolean", "true" if isinstance(node, All) else "false")
        kind = "And" if isinstance(node, All) else "Or"
        return reduce(lambda left, right: _of(kind, left, right), [elm(part, names) for part in node.parts])
    if isinstance(node, Not):
        return not_(elm(node.part, names))
    if isinstance(node, Rule):
        return reference(node.name, names)
    fact = reference(names.of_fact(node.fact), names)
    if isinstance(node, Known):
        return not_({"type": "IsNull", "operand": fact})
    if isinstance(node, Compare):
        return _of(_ORDERS[node.order], fact, _number(decimal(node)))
    assert isinstance(node, Is)
    return _is(node, fact, names)


def _is(node: Is, fact: Elm, names: Names) -> Elm:
    if names.types[node.fact] == YES_NO:
        return fact if node.value == "yes" else not_(fact)
    return _of("Equal", fact, _literal("String", node.value))


def reference(name: str, names: Names) -> Elm:
    """A parameter or a definition by name."""
    return {"type": "ParameterRef" if names.is_parameter(name) else "ExpressionRef", "name": name}


def not_(operand: Elm) -> Elm:
    """The opposite; unknown stays unknown."""
    return {"type": "Not", "operand": operand}


def _of(kind: str, left: Elm, right: Elm) -> Elm:
    return {"type": kind, "operand": [left, right]}


def _number(said: str) -> Elm:
    """A Decimal; a literal has no sign of its own."""
    if said.startswith("-"):
        return {"type": "Negate", "operand": _literal("Decimal", said[1:])}
    return _literal("Decimal", said)


def _literal(kind: str, value: str) -> Elm:
    return {"type": "Literal", "valueType": f"{SYSTEM}{kind}", "value": value}
