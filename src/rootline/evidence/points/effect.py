"""An effect as a source gives it: an estimate with its 95% interval, and which side is better for whom.

Nothing is taken from prose; every figure must also stand in the point's `numbers`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rootline.content.take import Take
from rootline.logic.place import Fields

RATIOS = ("risk ratio", "odds ratio", "hazard ratio", "rate ratio")
DIFFERENCES = ("mean difference", "standardised mean difference", "difference")
SIDES = ("lower", "higher")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Effect:
    """What one treatment did against another: the estimate, and the ends of its 95% interval, in `unit`."""

    outcome: str
    of: str
    against: str
    measure: str
    unit: str
    estimate: float
    low: float
    high: float
    better: Literal["lower", "higher"]  # the side of no effect on which `of` is the better one

    @property
    def no_effect(self) -> float:
        """The value that means no difference."""
        return 1.0 if self.measure in RATIOS else 0.0


def read_effect(fields: Fields, numbers: str, point: str) -> Effect:
    """One effect of a point. Raises `PackError`: a figure that is none, stands in no `numbers`, or is out of order."""
    take = Take(fields, f"effect of point `{point}`")
    known = {float(figure) for figure in _FIGURE.findall(numbers)}

    def figure(key: str) -> float:
        text = take.text(key)
        if not re.fullmatch(rf"-?{_FIGURE.pattern}", text):
            raise take.error(f"`{key}: {text}` is not a number", at=text)
        if abs(float(text)) not in known:
            raise take.error(
                f"`{key}: {text}` does not stand in `numbers:`", "Give the figures as the source does.", text
            )
        return float(text)

    effect = Effect(
        outcome=take.text("outcome"),
        of=take.text("of"),
        against=take.text("against"),
        measure=take.one_of("measure", (*DIFFERENCES, *RATIOS)),
        unit=take.text("unit", ""),
        estimate=figure("estimate"),
        low=figure("low"),
        high=figure("high"),
        better="lower" if take.one_of("better", SIDES) == "lower" else "higher",
    )
    take.done()
    if not effect.low <= effect.estimate <= effect.high:
        raise take.error("the estimate does not lie in its interval", "Check `low`, `estimate` and `high`.")
    if effect.measure in RATIOS and effect.low <= 0:
        raise take.error(f"a {effect.measure} is above 0", at=take.text("low"))
    return effect
