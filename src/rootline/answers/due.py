"""When a piece of advice is due, after the first symptom or from today, and whether any of it is still to come.

What an urgent line has done today is not put off to a later date. The times themselves are the pack's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from rootline.answers.model import Answer, Due
from rootline.logic.units import UNITS, Unit, convert, say_shortest
from rootline.logic.values import Amount, Between, Value
from rootline.packs.pressing import MUST_NOT_WAIT
from rootline.packs.run import Advised, Plan


def days_since_onset(plan: Plan) -> float | None:
    """How long ago the symptoms began, where it is known exactly."""
    lasted, unit = _lasted(plan)
    return convert(lasted, unit, UNITS["d"]) if isinstance(lasted, float) else None


def _days_at_least(plan: Plan) -> float:
    """How long ago the symptoms began for certain: "since July" is a range."""
    lasted, unit = _lasted(plan)
    least = lasted.low if isinstance(lasted, Between) else lasted
    return convert(least, unit, UNITS["d"]) if isinstance(least, float) else 0


def _lasted(plan: Plan) -> tuple[Value | None, Unit]:
    """What is known of how long the symptoms have lasted, and its unit."""
    fact = plan.pack.onset_fact
    kind = plan.pack.types[fact] if fact else None
    return (plan.values.get(fact), kind.unit) if fact and isinstance(kind, Amount) else (None, UNITS["d"])


def due_of(one: Advised, plan: Plan) -> list[Due]:
    """The times of a piece of advice, with dates where the onset is known to the day.

    A time that has passed gives way to the next; where none is left, what is to be done is due now.
    """
    if _is_other_line(one, plan) or (one.status == "if" and _is_done_today(one, plan)):
        return []
    since, least = days_since_onset(plan), _days_at_least(plan)
    from_today = [_due(days, "today", f"within {say_shortest(days)}", since, plan) for days in one.advice.within]
    coming = [days for days in one.advice.due if days >= least]
    from_onset = [_due(days, "onset", say_shortest(days), since, plan) for days in coming]
    is_to_do = any(kind != "avoid" for kind, _ in one.advice.actions)
    if one.advice.due and not (from_today or from_onset) and is_to_do:
        return [_due(0, "today", "due now", since, plan)]
    return [*from_today, *from_onset]


def _is_other_line(one: Advised, plan: Plan) -> bool:
    """Whether it is a line of the ladder that does not set the urgency: its limit is not this patient's."""
    is_line = any(line.advice.id == one.advice.id for line in plan.pack.urgency)
    return is_line and all(line.advice.id != one.advice.id for line in plan.urgency.because)


def _is_done_today(one: Advised, plan: Plan) -> bool:
    """Whether all that is still open to be done is what an emergency or urgent line already asks for."""
    now = {what for line in plan.urgency.because if line.level in MUST_NOT_WAIT for what in _done(line.advice.actions)}
    later = _done(one.advice.actions)
    return bool(later) and later <= now


def _done(actions: tuple[tuple[str, str], ...]) -> set[str]:
    return {what for kind, what in actions if kind == "do"}


def _due(days: float, counts_from: Literal["onset", "today"], after: str, since: float | None, plan: Plan) -> Due:
    after_onset = days if counts_from == "onset" else None if since is None else since + days
    on = ""
    if plan.onset is not None and after_onset is not None:
        on = (plan.onset + timedelta(days=after_onset)).isoformat()
    return Due(days=days, counts_from=counts_from, after=after, date=on)


def is_something_to_come(answer: Answer) -> bool:
    """Whether anything is really to be done on a day to come that is known: from today, or from an onset told."""
    if any(one.source == "what if" and not one.note for one in answer.facts):
        return False  # a plan that is only supposed has no appointments
    return any(
        due.days > 0 if due.counts_from == "today" else answer.days_since_onset is not None
        for section in answer.sections
        for one in section.statements
        if any(action.kind != "avoid" for action in one.actions)
        for due in one.due
    )
