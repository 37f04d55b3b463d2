"""A pack run on what is known of one patient: urgency read downwards, and each advice's status.

An undecided urgency line is never passed on the way to something calmer: the level then stays undetermined.
What is said, and to whom, is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rootline.logic.tree import ALWAYS, NEVER, Node
from rootline.logic.truth import Truth
from rootline.packs.findings import with_findings
from rootline.packs.model import LEVELS, Advice, Level, Pack, UrgencyLine
from rootline.readers.evaluate import Values
from rootline.readers.residual import Memo, unfold

Status = Literal["applies", "if", "does not apply"]
_STATUS: dict[Truth, Status] = {Truth.YES: "applies", Truth.UNKNOWN: "if", Truth.NO: "does not apply"}


@dataclass(frozen=True)
class Advised:
    """One piece of advice for this patient; `condition` is what is still open of its condition."""

    advice: Advice
    status: Status
    condition: Node


@dataclass(frozen=True)
class Urgency:
    """How soon. `level` is None while a line above the first that holds is undecided."""

    level: Level | None
    at_least: Level
    could_be: tuple[Level, ...]
    because: tuple[UrgencyLine, ...]  # the lines that hold at the level reached
    open: tuple[UrgencyLine, ...]  # undecided lines that would raise it


@dataclass(frozen=True)
class Plan:
    """Urgency and every advice's status for one patient."""

    pack: Pack
    values: Values
    urgency: Urgency
    advised: tuple[Advised, ...]
    onset: date | None = None  # when the symptoms began, where it is known to the day
    supposed: frozenset[str] = frozenset()  # the facts that are only supposed

    def of(self, advice_id: str) -> Advised:
        """The status of one piece of advice."""
        return next(one for one in self.advised if one.advice.id == advice_id)


def run(pack: Pack, values: Values, onset: date | None = None, supposed: frozenset[str] = frozenset()) -> Plan:
    """Evaluate the whole pack on a case. The same case gives the same plan, always."""
    values = with_findings(pack, values)
    truths = pack.compiled(values)
    memo = Memo()
    advised = tuple(
        Advised(advice, _STATUS[truths[id_]], _left(advice, truths[id_], values, pack, memo))
        for id_, advice in pack.statements.items()
    )
    return Plan(pack, values, read_ladder(pack, truths), advised, onset, supposed)


def _left(advice: Advice, truth: Truth, values: Values, pack: Pack, memo: Memo) -> Node:
    if truth is Truth.UNKNOWN:
        return unfold(advice.when, values, pack.conditions, memo)
    return ALWAYS if truth is Truth.YES else NEVER


def urgency_of(pack: Pack, values: Values) -> Urgency:
    """The urgency alone, for what-ifs."""
    return read_ladder(pack, pack.compiled_urgency(with_findings(pack, values)))


def read_ladder(pack: Pack, truths: Mapping[str, Truth]) -> Urgency:
    """Read the lines downwards: the first that holds is reached; the last is what remains."""
    reached = next((line.level for line in pack.urgency if truths[line.advice.id] is Truth.YES), pack.urgency[-1].level)
    rank = LEVELS.index(reached)
    open_above = tuple(
        line for line in pack.urgency if truths[line.advice.id] is Truth.UNKNOWN and LEVELS.index(line.level) < rank
    )
    could_be = {line.level for line in open_above} | {reached}
    return Urgency(
        level=None if open_above else reached,
        at_least=reached,
        could_be=tuple(level for level in LEVELS if level in could_be),
        because=tuple(line for line in pack.urgency if line.level == reached and truths[line.advice.id] is Truth.YES),
        open=open_above,
    )
