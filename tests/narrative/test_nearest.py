"""Related questions are few and truly near; where nothing is near there are none."""

from __future__ import annotations

import pytest

from rootline.answers.ask import ask


def ids(pack, text):
    by_text = {one.text: one.id for one in pack.questions}
    return [by_text[one.question] for one in ask(text, pack).related]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("weakness with foot drop: what approach?", "foot-drop"),
        ("61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday", "foot-drop"),
        ("lumbar radiculopathy and loss of BALANCE", "loss-of-balance"),
        ("sciatica, feels unsteady on her feet", "loss-of-balance"),
        ("What treatment options are there?", "treatment-options"),
        ("45-year-old, sciatica for 10 days", "first-steps"),
    ],
)
def test_the_nearest_comes_first(pack, text, first):
    found = ids(pack, text)
    assert found[0] == first and len(found) <= 3


@pytest.mark.parametrize(
    "text", ["How do I treat a migraine?", "does traction help?", "Best car for a family?", "🙂🙂"]
)
def test_nothing_near_is_none(pack, text):
    assert ids(pack, text) == []


def test_a_question_is_not_related_to_itself(pack):
    for one in pack.questions:
        assert one.id not in ids(pack, one.text)
