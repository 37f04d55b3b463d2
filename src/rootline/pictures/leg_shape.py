"""The schematic leg on paper: its outline, where each area of skin lies, and the spot of each muscle and reflex.

Geometry only. Which part belongs to which root is said by the pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

View = Literal["front", "back"]

HEIGHT = 352
MIDLINE = 88  # the body's midline: the inner edge of the drawing; the outer side of the leg is on the left
# One leg and half a pelvis, seen from the front. From behind it is the same, mirrored, with the sole turned to the eye.
OUTLINE = (
    "M16 8 C4 50 10 112 24 164 C15 200 23 246 33 288 C33 302 18 322 17 338 C16 351 58 351 60 338 C62 322 53 304 53 290 "
    "C61 254 76 216 66 164 C76 126 83 98 84 62 L88 56 L88 8 Q52 -2 16 8 Z"
)
CONTOURS: dict[View, tuple[str, ...]] = {
    "front": (
        "M34 158 Q46 146 58 158 Q60 178 46 180 Q32 178 34 158 Z",
        "M84 62 Q60 44 30 40",
        "M35 292 Q43 298 52 292",
    ),
    "back": ("M28 168 Q45 176 64 168", "M88 62 Q56 92 18 68", "M40 262 L41 296 M47 262 L46 296"),
}


@dataclass(frozen=True)
class Spot:
    """Where something is pointed at, in the front view's coordinates."""

    view: View
    x: float
    y: float


@dataclass(frozen=True)
class Area:
    """An area of skin: its shape (cut to the outline) and where a label points at it."""

    path: str
    spot: Spot
    is_inner: bool = False  # nearer to the other leg: its label stands between the legs


SKIN: dict[str, Area] = {
    "upper-front-thigh": Area("M0 52 L90 66 L90 104 L0 98 Z", Spot("front", 24, 78)),
    "lower-front-thigh": Area("M0 100 L90 106 L90 150 L0 146 Z", Spot("front", 28, 124)),
    "front-of-knee": Area("M26 148 L80 150 L80 188 L44 188 Q28 176 26 148 Z", Spot("front", 40, 170)),
    "inner-calf": Area("M50 190 L80 190 L80 296 L46 296 Q44 240 50 190 Z", Spot("front", 60, 204), is_inner=True),
    "outer-calf": Area("M10 182 L43 190 Q40 240 42 294 L24 298 Z", Spot("front", 27, 212)),
    "top-of-foot": Area("M31 300 L52 300 L54 346 L27 346 Z", Spot("front", 32, 328)),
    "outer-foot": Area("M10 312 L33 296 Q22 320 24 352 L8 352 Z", Spot("back", 21, 322)),
    "sole": Area("M30 312 Q43 304 54 312 L60 352 L27 352 Q27 330 30 312 Z", Spot("back", 44, 336)),
    "saddle": Area("M88 34 L88 60 L84 62 Q83 84 80 92 Q66 70 88 34 Z", Spot("back", 82, 66)),
}
MUSCLES: dict[str, Spot] = {
    "psoas": Spot("front", 62, 40),
    "thigh-adductors": Spot("front", 72, 92),
    "quadriceps": Spot("front", 44, 118),
    "tibialis-anterior": Spot("front", 48, 222),
    "toe-extensors": Spot("front", 42, 268),
    "peronei": Spot("front", 27, 238),
    "hip-abductors": Spot("back", 32, 34),
    "gluteus-maximus": Spot("back", 56, 58),
    "calf": Spot("back", 46, 214),
    "toe-flexors": Spot("back", 56, 252),
}
REFLEXES: dict[str, Spot] = {
    "knee-jerk": Spot("front", 46, 184),
    "ankle-jerk": Spot("back", 43, 284),
}
