"""What is due when: nothing is put off that must be done today, and a calendar is offered only for days to come."""

from __future__ import annotations

import pytest

from rootline.answers.ask import ask
from rootline.answers.due import is_something_to_come

EMERGENCY = "45-year-old, sciatica for 3 days, numb between the legs and cannot pee"


def due(answer):
    return {one.id for part in answer.sections for one in part.statements if one.due}


@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_the_scan_of_an_emergency_is_not_due_in_six_weeks(pack, audience):
    assert "mri-after-6-weeks" in due(ask("sciatica for 8 weeks, told in depth", pack, audience))
    assert "mri-after-6-weeks" not in due(ask(EMERGENCY, pack, audience))


def test_a_calendar_needs_a_beginning_and_a_day_to_come(pack):
    assert is_something_to_come(ask("sciatica for 10 days", pack))
    assert not is_something_to_come(ask("sciatica", pack))
    assert not is_something_to_come(ask("sciatica for 3 years", pack))


def test_a_child_is_told_first_whom_the_guide_is_for(pack):
    answer = ask("8-year-old boy with leg pain for 2 weeks", pack, "patient")
    assert answer.outcome == "partly" and "for adults" in answer.reason
    assert "under 18: see a specialist soon" in answer.bottom_line.text.lower()
    assert "keep active" not in answer.bottom_line.text
