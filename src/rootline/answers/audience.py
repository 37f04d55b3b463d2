"""Who is spoken to: the voice each audience hears, the order it reads in, and whether reasons are shown.

An audience changes words, order and reasons shown; never urgency, statements, actions or doses.
"""

from __future__ import annotations

from rootline.answers.model import Audience
from rootline.packs.model import SECTIONS
from rootline.readers.english import Voice

VOICE: dict[Audience, Voice] = {
    "clinician": "clinician",
    "therapist": "clinician",
    "student": "clinician",
    "patient": "patient",
}
# Who is told how sure each statement is and where it is our reading.
WITH_REASONS: frozenset[Audience] = frozenset({"student", "therapist"})

_FIXED = tuple(SECTIONS)


def section_order(audience: Audience) -> tuple[str, ...]:
    """The fixed order; a therapist finds activity and exercise right after the assessment."""
    if audience != "therapist":
        return _FIXED
    first = ("red-flags", "assessment", "activity")
    return (*first, *(section for section in _FIXED if section not in first))
