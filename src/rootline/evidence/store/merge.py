"""One document out of what several files say of it: the best record, the richest text, every warning.

Looks only at what it is given; which versions those are is the store's matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rootline.evidence.store.document import STANDINGS, Document, Standing
from rootline.evidence.store.identity import version_hash

# Whose word counts first for title, authors, year and the like, and whose text among those about as long.
RANK = ("pubmed", "nbib", "jats", "ris", "bibtex", "html", "pdf", "markdown", "text")
NOTICE = "notice"  # kinds that begin so are what another publication says of this one; they carry no text
ABOUT_AS_LONG = 0.5  # a text under half the longest is an abstract beside the full text
_FIELDS = ("title", "authors", "journal", "year", "types", "mesh", "pmid", "pmcid", "doi", "language")


def merge(renditions: Sequence[Document]) -> Document:
    """The document as its renditions, the latest of each kind, tell it together. The standing is the worst of all."""
    if len(renditions) == 1:
        return renditions[0]
    ranked = sorted(renditions, key=lambda one: (rank(one.kind), one.kind))
    longest = max(len(one.text) for one in ranked)
    told = next(one for one in ranked if len(one.text) >= ABOUT_AS_LONG * longest)
    best = {field: next((value for one in ranked if (value := getattr(one, field))), None) for field in _FIELDS}
    merged = replace(
        told,
        **{field: value for field, value in best.items() if value is not None},
        notices=tuple(dict.fromkeys(notice for one in ranked for notice in one.notices)),
        standing=worst([one.standing for one in ranked]),
        revised=max(one.revised for one in ranked),
    )
    return replace(merged, sha256=version_hash(merged))


def rank(kind: str) -> int:
    """Lower is better; notices come last."""
    return RANK.index(kind) if kind in RANK else len(RANK)


def worst(standings: Sequence[Standing]) -> Standing:
    """The standing that warns most."""
    return max(standings, key=STANDINGS.index, default="current")
