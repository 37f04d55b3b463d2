"""The plan as a line of time: today with its urgency, and what is due when after the first symptom.

Times are those of the statements. What is due only under a condition keeps its condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from xml.etree.ElementTree import Element

from rootline.answers.audience import VOICE
from rootline.answers.model import Answer, Due, LevelName, Statement
from rootline.answers.phrases import AT_LEAST, COULD_BE, LEVEL
from rootline.logic.units import say_shortest
from rootline.packs.model import LEVELS
from rootline.pictures.svg import LEADING, SMALL, TEXT, WIDTH, is_about_nobody, lines_down, picture, shape, wrap
from rootline.readers.english import Voice, Wording

TITLE = Wording("What is due when", "What happens when")
TODAY = Wording("Today", "Today")
ONSET = Wording("First symptom", "Your first symptom")
AFTER = Wording("after the first symptom", "after your first symptom")
PAST = Wording("already past", "already past")
UNTIL = Wording("Until then avoid", "Until then no")
VERB = {"do": Wording("", ""), "consider": Wording("Consider", "Perhaps"), "avoid": Wording("Avoid", "No")}
IF = Wording("If", "If")

_LINE = 14  # where the line of time runs
_WORDS = 34
_ENTRY = _WORDS + 10  # what is due stands in from its time
_ROOM = WIDTH - 6


@dataclass(frozen=True)
class Entry:
    """One thing due: under what condition, its short name, and in full the first time."""

    condition: str
    name: str
    text: str


@dataclass(frozen=True)
class Moment:
    """A point in time: `days` after the first symptom, unknown for a today without an onset."""

    days: float | None
    heading: str
    note: str
    entries: tuple[Entry, ...]


def timeline(answer: Answer, id_: str = "timeline") -> str:
    """Today and all that is due, in the order of time; empty when nothing is due."""
    voice = VOICE[answer.audience]
    due = tuple(_due(answer, voice))
    if is_about_nobody(answer) or not due:
        return ""
    return _draw(tuple(sorted([_today(answer, voice), *_onset(answer, voice), *due], key=_order)), voice, id_)


def _order(moment: Moment) -> float:
    """In order of time; a today that cannot be placed comes first."""
    return -1 if moment.days is None else moment.days


def _today(answer: Answer, voice: Voice) -> Moment:
    urgency, since = answer.urgency, answer.days_since_onset
    said: dict[LevelName, str] = {level: LEVEL[level].to(voice) for level in LEVELS}
    told = []
    if urgency.level == "undetermined":
        if urgency.at_least != LEVELS[-1]:
            told.append(f"{AT_LEAST.to(voice).capitalize()} {said[urgency.at_least]}")
        told.append(f"{COULD_BE.to(voice).capitalize()} {said[urgency.could_be[0]]}")
    else:
        told.append(said[urgency.level])
    note = "" if since is None else f"{say_shortest(since)} {AFTER.to(voice)}"
    return Moment(since, TODAY.to(voice), note, tuple(Entry("", one, "") for one in told))


def _onset(answer: Answer, voice: Voice) -> Iterator[Moment]:
    dated = [one for one in _all_due(answer) if one[1].date]
    day = date.fromisoformat(dated[0][1].date) - timedelta(days=dated[0][1].days) if dated else None
    if day or answer.days_since_onset:
        yield Moment(0, ONSET.to(voice), day.isoformat() if day else "", ())


def _all_due(answer: Answer) -> Iterator[tuple[Statement, Due]]:
    for section in answer.sections:
        for one in section.statements:
            for due in one.due:
                yield one, due


def _due(answer: Answer, voice: Voice) -> Iterator[Moment]:
    """Each time at which something is due, with all that is due then."""
    found: dict[float, list[tuple[Statement, Due]]] = {}
    for one, due in sorted(_all_due(answer), key=lambda pair: pair[1].days):
        found.setdefault(due.days, []).append((one, due))
    told: set[str] = set()
    for days, pairs in found.items():
        entries = []
        for one, _ in pairs:
            entries.append(_entry(one, voice, one.id in told))
            told.add(one.id)
        due = pairs[0][1]
        is_past = answer.days_since_onset is not None and days < answer.days_since_onset
        notes = [AFTER.to(voice), *([due.date] if due.date else []), *([PAST.to(voice)] if is_past else [])]
        yield Moment(days, due.after, ", ".join(notes), tuple(entries))


def _entry(one: Statement, voice: Voice, is_told: bool) -> Entry:
    names: dict[str, list[str]] = {}
    for action in one.actions:
        names.setdefault(action.kind, []).append(action.name)
    is_ban = set(names) == {"avoid"}
    said = [
        f"{(UNTIL if is_ban else VERB[kind]).to(voice)} {', '.join(dict.fromkeys(of_kind))}".strip()
        for kind, of_kind in names.items()
    ]
    short = "; ".join(said)
    name = f"{short[:1].upper()}{short[1:]}"
    condition = f"{IF.to(voice)} {one.condition}:" if one.condition else ""
    return Entry(condition, name, one.text if not is_told or not name else "")


def _draw(moments: tuple[Moment, ...], voice: Voice, id_: str) -> str:
    shapes: list[Element] = []
    knots: list[tuple[float, bool]] = []
    top = 4.0
    for moment in moments:
        is_today = moment.heading == TODAY.to(voice)
        knots.append((top + TEXT * 0.65, is_today))
        heading, top = lines_down(_WORDS, top, wrap(moment.heading, _ROOM - _WORDS, TEXT + 1, "bold"), TEXT + 1, "bold")
        note, top = lines_down(_WORDS, top, wrap(moment.note, _ROOM - _WORDS, SMALL), SMALL)
        shapes += [*heading, *note]
        for entry in moment.entries:
            drawn, top = _draw_entry(entry, top + 4)
            shapes += drawn
        top += 14
    axis = [
        shape("line", x1=_LINE, x2=_LINE, y1=start[0], y2=end[0], stroke="currentColor", stroke_width=2.5)
        for start, end in pairwise(knots)
    ]
    if moments[0].days is None:  # a today that has no place among the times yet
        axis[0].set("stroke-dasharray", "3 5")
    title = TITLE.to(voice)
    return picture("timeline", id_, title, " ".join(map(_say, moments)), top - 8, [*axis, *map(_knot, knots), *shapes])


def _draw_entry(entry: Entry, top: float) -> tuple[list[Element], float]:
    """The words, and a bar beside them: broken where a condition is still open."""
    room = _ROOM - _ENTRY
    condition, y = lines_down(_ENTRY, top, wrap(entry.condition, room, SMALL), SMALL)
    name, y = lines_down(_ENTRY, y, wrap(entry.name, room, TEXT, "bold"), TEXT, "bold")
    text, y = lines_down(_ENTRY, y, wrap(entry.text, room, SMALL), SMALL)
    bar = shape(
        "line", x1=_WORDS + 2, x2=_WORDS + 2, y1=top + 2, y2=y - SMALL * (LEADING - 1) + 2,
        stroke="currentColor", stroke_width=2,
    )  # fmt: skip
    if entry.condition:
        bar.set("stroke-dasharray", "4 3")
    return [bar, *condition, *name, *text], y


def _knot(knot: tuple[float, bool]) -> Element:
    """Today is a filled diamond, any other time a ring."""
    y, is_today = knot
    if is_today:
        points = f"{_LINE},{y - 10:g} {_LINE + 10},{y:g} {_LINE},{y + 10:g} {_LINE - 10},{y:g}"
        return shape("polygon", points=points, fill="currentColor", class_="today")
    return shape("circle", cx=_LINE, cy=y, r=5, fill="currentColor", class_="due")


def _say(moment: Moment) -> str:
    said = "; ".join(" ".join(part for part in (one.condition, one.name, one.text) if part) for one in moment.entries)
    when = f"{moment.heading}, {moment.note}" if moment.note else moment.heading
    return f"{when}: {said.rstrip('.')}." if said else f"{when}."
