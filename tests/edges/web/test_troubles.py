"""A field that cannot be taken is complained of beside it; what else was pressed or asked is never lost by it."""

from __future__ import annotations

import pytest

from rootline.answers.case import read_given
from tests.edges.web.conftest import case
from tests.edges.web.test_pages import words

QUESTION = "left sciatica for 3 weeks, 45 year old man"


def test_a_press_counts_beside_a_field_that_cannot_be_read(web, pack):
    data = {"case": case(QUESTION), "value.age": "abc", "set": "urinary_retention=yes"}
    html = web.post("/answer", data=data).text
    told = words(html)
    assert "EMERGENCY" in told.partition("In short")[0]
    assert "Not taken: Age? “abc”. `abc` is not a number. Write it as" in told
    assert "age=abc" not in html and 'aria-invalid="true" aria-describedby="not-ask-age"' in html
    assert read_given("age=45", pack).value == 45.0


@pytest.mark.parametrize(("day", "why"), [("2999-01-01", "lies after"), ("1850-01-01", "is too long ago")])
def test_a_follow_up_counts_beside_an_onset_that_cannot_be(web, day, why):
    data = {"case": case(QUESTION), "onset": day, "follow": "he cannot pee now", "ask": "on"}
    told = words(web.post("/answer", data=data).text)
    assert "EMERGENCY" in told.partition("In short")[0]
    assert f"The onset {day} {why}" in told and "symptom_duration" not in told
