"""What leans on each point: the statements, rules, disagreements, sites and overruled claims that cite it."""

from __future__ import annotations

from collections.abc import Iterator

from rootline.evidence.source import Citation
from rootline.packs.coverage import coverage
from rootline.packs.localise import sites
from rootline.packs.model import Pack


def leaning(pack: Pack) -> dict[Citation, list[str]]:
    """The ids of all that cites a point, by point. A point that is not here is not used."""
    found: dict[Citation, list[str]] = {}
    for id_, because in _cites(pack):
        for citation in because:
            found.setdefault(citation, []).append(id_)
    return found


def _cites(pack: Pack) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    yield from ((id_, one.because) for id_, one in pack.statements.items())
    yield from ((name, rule.because) for name, rule in pack.rules.items())
    yield from ((one.id, position.because) for one in pack.disagreements for position in one.positions)
    yield from ((f"site {site.id}", site.because) for site in sites(pack))
    yield from ((f"picture of site {site.id}", site.drawn.because) for site in sites(pack) if site.drawn)
    yield from ((f"claim {claim.id}", claim.overruled.because) for claim in coverage(pack) if claim.overruled)
