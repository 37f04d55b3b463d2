"""Which facts only matter given another: the length of a pregnancy, where somebody is pregnant.

Read off the conditions, never set by hand: a question is only left out where its answer could change nothing. A fact
that another one merely makes superfluous ("on a blood thinner" settles it, an ulcer or not) still matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rootline.logic.tree import Node, facts_of
from rootline.packs.model import Pack
from rootline.readers.residual import open_facts


@dataclass(frozen=True)
class Given:
    """The fact that another depends on, and the value under which that other one changes nothing."""

    fact: str
    idle: str


def dependent_facts(pack: Pack) -> dict[str, Given]:
    """Every fact that changes nothing while one other is denied, with the first such other."""
    conditions = {node: frozenset(facts_of(node, pack.conditions)) for node in _conditions(pack)}
    kept = {fact for site in pack.sites for fact in site.decides} | {pack.onset_fact}
    found = {}
    for fact in pack.facts:
        looking = {node: facts for node, facts in conditions.items() if fact in facts}
        if not looking or fact in kept:
            continue
        common = frozenset.intersection(*looking.values()) - {fact}
        # in the order of the pack; what a finding may make yes is never taken as denied
        for other in (one for one in pack.facts if one in common and one not in pack.findings):
            idle = pack.facts[other].denied_means
            if idle and all(fact not in open_facts(node, {other: idle}, pack.conditions) for node in looking):
                found[fact] = Given(other, idle)
                break
    return found


def _conditions(pack: Pack) -> Iterator[Node]:
    """All that looks at facts: advice with its urgency lines, findings, sites."""
    yield from (advice.when for advice in pack.statements.values())
    yield from (node for nodes in pack.findings.values() for node in nodes)
    yield from (node for site in pack.sites for node in site.findings)
