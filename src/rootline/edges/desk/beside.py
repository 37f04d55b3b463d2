"""An answer laid beside its sources for a reviewer: each statement with its points, comments and what differs.

Looks everything up; what is said and cited was decided in the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rootline.answers.banner import banner
from rootline.answers.cited import Cited, cited
from rootline.answers.model import Answer, Statement
from rootline.desk.tables import Comment
from rootline.packs.model import Pack


@dataclass(frozen=True)
class Row:
    """One statement, the points it rests on, what colleagues say of it, and whether it reads otherwise."""

    statement: Statement
    points: tuple[Cited, ...]
    comments: tuple[Comment, ...]
    is_changed: bool


def beside(
    answer: Answer, pack: Pack, comments: Iterable[Comment], before: Answer | None
) -> list[tuple[str, list[Row]]]:
    """The answer by its sections. `before` is the approved one to compare with, where there is one."""
    points, said = cited(answer, pack), list(comments)
    was = _statements(before) if before else {}

    def row(one: Statement) -> Row:
        return Row(
            one,
            tuple(points[name] for name in one.citations),
            tuple(each for each in said if each.statement == one.id),
            before is not None and was.get(one.id) != _bare(one),
        )

    return [(part.title, [row(one) for one in part.statements]) for part in answer.sections]


def reworded(before: Answer, after: Answer) -> list[tuple[str, str]]:
    """How things were said and how they are said now: the urgency first, the answer in short, then each statement."""
    whole = [(f"Urgency: {_level(before)}", f"Urgency: {_level(after)}")]
    whole += [(before.bottom_line.text, after.bottom_line.text)]
    was, is_ = ({one.id: _told(one) for part in each.sections for one in part.statements} for each in (before, after))
    whole += [(was[id_], told) for id_, told in is_.items() if id_ in was]
    return [(one, other) for one, other in whole if one != other]


def _level(answer: Answer) -> str:
    """The urgency in words, as its banner has it."""
    shown = banner(answer)
    return " ".join(part for part in (shown.headline, shown.could_be) if part) if shown else "none is told"


def gone(answer: Answer, before: Answer | None) -> list[Statement]:
    """Statements that the approved answer held and this one does not."""
    still = _statements(answer)
    every = [one for part in before.sections for one in part.statements] if before else []
    return [one for one in every if one.id not in still]


def _told(one: Statement) -> str:
    doses = "".join(f" {dose.drug}: {dose.dose}; {dose.maximum}; {dose.duration}; {dose.note}" for dose in one.doses)
    return f"If {one.condition}: {one.text}{doses}" if one.condition else f"{one.text}{doses}"


def _statements(answer: Answer) -> dict[str, object]:
    return {one.id: _bare(one) for part in answer.sections for one in part.statements}


def _bare(one: Statement) -> object:
    return one.model_dump(exclude={"trace"})
