"""Pages to browse: they hold all there is, tell the true state of review, and lead to each other."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest

from rootline.answers.ask import ask
from rootline.edges.web.browse import leans_on
from rootline.packs.glossary import glossary
from rootline.packs.leaning import leaning


def test_every_question_is_a_permanent_page_for_every_audience(web, pack):
    for question in pack.questions:
        html = unescape(web.get(f"/questions/{question.id}").text)
        assert f"<h1>{question.text}</h1>" in html
    asked = web.get("/questions/foot-drop?audience=patient").text
    assert ">Warning signs</h2>" in asked and ">Red flags</h2>" not in asked


def test_the_review_tracker_tells_the_state_of_the_answer_and_nothing_better(web, pack):
    state = ask(pack.questions[0].text, pack).review.state
    html = web.get(f"/questions/{pack.questions[0].id}").text
    (now,) = re.findall(r'<li class="now" aria-current="step">([^<]+)<', html)
    assert now.strip().lower().replace(" ", "_") == state == "submitted"
    assert "No clinician has approved this yet" in html
    assert f'<time datetime="{pack.updated}">' in html
    assert 'href="/policy"' in html
    assert "No clinician has approved" in web.get("/policy").text


def test_references_are_typed_with_their_year(web, pack):
    html = web.get("/questions/initial-management").text
    for one in ask("What is the initial management for patients with lumbosacral radiculopathy?", pack).sources:
        row = re.search(rf'<li id="source-{re.escape(one.id)}">.*?</li>', html, re.DOTALL)[0]
        expected = {"guideline": "Guideline", "standard": "Guideline", "label": "Label", "regulator": "Regulator"}
        expected["textbook"] = "Textbook"
        assert f'<span class="kind">{expected.get(one.kind, "Research")}</span>' in row
        assert one.year in row


def test_what_an_answer_leans_on_is_counted(pack):
    answer = ask(pack.questions[0].text, pack)
    said = [one for section in answer.sections for one in section.statements]
    points = {citation for one in said for citation in one.citations}
    told = leans_on(answer, pack)
    assert told[0].startswith(f"{len(said)} statements rest on {len(points)} points of ")


@pytest.mark.parametrize(("key", "value"), [("type", "trial"), ("standing", "superseded"), ("year", "2021")])
def test_sources_can_be_filtered(web, pack, key, value):
    field = {"type": "kind"}.get(key, key)
    expected = {one.id for one in pack.sources.values() if getattr(one, field) == value}
    assert expected
    html = web.get("/sources", params={key: value}).text
    assert set(re.findall(r'<tr><td><a href="/sources/([^"]+)">', html)) == expected
    assert f"<option selected>{value}</option>" in html


def test_a_source_page_tells_everything_that_leans_on_it(web, pack):
    leaned = leaning(pack)
    for id_ in ("nice-ng59-2020", "acp-2017-lbp"):
        html = web.get(f"/sources/{id_}").text
        told = unescape(re.sub(r"<[^>]+>", "", html))
        for citation, names in leaned.items():
            if citation.source == id_:
                assert f'id="{citation.point}"' in html
                for one in names:
                    if one.kind == "claim":
                        asked = one.id.partition("/")[0]
                        assert any(question.id == asked and question.text in told for question in pack.questions)
                    else:
                        assert one.id.replace("_", " ").replace("-", " ") in told


def test_every_link_between_pages_leads_somewhere(web):
    seen, left = set(), ["/", "/questions/foot-drop"]
    while left:
        path = left.pop()
        answer = web.get(path)
        assert answer.status_code == 200, path
        for link in map(unescape, re.findall(r'href="(/[^"]*)"', answer.text)):
            bare = urlsplit(link).path
            kind = bare.split("/")[1]
            few = kind in ("sources", "advice") and sum(one.startswith(f"/{kind}/") for one in seen) >= 15
            if bare not in seen and not few:
                seen.add(bare)
                left.append(bare)
    assert {"/policy", "/docs", "/glossary", "/sources", "/static/style.css", "/openapi.json"} <= seen


def test_places_within_a_page_exist(web, pack):
    html = web.get("/disagreements").text
    assert all(f'id="d-{one.id}"' in html for one in pack.disagreements)
    words = web.get("/glossary").text
    assert all(f'id="{term.id}"' in words for term in glossary(pack))


@pytest.mark.parametrize(
    ("words", "address"),
    [("oral steroid", "/disagreements#d-oral-corticosteroid"), ("foot drop", "/questions/foot-drop"),
     ("NICE sciatica", "/sources/nice-ng59-2020"), ("saddle", "/glossary#saddle-numbness")],
)  # fmt: skip
def test_search_finds_over_everything(web, words, address):
    assert f'href="{address}"' in web.post("/search", data={"words": words}).text


def test_a_term_is_underlined_once_and_explained(web):
    html = web.get("/questions/foot-drop").text
    marked = re.findall(r'popovertarget="t-([^"]+)"', html)
    assert marked and len(marked) == len(set(marked))
    assert all(f'<div popover id="t-{term}"' in html for term in marked)


@pytest.mark.parametrize("path", ["/questions/x", "/sources/x", "/advice/x"])
def test_what_does_not_exist_is_said(web, path):
    assert web.get(path).status_code == 404


@pytest.mark.parametrize(("key", "value"), [("type", "xyz"), ("year", "abc"), ("standing", "<b>")])
def test_a_filter_that_no_source_has_says_what_there_is(web, key, value):
    html = web.get("/sources", params={key: value}).text
    assert f"No source has the {key} “{value}”. There are:" in unescape(html) and "<b>”" not in html
    assert "There are:" not in web.get("/sources", params={key: ""}).text


@pytest.mark.parametrize(
    ("typed", "meant"), [("sciatca", "sciatica"), ("Tractoin", "traction"), ("gabapentn dose", "gabapentin dose")]
)
def test_a_misspelt_word_is_searched_for_as_the_pack_spells_it(web, typed, meant):
    told = web.post("/search", data={"words": typed}).text
    assert f"Shown for <b>{meant}</b>" in told and 'class="kind"' in told
    plain = web.post("/search", data={"words": meant}).text
    assert "Shown for" not in plain
    assert re.findall(r'class="list">.*?</ul>', told, re.DOTALL) == re.findall(
        r'class="list">.*?</ul>', plain, re.DOTALL
    )


def test_a_word_that_is_like_none_finds_nothing_and_is_not_bent(web):
    told = web.post("/search", data={"words": "zzyzxxq <b>"}).text
    assert "0 found" in told and "Shown for" not in told
