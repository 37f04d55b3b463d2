"""What the words of a conclusion tell of its direction, and when they tell nothing for certain."""

from __future__ import annotations

import pytest

from rootline.evidence.search.direction import direction


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Traction was effective in sciatica.", "effect"),
        ("Ozone significantly reduced pain.", "effect"),
        ("There was no significant difference between the groups.", "no effect"),
        ("Gabapentin did not improve pain.", "no effect"),
        ("Traction is ineffective.", "no effect"),
        ("Exercise failed to change the outcome.", "no effect"),
        ("Pain was significantly lower at 6 weeks, with no difference at a year.", ""),
        ("We invented 40 adults with leg pain.", ""),
        ("", ""),
    ],
)
def test_a_direction_is_told_only_where_words_of_one_kind_stand(text, expected):
    assert direction(text) == expected
