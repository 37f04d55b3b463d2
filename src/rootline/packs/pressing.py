"""The lines of a pack that must not wait, and the facts that they stand on. Decides nothing of a patient."""

from __future__ import annotations

from functools import cache

from rootline.logic.tree import facts_of
from rootline.packs.model import Level, Pack, UrgencyLine

MUST_NOT_WAIT: tuple[Level, ...] = ("emergency", "urgent")


def pressing_lines(pack: Pack) -> tuple[UrgencyLine, ...]:
    """The emergency and urgent lines, worst first."""
    return tuple(line for line in pack.urgency if line.level in MUST_NOT_WAIT)


@cache
def pressing_facts(pack: Pack) -> frozenset[str]:
    """Every fact that a line above "soon" asks about: what is known of it, or set aside, must be seen."""
    return frozenset(fact for line in pressing_lines(pack) for fact in facts_of(line.advice.when, pack.conditions))
