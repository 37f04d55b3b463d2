"""What is pressed says what it means: never "no" below a sentence that says the opposite."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from rootline.answers.ask import ask
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


@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_one_press_says_no_to_exactly_the_questions_it_names(web, pack, audience):
    voice = "patient" if audience == "patient" else "clinician"
    question = "45-year-old, sciatica for 2 weeks"
    shown = [one.fact for one in ask(question, pack, audience).ask_next]
    asked = [fact for fact in shown if pack.facts[fact].type == YES_NO]
    assert asked and len(asked) < len(pack.facts)
    html = web.post("/answer", data={"question": question, "audience": audience}).text
    box = re.search(r'<div class="denials">.*?</div>', html, re.DOTALL)[0]
    assert unescape(re.search(r'name="none" value="([^"]*)"', box)[1]).split("; ") == asked
    assert "; ".join(say_fact(fact, "no", pack, voice) for fact in asked) in unescape(box), "said beforehand"
    sent = {"case": case(question, audience=audience), "none": "; ".join(asked)}
    after = web.post("/answer", data=sent).text
    steps = json.loads(unescape(re.search(r'name="case" value="([^"]*)"', after)[1]))["steps"]
    assert steps == [{"fact": fact, "value": "no"} for fact in asked], "and no other fact is answered"
    for fact in asked:
        assert f'value="{fact}=no" aria-pressed="true"' in after and f'value="{fact}=unknown"' in after


def test_without_the_press_nothing_is_answered(web):
    html = web.post("/answer", data={"question": "45-year-old, sciatica for 2 weeks"}).text
    assert json.loads(unescape(re.search(r'name="case" value="([^"]*)"', html)[1]))["steps"] == []


def test_what_is_no_yes_or_no_question_is_not_denied(web):
    told = web.post("/answer", data={"case": case("Sciatica"), "none": "age"})
    assert told.status_code == 400
