"""What a check found: the place in the answer, what is wrong there, and whether it refutes or only leaves open.

Plain data; looks for nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Weight = Literal["refuted", "undecided"]


@dataclass(frozen=True)
class Finding:
    """Something in an answer that does not hold, or cannot be decided, and where."""

    place: str
    what: str
    weight: Weight = "refuted"

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"
