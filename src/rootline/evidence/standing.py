"""What the library knows of a pack's sources: retracted, under a concern, corrected, superseded, deleted, or nothing.

Looks up PMID and DOI only. What leans on a source is the pack's matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rootline.evidence.points.source import Source
from rootline.evidence.store.document import Document, Standing
from rootline.evidence.store.identity import clean_doi

# The library's word -> the word by which a pack's source file says the same.
_SAID_BY: dict[Standing, tuple[str, ...]] = {
    "retracted": ("retracted",),
    "superseded": ("superseded", "retracted"),
    "concern": ("disputed", "retracted"),
    "deleted": ("retracted",),
}


@dataclass(frozen=True)
class Known:
    """A source of a pack and its document in the library; None where the library has none."""

    source: Source
    document: Document | None

    @property
    def is_touched(self) -> bool:
        return self.document is not None and self.document.standing != "current"

    @property
    def is_said(self) -> bool:
        """Whether the pack says so already: by its standing, or, for a correction, by a note."""
        if self.document is None or not self.is_touched:
            return True
        if self.document.standing == "corrected":
            return bool(self.source.standing_note) or self.source.standing == "retracted"
        return self.source.standing in _SAID_BY[self.document.standing]


def known(sources: Iterable[Source], document: Callable[[str], Document | None]) -> Iterator[Known]:
    """Every source with a PMID or DOI, with what the library knows of it; `document` looks up by id."""
    for source in sources:
        keys = [f"pmid:{source.pmid}"] if source.pmid else []
        keys += [f"doi:{doi}"] if (doi := clean_doi(source.doi)) else []
        if keys:
            found = (document(key) for key in keys)
            yield Known(source, next((one for one in found if one is not None), None))
