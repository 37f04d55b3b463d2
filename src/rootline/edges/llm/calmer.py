"""Whether a proposed fact would make a plan calmer: what a model says never counts against an urgency line.

A denial closes its line only together with others, later and unseen, so it is refused at once. Judges no words.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.logic.tree import Compare, Is, Not
from rootline.logic.truth import Truth, negate
from rootline.packs.findings import with_findings
from rootline.packs.model import LEVELS, Pack
from rootline.packs.run import Urgency, urgency_of
from rootline.readers.evaluate import Trace, Values, trace


def denies(fact: str, value: object, pack: Pack) -> bool:
    """Whether a value speaks against every urgency line that looks at its fact, or is what a denial stands for."""
    known: Values = {fact: value}  # type: ignore[dict-item]
    truths = {
        truth
        for line in pack.urgency[:-1]  # the last is what remains when nothing above it holds
        for truth in _truths(trace(line.advice.when, known, pack.conditions), fact)
    }
    return bool(truths) and (value == pack.facts[fact].denied_means or (Truth.NO in truths and Truth.YES not in truths))


def why_calmer(before: Values, after: Values, pack: Pack) -> str:
    """Why the plan after is calmer than the one before: a lower level, or a line that is closed; empty if it is not."""
    then, now = urgency_of(pack, before), urgency_of(pack, after)
    if any(late > early for early, late in zip(ranks(then), ranks(now), strict=True)):
        return f"it would lower the urgency (now {_said(then)}, then {_said(now)})"
    truths = [pack.compiled_urgency(with_findings(pack, values)) for values in (before, after)]
    for line in pack.urgency[:-1]:
        was, is_ = (found[line.advice.id] for found in truths)
        if is_ is Truth.NO and was is not Truth.NO:
            return f"it would rule out `{line.advice.id}` ({line.level})"
    return ""


def ranks(found: Urgency) -> tuple[int, int]:
    """The level reached and the highest that is possible, each as its place in the list: lower is more urgent."""
    return LEVELS.index(found.at_least), LEVELS.index(found.could_be[0])


def _truths(at: Trace, fact: str) -> Iterator[Truth]:
    """What each place that looks at the fact comes to, as it counts for the whole condition."""
    if isinstance(at.node, (Is, Compare)) and at.node.fact == fact:
        yield at.truth
    for part in at.parts:
        for truth in _truths(part, fact):
            yield negate(truth) if isinstance(at.node, Not) else truth


def _said(found: Urgency) -> str:
    highest = found.could_be[0]
    return found.at_least if highest == found.at_least else f"at least {found.at_least}, perhaps {highest}"
