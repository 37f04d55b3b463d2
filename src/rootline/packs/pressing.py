"""The facts that an emergency or an urgent line of a pack stands on. Decides nothing of a patient."""

from __future__ import annotations

from functools import cache

from rootline.logic.tree import facts_of
from rootline.packs.model import Pack


@cache
def pressing_facts(pack: Pack) -> frozenset[str]:
    """Every fact that a line above "soon" asks about: what is known of it, or set aside, must be seen."""
    lines = [line.advice.when for line in pack.urgency if line.level in ("emergency", "urgent")]
    return frozenset(fact for when in lines for fact in facts_of(when, pack.conditions))
