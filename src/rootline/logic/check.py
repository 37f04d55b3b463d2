"""What one condition alone cannot show: circles among rules, and `known` where learning could withdraw.

A plan must never take back what it said for certain when one more fact is learnt. Every operator keeps
that promise but `known`, which turns from no to yes; so it may only ever add advice: never under `not`,
never in an urgency line. Names, values and units are checked where they are read.
"""

from __future__ import annotations

from rootline.errors import PackError
from rootline.logic.tree import Known, Node, Not, Rule, parts_of, walk


def refuse_circles(rules: dict[str, Node]) -> None:
    """Raise `PackError` when a rule is defined by way of itself."""
    done: set[str] = set()

    def enter(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = " -> ".join(f"`{step}`" for step in (*path[path.index(name) :], name))
            raise PackError(
                f"rules go round in a circle: {circle}",
                where=str(rules[name].place),
                mend="Say one of them with facts alone.",
            )
        if name in done:
            return
        for node in walk(rules[name]):
            if isinstance(node, Rule):
                enter(node.name, (*path, name))
        done.add(name)

    for name in rules:
        enter(name, ())


def refuse_unstable(node: Node, rules: dict[str, Node], *, anywhere: bool) -> None:
    """Raise `PackError` when `known` stands under `not` (or, with `anywhere`, stands at all)."""
    _visit(node, rules, anywhere)


def _visit(node: Node, rules: dict[str, Node], refuse: bool) -> None:
    if isinstance(node, Known) and refuse:
        raise PackError(
            f"`known {node.fact}` may not stand here: what was said for certain could be withdrawn later",
            where=str(node.place),
            mend="Ask for the fact's value instead; an unknown fact is asked for by itself.",
        )
    if isinstance(node, Rule):
        _visit(rules[node.name], rules, refuse)
    for part in parts_of(node):
        _visit(part, rules, refuse or isinstance(node, Not))
