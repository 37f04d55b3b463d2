"""Two versions of a pack compared as a whole: what is decided, what reads otherwise, which published answers differ.

Runs the comparisons; how it is told is `render_differences`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rootline.answers.affected import Affected, affected
from rootline.checks.check import Progress
from rootline.checks.differences import Comparison, Difference
from rootline.checks.rewording import TELLING, Rewording, rewordings
from rootline.packs.model import Pack


@dataclass(frozen=True)
class Compared:
    """All that was found between two versions."""

    old: Pack
    new: Pack
    decided: dict[str, list[Difference]]  # urgency, actions, sites, conditions
    rewordings: Sequence[Rewording]
    affected: Sequence[Affected]

    def count(self, outcome: str) -> int:
        """How many of the things decided are unchanged, changed or undecided."""
        return sum(one.outcome == outcome for found in self.decided.values() for one in found)

    @property
    def treats_otherwise(self) -> bool:
        """Whether some patient gets another urgency, action, site or dose, or words that may mean something else."""
        return self.count("changed") > 0 or any(one.touches in TELLING for one in self.rewordings)


def compare(old: Pack, new: Pack, progress: Progress) -> Compared:
    """Everything, for every possible patient."""
    comparison = Comparison(old, new)
    parts = {
        "urgency": comparison.urgency,
        "actions": comparison.actions,
        "sites": comparison.sites,
        "conditions": comparison.conditions,
    }
    decided = {}
    for done, (part, found) in enumerate(parts.items()):
        progress("comparing", done, len(parts) + 1)
        decided[part] = found()
    answers = list(affected(old, new))
    progress("comparing", len(parts) + 1, len(parts) + 1)
    return Compared(old, new, decided, list(rewordings(old, new)), answers)
