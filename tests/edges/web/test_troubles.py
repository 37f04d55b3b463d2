"""A field that cannot be taken is complained of beside it; what else was pressed or asked is never lost by it."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest

from rootline.answers.case import read_given
from rootline.answers.conversation import Conversation, Corrected, to_data
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


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2999-01-01", "lies after"),
        ("1850-01-01", "is too long ago"),
        ("1890-01-01", "lies before this patient can have been born"),
        ("1975-01-01", "lies before"),
    ],
)
def test_a_follow_up_counts_beside_an_onset_that_cannot_be(web, day, why):
    data = {"case": case(QUESTION), "onset": day, "follow": "he cannot pee now", "ask": "on"}
    told = words(web.post("/answer", data=data).text)
    assert "EMERGENCY" in told.partition("In short")[0]
    assert f"The onset {day} {why}" in told and "symptom_duration" not in told


def test_a_day_set_after_a_duration_counts(web):
    steps = (Corrected("symptom_duration", "8 weeks"),)
    day = date.today() - timedelta(days=20)
    html = web.post("/answer", data={"case": case("sciatica", *steps), "onset": str(day)}).text
    assert "20 days" in words(html) and f'name="onset" value="{day}"' in html


def test_a_day_that_a_duration_overruled_is_no_longer_shown(web):
    begun = to_data(Conversation("sciatica", onset=date.today() - timedelta(days=20)))
    sent = {"case": json.dumps(begun), "set": "symptom_duration=unknown"}
    html = web.post("/answer", data=sent).text
    assert 'name="onset" value=""' in html and "First symptom" not in html


def test_a_question_that_is_too_long_stays_in_its_field_and_is_not_cut(web):
    long = "sciatica for 2 weeks. " * 1000 + "She cannot pass urine."
    told = web.post("/answer", data={"question": long, "audience": "patient"})
    assert told.status_code == 400 and "Not answered:" in told.text
    assert "She cannot pass urine.</textarea>" in told.text
    assert re.search(r'value="patient" checked', told.text)
    assert "maxlength" not in told.text


def test_an_example_is_answered_for_the_reader_who_was_chosen(web):
    told = web.post("/answer", data={"question": "", "example": "Sciatica for 10 days", "audience": "patient"})
    assert "NOT YET CLEAR" in told.text


def test_a_sections_own_button_opens_it_and_tells_no_fact(web):
    told = web.post("/answer", data={"question": "45-year-old, sciatica for 10 days"}).text
    titles = [unescape(one) for one in re.findall(r'name="about" value="([^"]+)"', told)]
    assert titles
    for title in titles:
        more = web.post("/answer", data={"case": case("45-year-old, sciatica for 10 days"), "about": title}).text
        assert "These words were not understood" not in more, title
        assert "was understood as a fact" not in more, title
        assert "Nothing changed" in more, title


@pytest.mark.parametrize("value", ["no", "unknown"])
def test_a_press_that_the_case_contradicts_is_refused_with_its_reason_and_not_stored(web, value):
    weak = "left sciatica 2 weeks, weak big toe"
    html = web.post("/answer", data={"case": case(weak), "set": f"leg_weakness={value}"}).text
    told = words(html).partition("In short")[0]
    assert "Not taken:" in told and "toe" in told and "Correct that first." in told
    assert "AT LEAST SOON" in told and "changed" not in told.lower()
    hidden = unescape(re.search(r'name="case" value="([^"]+)"', html)[1])
    assert "leg_weakness" not in hidden, "never stored unseen"
    row = re.search(r'<li id="fact-leg_weakness">.*?</li>', html, re.DOTALL)[0]
    assert 'class="trouble"' in row, "and beside its buttons"


@pytest.mark.parametrize(
    ("story", "press", "field", "why"),
    [
        ("left sciatica, leg weak for 3 days", "weakness_getting_worse=no", "weakness_duration", "weakness for 3 days"),
        ("left sciatica, leg weak for 3 days", "weakness_getting_worse=unknown", "weakness_duration", "1 week or less"),
        ("left sciatica, cannot lift the foot", "leg_weakness=no", "foot_drop", "complete foot drop"),
    ],
)
def test_a_refusal_says_what_is_known_and_leads_to_it(web, story, press, field, why):
    html = web.post("/answer", data={"case": case(story), "set": press}).text
    told = re.search(r'<section class="missed" aria-label="Not taken">.*?</section>', html, re.DOTALL)[0]
    assert why in told and f'href="#ask-{field}"' in told and f'id="ask-{field}"' in html


def test_a_finding_against_the_words_is_no_change_by_hand(web):
    html = web.post("/answer", data={"question": "weakness not getting worse, leg weak for 3 days, sciatica"}).text
    row = words(re.search(r'<li id="fact-weakness_getting_worse">.*?</li>', html, re.DOTALL)[0])
    assert "weakness for 3 days" in row and "says otherwise" in row and "by hand" not in row


def test_what_is_refused_takes_nothing_else_along(web):
    data = {"case": case("left sciatica 2 weeks, weak big toe"), "value.age": "45", "set": "leg_weakness=no"}
    told = words(web.post("/answer", data=data).text)
    assert "Not taken:" in told and "45 years" in told
