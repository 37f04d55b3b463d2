"""Effects as small interval plots: estimate, 95% interval, the line of no difference, and which side is better.

Figures are the answer's, nothing is pooled or computed; rows of one measure and unit share a scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from xml.etree.ElementTree import Element

from rootline.answers.model import EffectSaid, Statement
from rootline.evidence.points.effect import RATIOS
from rootline.pictures.svg import SMALL, TEXT, WIDTH, label, lines_down, picture, shape, wrap

TITLE = "How large the effects are"
CROSSES = "The interval includes no difference"
FAVOURS = "Favours {}"
NOTE = "A difference can be certain and still too small to matter: read it with the statement."

_LEFT, _RIGHT = 8, WIDTH - 8
_MIDDLE = WIDTH / 2
_REACH = 136  # px from the line of no difference to either end of the scale
_BAND = 30  # height of the plot
_MARGIN = 1.1  # how far the scale goes beyond the furthest end of an interval


def effects(statement: Statement, id_: str = "") -> str:
    """The effects behind one statement; empty where it has none. `id_` defaults to one made of the statement's."""
    return draw_effects(statement.effects, id_ or f"effects-{statement.id}")


def draw_effects(rows: Sequence[EffectSaid], id_: str = "effects") -> str:
    """One plot under the other, in the order given; empty for no rows."""
    if not rows:
        return ""
    shapes: list[Element] = []
    top = 4.0
    for row in rows:
        drawn, top = _draw(row, max(_span(one) for one in rows if _share_scale(one, row)) * _MARGIN, top)
        shapes.append(shape("g", *drawn, class_="effect"))
        top += 16
    note, top = lines_down(_LEFT, top, wrap(NOTE, _RIGHT - _LEFT, SMALL), SMALL)
    return picture("effects", id_, TITLE, " ".join([*map(_say, rows), NOTE]), top + 4, [*shapes, *note])


def _share_scale(one: EffectSaid, row: EffectSaid) -> bool:
    """Differences in a unit that is not given are compared with nothing but themselves."""
    is_known = bool(row.unit) or row.measure in RATIOS
    return one is row or (is_known and (one.measure, one.unit) == (row.measure, row.unit))


def _distance(row: EffectSaid, value: float) -> float:
    """How far a value lies from no difference; ratios on a logarithmic scale, where 2 and 1/2 lie equally far."""
    return log(value / row.no_effect) if row.measure in RATIOS else value - row.no_effect


def _span(row: EffectSaid) -> float:
    return max(abs(_distance(row, row.low)), abs(_distance(row, row.high))) or 1.0


def _draw(row: EffectSaid, span: float, top: float) -> tuple[list[Element], float]:
    room = _RIGHT - _LEFT
    heading, y = lines_down(
        _LEFT, top, wrap(f"{row.outcome[:1].upper()}{row.outcome[1:]}", room, TEXT, "bold"), TEXT, "bold"
    )
    compared, y = lines_down(_LEFT, y, wrap(f"{row.of} against {row.against}. {row.source}", room, SMALL), SMALL)
    plot = _plot(row, span, y + 6)
    y += 6 + _BAND
    ends = [_MIDDLE - _REACH, _MIDDLE, _MIDDLE + _REACH]
    values = [exp(-span), 1.0, exp(span)] if row.measure in RATIOS else [-span, 0.0, span]
    scale = [
        label(x, y + SMALL + 3, f"{value:.2g}", SMALL, "normal", "middle")
        for x, value in zip(ends, values, strict=True)
    ]
    left, right = (row.of, row.against) if row.better == "lower" else (row.against, row.of)
    sides, y = _sides(left, right, y + SMALL + 8)
    figures, y = lines_down(_LEFT, y + 3, wrap(_figures(row), room, SMALL), SMALL)
    reading, y = lines_down(_LEFT, y, wrap(_reading(row), room, SMALL, "bold"), SMALL, "bold")
    return [*heading, *compared, *plot, *scale, *sides, *figures, *reading], y


def _plot(row: EffectSaid, span: float, top: float) -> list[Element]:
    def at(value: float) -> float:
        return _MIDDLE + _distance(row, value) / span * _REACH

    y, base = top + _BAND / 2 - 3, top + _BAND
    low, middle, high = at(row.low), at(row.estimate), at(row.high)
    ticks = "".join(f"M{x:g} {base - 4:g}v4" for x in (_MIDDLE - _REACH, _MIDDLE, _MIDDLE + _REACH))
    whiskers = f"M{low:.1f} {y - 6:g}v12M{low:.1f} {y:g}H{high:.1f}M{high:.1f} {y - 6:g}v12"
    return [
        shape("line", x1=_MIDDLE, x2=_MIDDLE, y1=top - 4, y2=base, stroke="currentColor", stroke_dasharray="3 3"),
        shape("path", d=f"M{_MIDDLE - _REACH:g} {base:g}h{2 * _REACH:g}{ticks}", stroke="currentColor"),
        shape("path", d=whiskers, stroke="currentColor", stroke_width=2.5, class_="interval"),
        shape("rect", x=middle - 5, y=y - 5, width=10, height=10, fill="currentColor", class_="estimate"),
    ]


def _sides(left: str, right: str, top: float) -> tuple[list[Element], float]:
    """Under each half of the scale, who does better there."""
    room = _MIDDLE - _LEFT - 6
    begun, left_end = lines_down(_LEFT, top, wrap(f"← better: {left}", room, SMALL), SMALL)
    ended, right_end = lines_down(_RIGHT, top, wrap(f"→ better: {right}", room, SMALL), SMALL)
    for line in ended:
        line.set("text-anchor", "end")
    return [*begun, *ended], max(left_end, right_end)


def _figures(row: EffectSaid) -> str:
    unit = f", {row.unit}" if row.unit else ""
    return f"{row.measure.capitalize()} {row.estimate:g} (95% CI {row.low:g} to {row.high:g}){unit}"


def _reading(row: EffectSaid) -> str:
    if row.low <= row.no_effect <= row.high:
        return CROSSES
    return FAVOURS.format(row.of if (row.estimate < row.no_effect) == (row.better == "lower") else row.against)


def _say(row: EffectSaid) -> str:
    return f"{row.outcome}, {row.of} against {row.against} ({row.source}): {_figures(row)}. {_reading(row)}."
