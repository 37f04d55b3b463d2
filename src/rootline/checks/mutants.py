"""The pack with one slip in it, for every slip in every rule, urgency line, advice, finding and site of lesion.

Only makes them; whether somebody notices is `mutation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from rootline.checks.slips import Changed, name_of, slips
from rootline.logic.place import Place
from rootline.logic.tree import Any, Is, Node, facts_of, rules_of
from rootline.logic.values import YES_NO
from rootline.packs.ladder import ABOVE
from rootline.packs.model import Pack, Site, UrgencyLine


@dataclass(frozen=True)
class Mutant:
    """A slip, where it is, the pack with it, and the statements or the site that it can reach."""

    what: str  # "rule `acute`", "advice `stay-active`"
    slip: str
    place: Place
    changed: Pack
    statements: tuple[str, ...]
    site: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}: {self.slip}"


def mutants(pack: Pack) -> Iterator[Mutant]:
    """Every one, in the order of the pack."""
    yield from _of_rules(pack)
    yield from _of_findings(pack)
    yield from _of_urgency(pack)
    yield from _of_levels(pack)
    yield from _of_advice(pack)
    yield from _of_sites(pack)


def _slips(pack: Pack, node: Node) -> Iterator[Changed]:
    return slips(node, pack.types, partial(_neighbour, pack, frozenset(facts_of(node, pack.conditions))))


def _neighbour(pack: Pack, used: frozenset[str], node: Node) -> Node | None:
    """The yes/no fact that stands next in its group, and that the condition does not look at."""
    facts = list(pack.facts)
    own = facts_of(node, pack.conditions)
    at = facts.index(own[-1]) if own else 0
    group = pack.facts[facts[at]].group
    following = [*facts[at:], *facts[:at]]
    return next(
        (
            Is(name, "yes")
            for name in following
            if name not in used and pack.facts[name].group == group and pack.types[name] == YES_NO
        ),
        None,
    )


def _of_rules(pack: Pack) -> Iterator[Mutant]:
    for name, rule in pack.rules.items():
        if name == ABOVE:
            continue
        reached = tuple(id_ for id_, one in pack.statements.items() if name in rules_of(one.when, pack.conditions))
        for one in _slips(pack, rule.when):
            changed = replace(pack, rules={**pack.rules, name: replace(rule, when=one.node)})
            yield Mutant(f"rule `{name}`", one.slip, one.place or rule.place, changed, reached)


def _of_findings(pack: Pack) -> Iterator[Mutant]:
    for fact, nodes in pack.findings.items():
        reached = tuple(id_ for id_, one in pack.statements.items() if fact in facts_of(one.when, pack.conditions))
        for one in _slips(pack, Any(nodes)):
            parts = one.node.parts if isinstance(one.node, Any) else (one.node,)
            changed = replace(pack, findings={**pack.findings, fact: parts})
            yield Mutant(f"finding of `{fact}`", one.slip, one.place or nodes[0].place, changed, reached)


def _of_urgency(pack: Pack) -> Iterator[Mutant]:
    for at, line in enumerate(pack.urgency[:-1]):
        for one in _slips(pack, line.advice.when):
            other = replace(line, advice=replace(line.advice, when=one.node))
            changed = _with_lines(pack, (*pack.urgency[:at], other, *pack.urgency[at + 1 :]))
            reached = (line.advice.id, pack.urgency[-1].advice.id)
            yield Mutant(f"urgency line `{line.advice.id}`", one.slip, one.place or line.advice.place, changed, reached)


def _with_lines(pack: Pack, lines: tuple[UrgencyLine, ...]) -> Pack:
    """The pack with these lines, the rule of those above the last renewed."""
    above = replace(pack.rules[ABOVE], when=Any(tuple(line.advice.when for line in lines[:-1])))
    return replace(pack, urgency=lines, rules={**pack.rules, ABOVE: above})


def _of_levels(pack: Pack) -> Iterator[Mutant]:
    """Two neighbouring lines in the wrong order: each is read at the other's level."""
    lines = pack.urgency
    for at in range(len(lines) - 1):
        one, two = lines[at], lines[at + 1]
        if one.level != two.level:
            swapped = (*lines[:at], replace(one, level=two.level), replace(two, level=one.level), *lines[at + 2 :])
            what = f"urgency lines `{one.advice.id}` and `{two.advice.id}`"
            yield Mutant(what, "in the wrong order", one.advice.place, replace(pack, urgency=swapped), ())


def _of_advice(pack: Pack) -> Iterator[Mutant]:
    for at, advice in enumerate(pack.advice):
        for one in _slips(pack, advice.when):
            other = replace(advice, when=one.node)
            changed = replace(pack, advice=(*pack.advice[:at], other, *pack.advice[at + 1 :]))
            yield Mutant(f"advice `{advice.id}`", one.slip, one.place or advice.place, changed, (advice.id,))


def _of_sites(pack: Pack) -> Iterator[Mutant]:
    for at, site in enumerate(pack.sites):
        for slip, place, other in _changed_sites(pack, site):
            changed = replace(pack, sites=(*pack.sites[:at], other, *pack.sites[at + 1 :]))
            yield Mutant(f"site `{site.id}`", slip, place, changed, (), site.id)


def _changed_sites(pack: Pack, site: Site) -> Iterator[tuple[str, Place, Site]]:
    """The site with one finding slipped or forgotten."""
    found = {
        "speaks for": site.for_,
        "strongly for": site.strong,
        "named by": site.named,
        "speaks against": site.against,
    }
    for key, nodes in found.items():
        for at, node in enumerate(nodes):
            before, after = nodes[:at], nodes[at + 1 :]
            changes = [(one.slip, (*before, one.node, *after)) for one in _slips(pack, node)]
            changes.append((f"{name_of(node)} dropped", (*before, *after)))
            for slip, changed in changes:
                sides = {**found, key: changed}
                other = replace(
                    site,
                    for_=sides["speaks for"],
                    strong=sides["strongly for"],
                    named=sides["named by"],
                    against=sides["speaks against"],
                )
                yield f"`{key}`: {slip}", node.place, other
