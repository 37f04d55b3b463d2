"""What is pressed says what it means: never "no" below a sentence that says the opposite."""

from __future__ import annotations

import re
from html import unescape

import pytest

from rootline.answers.conversation import Corrected
from rootline.logic.values import YES_NO
from rootline.packs.describe import say_fact
from tests.edges.web.conftest import case


@pytest.mark.parametrize("audience", ["clinician", "patient"])
@pytest.mark.parametrize("value", ["yes", "no"])
def test_a_button_says_the_statement_that_it_sets_below_the_question_it_answers(web, pack, audience, value):
    voice = "patient" if audience == "patient" else "clinician"
    for fact in ("unable_to_walk", "saddle_numbness", "contrast_safe"):
        if fact not in pack.facts or pack.facts[fact].type != YES_NO:
            continue
        steps = (Corrected(fact, value),)
        html = web.post("/answer", data={"case": case("Sciatica", *steps, audience=audience)}).text
        row = re.search(rf'<li id="fact-{fact}">.*?</li>', html, re.DOTALL)[0]
        question = pack.facts[fact].ask.to(voice)
        assert question in unescape(row.partition('<div class="control"')[0]), "the question is read by eye"
        pressed = re.search(r'aria-pressed="true"[^>]*>([^<]*)</button>', row)[1]
        assert unescape(pressed) == say_fact(fact, value, pack, voice)
        buttons = re.findall(r"<button[^>]*>([^<]*)</button>", row)
        assert not {"yes", "no"} & set(buttons)
        assert f'aria-labelledby="ask-{fact}"' in row


def test_ask_next_is_the_same_control(web, pack):
    html = web.post("/answer", data={"question": "Sciatica", "audience": "patient"}).text
    asked = html.partition('class="facts ask-next"')[2].partition("</ul>")[0]
    assert 'value="saddle_numbness=no"' in asked or "=no" in asked
    assert not re.search(r"<button[^>]*>(?:yes|no)</button>", asked)
