"""The state of human editorial review of a pack's content, as every answer and every edge shows it."""

from __future__ import annotations

from rootline.answers.model import Review
from rootline.packs.model import Pack


def review_of(pack: Pack) -> Review:
    """Who has approved this content, if anybody."""
    return Review(state="submitted", updated=pack.updated, by="")
