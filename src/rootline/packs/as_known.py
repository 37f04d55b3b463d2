"""A pack for display, its sources with the standing that the user's library gives them where that is another.

Changes nothing that is answered, hashed or proved: only what is shown of a source beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rootline.evidence.points.source import Source
from rootline.packs.model import Pack


def as_known(pack: Pack, standings: Mapping[str, str]) -> Pack:
    """The pack, where the library knows a source as, say, retracted, saying so; `standings` are by source id."""
    known = {id_: _as_known(one, standings[id_]) for id_, one in pack.sources.items() if id_ in standings}
    return replace(pack, sources={**pack.sources, **known}) if known else pack


def _as_known(source: Source, standing: str) -> Source:
    if standing == source.standing:
        return source
    note = f"so says the library here; the pack says {source.standing}"
    return replace(source, standing=standing, standing_note=f"{note}. {source.standing_note}".rstrip(" ."))
