"""What leans on each point: the statements, rules, disagreements, sites and overruled claims that cite it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rootline.evidence.points.source import Citation
from rootline.packs.coverage import coverage
from rootline.packs.model import Pack


@dataclass(frozen=True)
class Leaner:
    """One thing that cites a point. As text: its id, which for a site or a claim says what it is."""

    kind: Literal["statement", "rule", "disagreement", "site", "claim"]
    id: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}" if self.kind in ("site", "claim") else self.id


def leaning(pack: Pack) -> dict[Citation, list[Leaner]]:
    """All that cites a point, each once, by point. A point that is not here is not used."""
    found: dict[Citation, dict[Leaner, None]] = {}
    for leaner, because in _cites(pack):
        for citation in because:
            found.setdefault(citation, {}).setdefault(leaner)
    return {citation: list(leaners) for citation, leaners in found.items()}


def _cites(pack: Pack) -> Iterator[tuple[Leaner, tuple[Citation, ...]]]:
    yield from ((Leaner("statement", id_), one.because) for id_, one in pack.statements.items())
    yield from ((Leaner("rule", name), rule.because) for name, rule in pack.rules.items())
    yield from (
        (Leaner("disagreement", one.id), position.because) for one in pack.disagreements for position in one.positions
    )
    yield from ((Leaner("site", site.id), site.because) for site in pack.sites)
    yield from ((Leaner("site", site.id), site.drawn.because) for site in pack.sites if site.drawn)
    for claim in coverage(pack):
        if claim.overruled:
            yield Leaner("claim", f"{claim.question}/{claim.id}"), claim.overruled.because
