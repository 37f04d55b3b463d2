"""Citations: from `source#point` to the point, and what a statement's citations do for it.

The verdict looks only at directions; whether the words fit is what a reviewer signs for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from rootline.errors import PackError, nearest
from rootline.evidence.points.source import Citation, Point, Source
from rootline.logic.place import place_of

Verdict = Literal["supported", "partly", "opposed", "unsupported"]
_SPEAKS_FOR = {"for", "benefit"}
_SPEAKS_AGAINST = {"against", "no benefit", "harm"}


def read_citation(text: str, sources: Mapping[str, Source]) -> Citation:
    """`source#point`, resolved. Raises `PackError` that names the nearest source or point."""
    source_id, _, point_id = text.partition("#")
    where = str(place_of(text))
    if source_id not in sources:
        raise PackError(f"no source is called `{source_id}`", where=where, mend=nearest(source_id, sources))
    points = sources[source_id].points
    if point_id not in points:
        raise PackError(f"source `{source_id}` has no point `{point_id}`", where=where, mend=nearest(point_id, points))
    return Citation(source_id, point_id)


def verdict(kinds: Iterable[str], points: Iterable[Point]) -> Verdict:
    """What the cited points do for a statement whose actions are of these kinds (`do`, `consider`, `avoid`).

    A statement without actions describes; any point it cites supports it.
    """
    cited = list(points)
    wanted = set(kinds)
    if not cited:
        return "unsupported"
    if not wanted or wanted >= {"avoid", "do"} or wanted >= {"avoid", "consider"}:
        return "supported"
    supports = _SPEAKS_AGAINST if wanted == {"avoid"} else _SPEAKS_FOR
    opposes = _SPEAKS_FOR if wanted == {"avoid"} else _SPEAKS_AGAINST
    has_support = any(point.direction in supports or point.direction == "finding" for point in cited)
    has_opposition = any(point.direction in opposes for point in cited)
    if has_support:
        return "partly" if has_opposition else "supported"
    return "opposed" if has_opposition else "partly"
