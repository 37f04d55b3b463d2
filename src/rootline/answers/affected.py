"""Which published answers read otherwise under another version of the pack, and in what.

Published are the canonical questions, to each audience. Compares answers; says nothing of who must review them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rootline.answers.ask import ask
from rootline.answers.model import AUDIENCES, Answer, Audience
from rootline.packs.model import Pack


@dataclass(frozen=True)
class Affected:
    """A published answer that differs: its statements that came, went or read otherwise, and other parts that do."""

    question: str
    audience: Audience
    statements: tuple[str, ...]
    parts: tuple[str, ...]


def affected(old: Pack, new: Pack) -> Iterator[Affected]:
    """Every published answer that differs, in the order of the new pack's questions."""
    before = {one.id: one.text for one in old.questions}
    after = {one.id: one.text for one in new.questions}
    for id_ in dict.fromkeys([*after, *before]):
        for audience in AUDIENCES:
            if id_ not in before or id_ not in after:
                yield Affected(after.get(id_, before.get(id_, "")), audience, (), ("question",))
                continue
            one, other = ask(before[id_], old, audience), ask(after[id_], new, audience)
            statements, parts = _statements(one, other), _parts(one, other)
            if statements or parts:
                yield Affected(after[id_], audience, statements, parts)


def _statements(one: Answer, other: Answer) -> tuple[str, ...]:
    """Statements that stand in one alone, or not alike in both."""
    before, after = (
        {said.id: said.model_dump() for section in answer.sections for said in section.statements}
        for answer in (one, other)
    )
    return tuple(id_ for id_ in dict.fromkeys([*before, *after]) if before.get(id_) != after.get(id_))


_STAMPS = {"pack", "trace_id", "as_of", "review", "sections"}


def _parts(one: Answer, other: Answer) -> tuple[str, ...]:
    """Parts of the answer, its statements and its stamps apart, that are not alike."""
    before, after = one.model_dump(exclude=_STAMPS), other.model_dump(exclude=_STAMPS)
    return tuple(part for part in before if before[part] != after[part])
