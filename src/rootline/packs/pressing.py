"""The lines of a pack that must not wait, and the facts that they stand on. Decides nothing of a patient."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rootline.logic.tree import facts_of, rules_of
from rootline.logic.truth import Truth
from rootline.logic.values import Amount, Value
from rootline.packs.findings import with_findings
from rootline.packs.model import Fact, Level, Pack, UrgencyLine
from rootline.readers.evaluate import Compiled, Values, truth_of

MUST_NOT_WAIT: tuple[Level, ...] = ("emergency", "urgent")


def pressing_lines(pack: Pack) -> tuple[UrgencyLine, ...]:
    """The emergency and urgent lines, worst first."""
    return tuple(line for line in pack.urgency if line.level in MUST_NOT_WAIT)


@cache
def pressing_facts(pack: Pack) -> frozenset[str]:
    """Every fact that a line above "soon" asks about: what is known of it, or set aside, must be seen."""
    return frozenset(fact for line in pressing_lines(pack) for fact in facts_of(line.advice.when, pack.conditions))


def shows_sign(pack: Pack, values: Values, held: Iterable[str]) -> bool:
    """Whether what is known, or a fact that is `held` open by something written down, is a warning sign.

    An age, a medicine or a risk that presses only beside something else is none.
    """
    return _shows_finding(pack, values) or not signs(pack).isdisjoint(held)


@cache
def signs(pack: Pack) -> frozenset[str]:
    """Every fact of which some value alone makes a finding hold that something pressing is told by."""
    return frozenset(
        fact.id
        for fact in pack.facts.values()
        if any(_shows_finding(pack, {fact.id: value}) for value in _values(fact))
    )


def warns_alone(pack: Pack, fact: str, value: Value) -> bool:
    """Whether this one value reaches a pressing line by itself, whatever else is so."""
    values = with_findings(pack, {fact: value})
    return any(truth_of(line.advice.when, values, pack.conditions) is Truth.YES for line in pressing_lines(pack))


def _shows_finding(pack: Pack, values: Values) -> bool:
    return Truth.YES in _findings(pack)(with_findings(pack, values)).values()


@cache
def _findings(pack: Pack) -> Compiled:
    """The pressing lines, and every rule that an emergency is made of: what has a name there is a finding."""
    lines = pressing_lines(pack)
    emergencies = [line.advice.when for line in lines if line.level == "emergency"]
    rules = {name for when in emergencies for name in rules_of(when, pack.conditions)}
    named = {line.advice.id: line.advice.when for line in lines} | {
        name: pack.conditions[name] for name in sorted(rules)
    }
    return Compiled(named, pack.conditions)


def _values(fact: Fact) -> tuple[Value, ...]:
    """Values that are no denial: of a number its ends."""
    if isinstance(fact.type, Amount):
        return fact.type.low, fact.type.high
    return tuple(value for value in fact.type.values if value != fact.denied_means)
