"""What a finding says of another fact: power 4 is a weak leg, whatever was said of weakness before.

Without it a case could hold "no weakness" beside a power of 4 and be read calmly. A finding only ever turns its
fact to yes; none leads to a next one, so one pass is enough.
"""

from __future__ import annotations

from rootline.content.take import Take
from rootline.errors import nearest
from rootline.logic.check import refuse_unstable
from rootline.logic.place import Fields, Items
from rootline.logic.read import Vocabulary, read
from rootline.logic.tree import Node, facts_of
from rootline.logic.truth import Truth
from rootline.logic.values import YES_NO, FactType
from rootline.packs.model import Pack
from rootline.readers.evaluate import Values, truth_of


def read_findings(fields: Fields, types: dict[str, FactType]) -> dict[str, tuple[Node, ...]]:
    """`fact: [condition, …]`: the fact is yes when one of them holds. Raises `PackError`."""
    take = Take(fields, "findings")
    vocabulary = Vocabulary(types, frozenset())
    found: dict[str, tuple[Node, ...]] = {}
    for name in take.keys():
        if types.get(name) != YES_NO:
            raise take.error(f"`{name}` is not a yes/no fact", nearest(name, types), name)
        conditions = take.any(name)
        if not isinstance(conditions, Items):
            raise take.error(f"`{name}:` lists conditions", "Write `[lowest_power < 5, …]`.", name)
        found[str(name)] = tuple(read(condition, vocabulary) for condition in conditions)
    for name, nodes in found.items():
        for node in nodes:
            refuse_unstable(node, {}, anywhere=True)
        for fact in (fact for node in nodes for fact in facts_of(node, {})):
            if fact in found:
                raise take.error(f"`{name}` follows from `{fact}`, itself a finding's", "List the findings.", name)
    return found


def told_by(pack: Pack, values: Values) -> dict[str, Node]:
    """The facts that a finding makes yes, each with the first condition that does; those known to be yes left out."""
    told: dict[str, Node] = {}
    for fact, nodes in pack.findings.items():
        if values.get(fact) == "yes":
            continue
        node = next((node for node in nodes if truth_of(node, values, {}) is Truth.YES), None)
        if node is not None:
            told[fact] = node
    return told


def truth_in(pack: Pack, node: Node, values: Values) -> Truth:
    """The truth of a condition for what is known, and what the findings in it say."""
    return truth_of(node, with_findings(pack, values), pack.conditions)


def with_findings(pack: Pack, values: Values) -> Values:
    """What is known, and what the findings in it say."""
    told = told_by(pack, values)
    return {**values, **dict.fromkeys(told, "yes")} if told else values
