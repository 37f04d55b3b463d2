"""Which canonical answers cite given sources: what must be looked at again when a source's standing changes.

Asks every canonical question as a clinician would; decides nothing about the sources.
"""

from __future__ import annotations

from collections.abc import Collection

from rootline.answers.ask import ask
from rootline.packs.model import Pack


def answers_touched(pack: Pack, sources: Collection[str]) -> dict[str, list[str]]:
    """Source id -> the ids of the canonical questions whose answers cite it, in the order of the pack."""
    touched: dict[str, list[str]] = {source: [] for source in sources}
    for question in pack.questions if touched else ():
        for cited in ask(question.text, pack).sources:
            if cited.id in touched:
                touched[cited.id].append(question.id)
    return touched
