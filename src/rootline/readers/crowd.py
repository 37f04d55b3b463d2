"""One condition over many patients at once: two bit masks, who surely has it and who surely has not.

The same meaning as `evaluate`, for searches that try thousands of changed conditions on the same people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rootline.logic.tree import LEAVES, All, Any, AtLeast, Node, Not, Rule
from rootline.logic.truth import Truth
from rootline.readers.evaluate import Values, leaf_truth

Masks = tuple[int, int]  # bit n of the first: patient n has it; of the second: has it not


class Crowd:
    """Patients, and what is seen of them; each distinct condition is looked at once."""

    def __init__(self, people: Sequence[Values], rules: Mapping[str, Node]) -> None:
        self._people, self._rules = people, rules
        self.everybody = (1 << len(people)) - 1
        self._leaves: dict[Node, Masks] = {}
        self._wholes: dict[Node, Masks] = {}

    def under(self, rules: Mapping[str, Node]) -> Crowd:
        """The same people under other rules."""
        other = Crowd(self._people, rules)
        other._leaves = self._leaves
        return other

    def masks(self, node: Node) -> Masks:
        """Who surely has it, who surely has not; of the rest it is unknown."""
        known = self._leaves if isinstance(node, LEAVES) else self._wholes
        if node not in known:
            known[node] = self._look(node)
        return known[node]

    def _look(self, node: Node) -> Masks:
        if isinstance(node, LEAVES):
            truths = [leaf_truth(node, person) for person in self._people]
            return _mask(truths, Truth.YES), _mask(truths, Truth.NO)
        if isinstance(node, Rule):
            return self.masks(self._rules[node.name])
        if isinstance(node, Not):
            yes, no = self.masks(node.part)
            return no, yes
        parts = [self.masks(part) for part in node.parts]
        count = node.count if isinstance(node, AtLeast) else len(parts) if isinstance(node, All) else 1
        assert isinstance(node, (All, Any, AtLeast))
        yes = self._at_least(count, [yes for yes, _ in parts])
        return yes, self._at_least(len(parts) - count + 1, [no for _, no in parts])

    def _at_least(self, count: int, masks: list[int]) -> int:
        """Who is in so many of the masks."""
        reached = [self.everybody, *[0] * count]  # reached[n]: who is in n of those looked at so far
        for mask in masks:
            for size in range(count, 0, -1):
                reached[size] |= reached[size - 1] & mask
        return reached[count]


def _mask(truths: list[Truth], wanted: Truth) -> int:
    return sum(1 << place for place, truth in enumerate(truths) if truth is wanted)
