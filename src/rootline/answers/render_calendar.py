"""What is due, as a calendar file (RFC 5545). It holds the pack's words and dates alone: no word of the question."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from rootline.answers.model import Answer, Due, Statement
from rootline.errors import InputError


def to_calendar(answer: Answer, now: datetime) -> bytes:
    """One all-day event for each thing to be done on a day to come; what is to be avoided is no date.

    What several statements, or several times of one, have done on one day is one event. Raises `InputError` when
    there is none.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Rootline//Follow-up//EN")
    calendar.add("version", "2.0")
    events: dict[tuple[date, str], list[tuple[Statement, Due]]] = {}
    for section in answer.sections:
        for one in section.statements:
            todo = ", ".join(action.name for action in one.actions if action.kind != "avoid")
            for due in one.due if todo else ():
                day = _day(due, now.date())
                if day and day >= now.date():
                    events.setdefault((day, todo), []).append((one, due))
    for (day, todo), told in events.items():
        calendar.add_component(_event(day, todo, told, answer, now))
    if not calendar.subcomponents:
        raise InputError(
            "nothing is due on a day to come", mend="Tell the day it began; what is due counts from there."
        )
    return bytes(calendar.to_ical())


def _day(due: Due, today: date) -> date | None:
    """The day of what lies ahead; none for what is due now, or counts from an onset that is not known."""
    if due.counts_from == "today":
        return None if due.is_now else today + timedelta(days=due.days)
    return date.fromisoformat(due.date) if due.date else None


def _event(day: date, todo: str, told: list[tuple[Statement, Due]], answer: Answer, now: datetime) -> Event:
    event = Event()
    is_open = all(one.condition for one, _ in told)
    times = [due.after if due.counts_from == "today" else f"{due.after} after it began" for _, due in told]
    title = f"If it applies: {todo}" if is_open else f"{todo[0].upper()}{todo[1:]}"
    said = [f"If {one.condition}: {one.text}" if one.condition else one.text for one, _ in told]
    ids = " ".join(dict.fromkeys(one.id for one, _ in told))
    event.add("uid", f"{hashlib.sha256(f'{answer.trace_id} {ids} {day}'.encode()).hexdigest()[:32]}@rootline")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{title} ({', '.join(dict.fromkeys(times))})")
    event.add("description", "\n\n".join(dict.fromkeys([*said, answer.disclaimer])))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
