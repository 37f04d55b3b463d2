"""The facts of an answer under the headings they are told by: read, supposed, changed or given. Words nothing."""

from __future__ import annotations

from collections.abc import Iterable

from rootline.answers import phrases as words
from rootline.answers.model import FactRead
from rootline.readers.english import Wording


def by_heading(facts: Iterable[FactRead]) -> list[tuple[Wording, list[FactRead]]]:
    """Each heading with its facts; headings without any are left out."""
    found: dict[Wording, list[FactRead]] = {
        heading: [] for heading in (words.FACTS, words.SUPPOSED_FACTS, words.CHANGED, words.GIVEN)
    }
    for fact in facts:
        found[_heading(fact)].append(fact)
    return [(heading, told) for heading, told in found.items() if told]


def _heading(fact: FactRead) -> Wording:
    if fact.source in ("question", "follow-up"):
        return words.FACTS
    if fact.source == "what if":
        return words.SUPPOSED_FACTS
    return words.CHANGED if fact.against else words.GIVEN
