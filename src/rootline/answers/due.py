"""When a piece of advice is due after the first symptom, and whether any of it is still to come.

What an urgent line has done today is not put off to a later date. The times themselves are the pack's.
"""

from __future__ import annotations

from datetime import timedelta

from rootline.answers.model import Answer, Due
from rootline.logic.units import say_shortest
from rootline.packs.pressing import MUST_NOT_WAIT
from rootline.packs.run import Advised, Plan


def due_of(one: Advised, plan: Plan) -> list[Due]:
    """The times of a piece of advice, with dates where the onset is known to the day."""
    return [] if one.status == "if" and _is_done_today(one, plan) else [_due(days, plan) for days in one.advice.due]


def _is_done_today(one: Advised, plan: Plan) -> bool:
    """Whether all that is still open to be done is what an emergency or urgent line already asks for."""
    now = {what for line in plan.urgency.because if line.level in MUST_NOT_WAIT for what in _done(line.advice.actions)}
    later = _done(one.advice.actions)
    return bool(later) and later <= now


def _done(actions: tuple[tuple[str, str], ...]) -> set[str]:
    return {what for kind, what in actions if kind == "do"}


def _due(days: float, plan: Plan) -> Due:
    on = (plan.onset + timedelta(days=days)).isoformat() if plan.onset else ""
    return Due(days=days, after=say_shortest(days), date=on)


def is_something_to_come(answer: Answer) -> bool:
    """Whether anything is to be done on a day that has not passed; False while nobody knows when it began."""
    since = answer.days_since_onset
    return since is not None and any(
        due.days >= since
        for section in answer.sections
        for one in section.statements
        if any(action.kind != "avoid" for action in one.actions)
        for due in one.due
    )
