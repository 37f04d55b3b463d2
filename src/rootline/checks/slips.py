"""A condition changed a little, in every way that an author might slip: the operator, a border, a member.

Only makes them; the packs that hold them are `mutants`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from rootline.logic.place import NOWHERE, Place
from rootline.logic.tree import All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule
from rootline.logic.values import Choice, FactType

_EDGE = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True)
class Changed:
    """A condition with one slip in it, and where."""

    slip: str
    node: Node
    place: Place | None = None


Types = Mapping[str, FactType]
Neighbour = Callable[[Node], Node | None]  # a leaf that could be added to a condition by mistake


def slips(node: Node, types: Types, neighbour: Neighbour) -> Iterator[Changed]:
    """Every condition one slip away."""
    for one in _here(node, types, neighbour):
        yield Changed(one.slip, one.node, node.place if node.place != NOWHERE else None)
    if isinstance(node, Not):
        for one in slips(node.part, types, neighbour):
            yield replace(one, node=replace(node, part=one.node))
    elif isinstance(node, (All, Any, AtLeast)):
        for at, part in enumerate(node.parts):
            for one in slips(part, types, neighbour):
                yield replace(one, node=replace(node, parts=(*node.parts[:at], one.node, *node.parts[at + 1 :])))


def _here(node: Node, types: Types, neighbour: Neighbour) -> Iterator[Changed]:
    """The slips in this node alone."""
    if isinstance(node, Compare):
        yield from _border(node)
    elif isinstance(node, Is):
        yield _value(node, types)
    elif isinstance(node, (Known, Rule)):
        yield Changed(f"not {name_of(node)}", Not(node))
    elif isinstance(node, Not):
        yield Changed(f"`not` of {name_of(node.part)} forgotten", node.part)
    else:
        yield from _members(node, neighbour)


def _border(node: Compare) -> Iterator[Changed]:
    for order in (_EDGE[node.order], _TURNED[node.order]):
        yield Changed(f"`{order}` for `{node.order}` in {name_of(node)}", replace(node, order=order))
    for step in (-1, 1):
        yield Changed(f"{name_of(node)} off by {step:+}", replace(node, amount=node.amount + step, written=""))


def _value(node: Is, types: Types) -> Changed:
    type_ = types[node.fact]
    assert isinstance(type_, Choice)
    other = type_.values[(type_.values.index(node.value) + 1) % len(type_.values)]
    return Changed(f"`{node.fact} is {other}` for {name_of(node)}", replace(node, value=other))


def _members(node: All | Any | AtLeast, neighbour: Neighbour) -> Iterator[Changed]:
    if isinstance(node, AtLeast):
        for count in (node.count - 1, node.count + 1):
            if 1 <= count <= len(node.parts):
                yield Changed(f"at least {count} for at least {node.count}", replace(node, count=count))
    elif len(node.parts) > 1:
        other, said = (Any, "any of") if isinstance(node, All) else (All, "all of")
        yield Changed(f"`{said}` {_names(node)}", other(node.parts, node.place))
    if len(node.parts) > 1:
        yield from _dropped(node)
    added = neighbour(node) if node.parts else None
    if added is not None:
        yield Changed(f"{name_of(added)} added to {_names(node)}", replace(node, parts=(*node.parts, added)))


def _dropped(node: All | Any | AtLeast) -> Iterator[Changed]:
    for at, part in enumerate(node.parts):
        left = (*node.parts[:at], *node.parts[at + 1 :])
        if not isinstance(node, AtLeast) or node.count <= len(left):
            yield Changed(f"{name_of(part)} dropped", replace(node, parts=left))


def _names(node: All | Any | AtLeast) -> str:
    said = [name_of(part) for part in node.parts]
    return ", ".join(said) if len(said) < 4 else f"{', '.join(said[:3])} and {len(said) - 3} more"


def name_of(node: Node) -> str:
    """A short name for a part of a condition, in the pack's own notation."""
    if isinstance(node, Is):
        return f"`{node.fact}`" if node.value == "yes" else f"`{node.fact} is {node.value}`"
    if isinstance(node, Compare):
        return f"`{node.fact} {node.order} {node.written or node.amount}`"
    if isinstance(node, Known):
        return f"`known {node.fact}`"
    if isinstance(node, Rule):
        return f"`{node.name}`"
    if isinstance(node, Not):
        return f"not {name_of(node.part)}"
    return f"({_names(node)})"
