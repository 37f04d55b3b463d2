"""A supposition is marked on the page and in what is taken away; a change by hand names the words against it."""

from __future__ import annotations

import json
import re
from html import unescape

from rootline.answers.conversation import Asked, Corrected
from tests.edges.web.conftest import case
from tests.edges.web.test_pages import words

QUESTION = "left sciatica for 3 weeks, 45 year old man"


def test_a_pressed_change_is_a_supposition_everywhere(web):
    first = web.post("/answer", data={"question": QUESTION}).text
    assert 'name="suppose" value="unable_to_walk=yes">What if: unable to walk</button>' in first
    html = web.post("/answer", data={"case": case(QUESTION), "suppose": "unable_to_walk=yes"}).text
    assert "Only supposed: " in words(html) and "Only supposed: " not in words(first)
    assert "Supposed, not stated" in html and "supposed: unable to walk" in words(html)
    taken = {"case": unescape(re.search(r'name="case" value="([^"]*)"', html)[1])}
    record = words(web.post("/take/record", data=taken).text)
    assert "unable to walk: yes" in record.partition("Supposed, not stated")[2]
    leaflet = words(web.post("/take/leaflet", data=taken).text)
    assert "Supposed, not stated: you cannot walk" in leaflet and "supposed: you cannot walk" in leaflet
    assert "Only if this were so: " in leaflet and "Only supposed: " in record
    heading = re.search(r"<h1>(.*?)</h1>", web.post("/take/leaflet", data=taken).text)[1]
    assert "only supposed" in heading and "your plan" not in heading
    facts = json.loads(web.post("/take/json", data=taken).text)["facts"]
    assert {one["id"]: one["from"] for one in facts}["unable_to_walk"] == "what if"


def test_two_facts_can_be_supposed_with_one_press(web):
    html = web.post("/answer", data={"case": case(QUESTION), "suppose": "unable_to_walk=yes; fever=no"}).text
    assert len(json.loads(unescape(re.search(r'name="case" value="([^"]*)"', html)[1]))["steps"]) == 2


def test_news_in_a_follow_up_is_no_supposition(web):
    told = words(web.post("/answer", data={"case": case(QUESTION, Asked("He now also cannot walk"))}).text)
    assert "what if" not in told.partition("Read from your words")[2].partition("Ask next")[0]
    assert "Supposed, not stated" not in told


def test_a_press_against_the_words_leaves_a_note(web):
    steps = (Corrected("urinary_retention", "no"),)
    told = words(web.post("/answer", data={"case": case("sciatica for 3 weeks, cannot pee", *steps)}).text)
    changed = told.partition("Changed by hand")[2]
    assert "your words say cannot pee ; changed here by hand" in changed
