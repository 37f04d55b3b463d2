"""What was not understood never stands beside a calm answer without the signs that must not wait."""

from __future__ import annotations

import pytest

from tests.edges.web.conftest import case
from tests.edges.web.test_pages import words

CALM = (
    "sciatica 3 weeks, 45 year old man, no saddle numbness, bladder and bowel normal, power normal, no fever, no cancer"
)


@pytest.mark.parametrize("follow", ["she cannot zorble her flumps", "ich kann nicht pinkeln", "and on Tuesdays?"])
@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_words_of_a_follow_up_that_were_not_understood_bring_the_warning_signs(web, pack, follow, audience):
    told = words(web.post("/answer", data={"case": case(CALM, audience=audience), "follow": follow, "ask": "on"}).text)
    above = told[: told.index("In short")]
    assert f"These words were not understood: “{follow.rstrip('?')}”" in above
    for line in pack.urgency:
        if line.level in ("emergency", "urgent"):
            assert words(line.advice.say.to("patient" if audience == "patient" else "clinician")) in above


def test_a_first_question_says_which_of_its_words_were_not_understood(web):
    told = words(web.post("/answer", data={"question": f"{CALM}. Ich kann nicht pinkeln.", "audience": "patient"}).text)
    above = told[: told.index("In short")]
    assert "These words were not understood: “Ich kann nicht pinkeln”" in above
    assert "you are numb between your legs" in above


def test_what_was_understood_brings_no_warning(web):
    told = words(web.post("/answer", data={"case": case(CALM), "follow": "and if she is pregnant?", "ask": "on"}).text)
    assert "not understood" not in told


def test_each_turn_tells_its_own_words_and_folds_those_of_earlier_turns(web):
    first = f"{CALM}. Ich kann nicht pinkeln."
    html = web.post("/answer", data={"case": case(first), "follow": "she cannot zorble her flumps", "ask": "on"}).text
    told = words(html)
    assert "These words were not understood: “she cannot zorble her flumps”." in told
    assert "Not understood earlier (1) “Ich kann nicht pinkeln”." in told
    pressed = words(web.post("/answer", data={"case": case(first), "set": "pregnant=no"}).text)
    assert "These words were not understood" not in pressed and "Not understood earlier (1)" in pressed
    assert "you are numb between your legs" in pressed or "saddle numbness" in pressed[: pressed.index("In short")]
