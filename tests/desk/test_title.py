"""Which titles of a case are refused as the words of a patient, and which an editor may choose."""

from __future__ import annotations

import pytest

from rootline.desk.title import quoted

STORY = "Mrs Anna Meier, 43, twisted her left ankle on the school trip on Monday, cannot take 4 steps"
SHORT = "Anna Meier ankle pain"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (STORY, "twisted her left ankle on the school trip"),
        (STORY, "Twisted, her left; ankle on, the school, trip on Monday"),
        (STORY, "twisted-her-left-ankle-on-the-school-trip-on-Monday"),
        (STORY, "Mrs Anna Meier, 43."),
        (STORY, "A woman of 43 with a sprain"),
        (STORY, "Sprain of a Meier"),
        (STORY, "on_the_school_trip"),
        (SHORT, "Anna Meier: ankle pain"),
        (SHORT, "Anna Meier ankle pain."),
        (SHORT, "Ａｎｎａ ankle pain"),
        (SHORT, "Ankle pain (An\u200bna)"),
        ("anna meier ankle pain", "Ankle pain of Anna"),
        ("my daughter Grace has ankle pain", "Ankle pain, Grace"),
        ("ankle pain for 3 days", "Ankle pain, for 3 days!"),
        (SHORT, " ... "),
    ],
)
def test_what_was_said_is_no_title_whatever_stands_between_its_words(said, title, ankle):
    assert quoted(title, said, ankle)


@pytest.mark.parametrize(
    "title",
    ["Sprained ankle, unable to take 4 steps", "Swelling at the outer ankle of an adolescent", "Left ankle, no weight"],
)
def test_an_editors_own_words_are_a_title(title, ankle):
    assert quoted(title, STORY, ankle) == ""
