"""The plan as a line of time: the first symptom, today with its urgency and what is due now, then what is to come.

Times are those of the statements. What is due only under a condition keeps its condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from rootline.answers.audience import VOICE
from rootline.answers.model import Answer, Due, LevelName, Statement
from rootline.answers.phrases import AT_LEAST, COULD_BE, LEVEL
from rootline.logic.units import say_shortest
from rootline.packs.model import LEVELS
from rootline.packs.pressing import MUST_NOT_WAIT
from rootline.pictures.svg import LEADING, SMALL, TEXT, WIDTH, is_about_nobody, lines_down, picture, shape, wrap
from rootline.readers.english import Voice, Wording

TITLE = Wording("What is due when", "What happens when")
TODAY = Wording("Today", "Today")
ONSET = Wording("First symptom", "Your first symptom")
AFTER = Wording("after the first symptom", "after your first symptom")
FROM_TODAY = Wording("from today", "from today")
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
    """A point in time. `at` places it: in days after the onset; while that is unknown, today's own line comes first."""

    at: tuple[int, float]
    heading: str
    note: str
    entries: tuple[Entry, ...]
    is_today: bool = False


def timeline(answer: Answer, id_: str = "timeline") -> str:
    """First symptom, today with what must not wait, and all that is due, in the order of time; else empty."""
    voice = VOICE[answer.audience]
    pairs = [(one, due) for section in answer.sections for one in section.statements for due in one.due]
    must_not_wait = _must_not_wait(answer)
    if is_about_nobody(answer) or not (pairs or must_not_wait):
        return ""
    told: set[str] = set()
    now = _entries([*must_not_wait, *(one for one, due in pairs if due.is_now)], voice, told)
    coming = _coming(answer, [pair for pair in pairs if not pair[1].is_now], voice, told)
    moments = sorted([*_onset(answer, voice), _today(answer, voice, now), *coming], key=lambda one: one.at)
    return _draw(tuple(moments), answer.days_since_onset is not None, voice, id_)


def _must_not_wait(answer: Answer) -> list[Statement]:
    """What an emergency or urgent case has done today: all that its red flags plainly ask for."""
    if answer.urgency.at_least not in MUST_NOT_WAIT:
        return []
    flags = (one for section in answer.sections if section.id == "red-flags" for one in section.statements)
    return [one for one in flags if one.status == "applies" and any(action.kind == "do" for action in one.actions)]


def _place(answer: Answer, days: float, is_from_today: bool) -> tuple[int, float]:
    since = answer.days_since_onset
    if since is None:
        return (0 if is_from_today else 1), days
    return 0, days + (since if is_from_today else 0)


def _today(answer: Answer, voice: Voice, now: tuple[Entry, ...]) -> Moment:
    """The urgency, and what is due now."""
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
    entries = (*(Entry("", one, "") for one in told), *now)
    return Moment(_place(answer, 0, True), TODAY.to(voice), note, entries, is_today=True)


def _onset(answer: Answer, voice: Voice) -> Iterator[Moment]:
    if answer.days_since_onset:
        yield Moment((0, 0), ONSET.to(voice), answer.onset, ())


def _coming(answer: Answer, pairs: list[tuple[Statement, Due]], voice: Voice, told: set[str]) -> Iterator[Moment]:
    """Each time at which something is due, with all that is due then."""
    found: dict[tuple[tuple[int, float], str], list[tuple[Statement, Due]]] = {}
    for one, due in sorted(pairs, key=lambda pair: _place(answer, pair[1].days, pair[1].counts_from == "today")):
        place = _place(answer, due.days, due.counts_from == "today")
        found.setdefault((place, due.counts_from), []).append((one, due))
    for (place, counts_from), those in found.items():
        due = those[0][1]
        since = FROM_TODAY if counts_from == "today" else AFTER
        notes = [since.to(voice), *([due.date] if due.date else [])]
        heading = f"{due.after[:1].upper()}{due.after[1:]}"
        yield Moment(place, heading, ", ".join(notes), _entries([one for one, _ in those], voice, told))


def _entries(statements: list[Statement], voice: Voice, told: set[str]) -> tuple[Entry, ...]:
    """What is due then; `told` are the statements that stand in full already, and grows by these."""
    entries = tuple(_entry(one, voice, one.id in told) for one in statements)
    told.update(one.id for one in statements)
    return entries


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


def _draw(moments: tuple[Moment, ...], is_placed: bool, voice: Voice, id_: str) -> str:
    shapes: list[Element] = []
    knots: list[tuple[float, bool]] = []
    top = 4.0
    for moment in moments:
        knots.append((top + TEXT * 0.65, moment.is_today))
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
    for line, end in zip(axis, moments[1:], strict=True):
        if not is_placed and end.at[0] == 1:  # it counts from an onset that nobody knows
            line.set("stroke-dasharray", "3 5")
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
