"""Conditions as text of HL7's Clinical Quality Language (CQL 1.5): the same tree, the same three values.

CQL's `and`, `or`, `not`, `=` and `<` keep null as unknown; its `if`, `case`, `in` and queries take null for false, so
none of them is ever written. What a whole library holds is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rootline.errors import PackError
from rootline.logic.tree import All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule
from rootline.logic.values import YES_NO, FactType

_WIDTH = 110
_PLACES = Decimal("1e-8")  # the finest step of a CQL Decimal


@dataclass(frozen=True)
class Names:
    """What the names in a condition stand for: a parameter for each fact of `types`, a definition for all others."""

    types: Mapping[str, FactType]
    findings: frozenset[str] = frozenset()  # the facts that a finding can make yes

    def of_fact(self, fact: str) -> str:
        """The parameter of a fact, or the definition that counts its findings too."""
        return f"With findings: {fact}" if fact in self.findings else fact

    def is_parameter(self, name: str) -> bool:
        """Whether the name is a parameter's, and not a definition's."""
        return name in self.types


def cql(node: Node, names: Names, indent: int = 0) -> str:
    """The condition as a CQL expression, broken into lines where it is long. Raises `PackError`."""
    if isinstance(node, AtLeast):
        return cql(spread(node), names, indent)
    if isinstance(node, (All, Any)):
        return _join(node, names, indent)
    if isinstance(node, Not):
        return f"not {operand(node.part, names, indent)}"
    if isinstance(node, Rule):
        return quoted(node.name)
    fact = quoted(names.of_fact(node.fact))
    if isinstance(node, Known):
        return f"{fact} is not null"
    if isinstance(node, Compare):
        return f"{fact} {node.order} {decimal(node)}"
    assert isinstance(node, Is)
    if names.types[node.fact] == YES_NO:
        return fact if node.value == "yes" else f"not {fact}"
    return f"{fact} = {quoted(node.value, mark=chr(39))}"


def _join(node: All | Any, names: Names, indent: int) -> str:
    if not node.parts:
        return "true" if isinstance(node, All) else "false"
    if len(node.parts) == 1:
        return cql(node.parts[0], names, indent)
    word = "and" if isinstance(node, All) else "or"
    parts = [operand(part, names, indent + 2) for part in node.parts]
    line = f" {word} ".join(parts)
    return line if len(line) + indent < _WIDTH and "\n" not in line else f"\n{' ' * indent}{word} ".join(parts)


def operand(node: Node, names: Names, indent: int) -> str:
    """The condition as part of a larger expression: in brackets, unless it is a name alone."""
    text = cql(node, names, indent + 1)
    return text if text.startswith('"') and text.count('"') == 2 and text.endswith('"') else f"({text})"


def quoted(text: str, mark: str = '"') -> str:
    """A name in double quotes, or with `'` a text: with the characters escaped that CQL would read otherwise."""
    escaped = text.replace("\\", "\\\\").replace(mark, f"\\{mark}")
    return f"{mark}{escaped}{mark}".replace("\n", "\\n").replace("\r", "\\r")


def decimal(node: Compare) -> str:
    """The amount as a CQL Decimal. Raises `PackError` where eight decimal places cannot say it exactly."""
    amount = Decimal(repr(node.amount))
    if amount != amount.quantize(_PLACES):
        raise PackError(
            f"`{node.fact} {node.order} {node.written}` is {node.amount}: a CQL Decimal has eight places",
            where=str(node.place),
            mend="Choose an amount that is a short decimal in the fact's unit.",
        )
    return f"{amount.normalize():f}" if amount % 1 else f"{amount:.1f}"


def spread(node: AtLeast) -> Node:
    """`at least N of` said with `and` and `or` alone: the first part and one less of the rest, or as many of the rest.

    Neither CQL nor ELM can count without taking null for false. A formula of `and` and `or` is unknown exactly when
    what is open could still decide it, which is what counting means here. 2 of 6 names its parts 20 times.
    """
    first, *rest = node.parts
    if node.count == 1:
        return Any(node.parts)
    if node.count == len(node.parts):
        return All(node.parts)
    others = tuple(rest)
    return Any((All((first, spread(AtLeast(node.count - 1, others)))), spread(AtLeast(node.count, others))))
