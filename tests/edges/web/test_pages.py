"""The pages of a case: what is asked is answered, each fact can be corrected, and what changed comes first."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from html import unescape

import httpx
import pytest

from rootline.answers.ask import ask
from rootline.answers.case import read_given
from rootline.answers.cited import cited
from rootline.answers.conversation import Asked, Corrected
from rootline.answers.left_out import left_out
from rootline.packs.run import run
from tests.edges.web.conftest import PATIENT, case
from tests.server import ROOT, serving


def words(html: str) -> str:
    """What a page says, without its marks."""
    inline = re.sub(r"</?(?:button|mark|a|b|span)\b[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inline)).split())


def test_every_statement_of_the_answer_is_on_the_page_with_its_condition_strength_and_citations(web, pack):
    answer = ask(PATIENT, pack)
    points = cited(answer, pack)
    html = web.post("/answer", data={"question": PATIENT}).text
    told = words(html)
    for section in answer.sections:
        for one in section.statements:
            block = re.search(rf'<li id="s-{one.id}".*?</li>', html, re.DOTALL)
            assert block, one.id
            assert words(one.text) in told
            assert all(words(f"{dose.drug}: {dose.dose}") in told for dose in one.doses), one.id
            for citation in one.citations:
                mark = points[citation].mark
                assert f'popovertarget="p-{mark}"' in html
                assert f'<div popover id="p-{mark}"' in html
    conditions = {one.condition for section in answer.sections for one in section.statements if one.condition}
    assert all(words(condition) in told for condition in conditions)
    assert any(one.doses for section in answer.sections for one in section.statements)
    assert told.index("AT LEAST URGENT") < told.index("In short") < told.index("Red flags")


def test_the_words_heard_are_marked_and_lead_to_their_fact(web):
    html = web.post("/answer", data={"question": PATIENT}).text
    assert '<mark><a href="#fact-foot_drop">cannot lift her left foot</a></mark>' in html
    assert 'id="fact-foot_drop"' in html


def test_a_word_heard_and_not_used_is_marked_as_such_with_the_reason(web):
    html = web.post("/answer", data={"question": "Sciatica for 3 weeks. Father had cancer."}).text
    assert '<mark class="unused"><a href="#fact-cancer_history">' in html
    assert "about a relative: not used" in html


def test_one_press_corrects_a_fact_and_the_difference_comes_first(web):
    html = web.post("/answer", data={"case": case(), "set": "foot_drop=none"}).text
    told = words(html)
    assert told.index("What changed") < told.index("In short")
    assert "Urgency, lower:" in told
    assert 'value="foot_drop=none" aria-pressed="true"' in html
    steps = json.loads(unescape(re.search(r'name="case" value="([^"]*)"', html)[1]))["steps"]
    assert steps == [{"fact": "foot_drop", "value": "none"}]


def test_another_reader_changes_words_and_no_difference_is_claimed(web):
    html = web.post("/answer", data={"case": case(), "audience": "patient"}).text
    assert 'id="changed"' not in html
    assert "be seen today" in html


def test_what_must_not_wait_is_said_with_its_signs_before_anything_is_asked(web, pack):
    told = words(web.get("/").text)
    for line in pack.urgency:
        if line.level == "emergency":
            assert words(line.advice.say.patient) in told
    assert "you are numb between your legs" in told
    assert told.index("Do not wait for an answer") < told.index("Examples")


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/answer", {"question": "I have a migraine, what can I take?", "audience": "patient"}, 200),
        ("/answer", {"question": "  ", "audience": "patient"}, 400),
        ("/answer", {"question": "sciatica " * 4000}, 400),
        ("/answer", {"question": "x" * 300_000}, 413),
        ("/answer", {"case": "broken"}, 400),
        ("/why", {"question": "sciatica", "why": "nothing"}, 404),
    ],
)
def test_a_refusal_says_what_must_not_wait_in_plain_words(web, pack, path, data, status):
    web.cookies.clear()
    shown = web.post(path, data=data)
    assert shown.status_code == status
    told = words(shown.text)
    for line in pack.urgency:
        if line.level in ("emergency", "urgent"):
            assert words(line.advice.say.patient) in told
    assert "you are numb between your legs" in told


def test_a_refusal_to_a_clinician_speaks_a_clinicians_words(web, pack):
    web.cookies.clear()
    told = words(web.post("/answer", data={"question": "What are the treatment options for migraine?"}).text)
    assert "If saddle numbness, urinary retention" in told
    assert words(pack.urgency[0].advice.say.clinician) in told


def test_a_page_that_is_gone_says_what_must_not_wait(web):
    for path in (f"/case/{'0' * 32}", f"/kept/{'0' * 32}"):
        gone = web.get(path)
        assert gone.status_code == 404 and "you are numb between your legs" in words(gone.text)


def test_another_pack_can_be_served(tmp_path):
    with serving(tmp_path, "--pack", str(ROOT / "docs" / "examples" / "ankle-sprain")) as running:
        home = httpx.get(f"{running.address}/").text
        assert "nkle" in home and "radiculopathy" not in home and "sciatica" not in home
        asked = {"question": "Ankle pain for 3 days, able to walk"}
        answer = httpx.post(f"{running.address}/answer", data=asked, follow_redirects=True)
        assert answer.status_code == 200
        for path in ("/questions", "/sources", "/disagreements", "/glossary", "/policy", "/docs"):
            page = httpx.get(f"{running.address}{path}")
            assert page.status_code == 200 and "radiculopathy" not in page.text, path


MADE_UP = "# Traction of Mars\n\nTraction of the Martian spine <b>did not</b> reduce *leg* pain in 12 Martians.\n"


def test_passages_of_the_users_library_are_quoted_letter_for_letter(tmp_path):
    (tmp_path / "martians.txt").write_text(MADE_UP, encoding="utf-8")
    environment = {**os.environ, "ROOTLINE_LIBRARY": str(tmp_path / "library"), "PYTHONPATH": str(ROOT / "src")}
    add = [sys.executable, "-m", "rootline", "evidence", "add", str(tmp_path / "martians.txt")]
    assert subprocess.run(add, env=environment, capture_output=True).returncode == 0
    with serving(tmp_path) as running:
        data = {"question": "Does traction of the Martian spine reduce leg pain in Martians?"}
        html = httpx.post(f"{running.address}/answer", data=data, timeout=30, follow_redirects=True).text
        assert "&lt;b&gt;did not&lt;/b&gt; reduce *leg* pain in 12 Martians." in html
        assert "quoted letter for letter, not backed by a pathway" in html
        record = httpx.post(f"{running.address}/take/record", data=data, timeout=30, follow_redirects=True).text
        assert "<b>did not</b> reduce *leg* pain in 12 Martians." in unescape(record).replace("\n", " ").replace(
            "  ", " "
        )


def test_unknown_takes_back_what_the_text_says(web):
    html = web.post("/answer", data={"case": case(), "set": "anticoagulant=unknown"}).text
    assert 'id="fact-anticoagulant"' not in html


def test_a_typed_value_counts_when_it_differs_and_only_then(web):
    same = web.post("/answer", data={"case": case(), "value.age": "61 years", "value.symptom_duration": "10 days"}).text
    assert 'id="changed"' not in same
    other = words(web.post("/answer", data={"case": case(), "value.age": "72"}).text)
    assert "age 61 years → age 72 years" in other


def test_a_follow_up_is_a_what_if_shown_as_such(web):
    told = words(web.post("/answer", data={"case": case(), "follow": "and if she is pregnant?", "ask": "on"}).text)
    assert "pregnant what if" in told
    assert told.index("What changed") < told.index("unknown → pregnant") < told.index("In short")


def test_a_follow_up_that_tells_nothing_says_so(web):
    told = words(web.post("/answer", data={"case": case(), "follow": "and on Tuesdays?", "ask": "on"}).text)
    assert "Nothing in your words was understood as a fact" in told


def test_a_doubtful_follow_up_asks_instead_of_taking_it(web):
    told = words(web.post("/answer", data={"case": case(), "follow": "and without the foot drop?", "ask": "on"}).text)
    assert "Not clear from your words: Ankle and toe dorsiflexion power" in told
    assert "Urgency as before: AT LEAST URGENT" in told


def test_an_onset_gives_dates(web):
    html = web.post(
        "/answer", data={"case": case("Sciatica, 45 years old"), "onset": str(date.today() - timedelta(days=7))}
    ).text
    assert f'<time datetime="{date.today() + timedelta(days=35)}">' in html


@pytest.mark.parametrize("audience", ["clinician", "therapist", "student", "patient"])
def test_each_audience_is_remembered_and_hears_its_own_voice(web, audience):
    web.post("/answer", data={"question": PATIENT, "audience": audience})
    assert f'value="{audience}" checked' in web.get("/").text
    html = web.post("/answer", data={"question": PATIENT}).text
    assert f'name="audience" value="{audience}" aria-pressed="true"' in html


def test_without_any_cookie_every_page_can_be_read(web):
    web.cookies.clear()
    assert web.get("/").headers.get("set-cookie") is None
    assert web.post("/answer", data={"question": PATIENT}).headers.get("set-cookie") is None


def test_why_tells_the_condition_as_a_tree_with_each_truth(web, pack):
    html = web.post("/why", data={"case": case(), "why": "urgent-weakness"}).text
    assert "It applies" in html
    assert re.search(r'<li class="yes"><span class="truth">yes</span> [^<]*foot drop', html)
    assert 'class="unknown"' in html or 'class="no"' in html
    first = pack.statements["urgent-weakness"].because[0]
    assert words(pack.point(first).says) in words(html)


def test_what_does_not_apply_is_listed_with_the_fact_that_rules_it_out(web, pack):
    answer = ask(PATIENT, pack)
    assert answer.outcome == "answered"
    given = {"anticoagulant": "yes"}
    gone = {one.id: one.because for one in left_out(run(pack, given), "clinician")}
    assert gone["nsaid-short-course"] == "a contraindication to NSAIDs"
    told = words(web.post("/answer", data={"question": PATIENT}).text)
    assert f"not given: {gone['nsaid-short-course']}" in told


def test_a_question_outside_the_pack_is_refused_with_the_nearest_questions(web):
    told = words(web.post("/answer", data={"question": "What are the treatment options for migraine?"}).text)
    assert "Not covered" in told
    assert "Related questions What are the treatment options for lumbar radiculopathy" in told


def test_a_whole_conversation_can_be_replayed(web, pack):
    steps = (Corrected("age", "72"), Asked("what if she is pregnant?"), Corrected("pregnant", "no"))
    html = web.post("/answer", data={"case": case(PATIENT, *steps)}).text
    assert 'value="pregnant=no" aria-pressed="true"' in html
    assert read_given("age=72", pack).value == 72.0
    assert 'value="72 years"' in html


def test_errors_are_pages_that_say_how_to_mend_it(web):
    empty = web.post("/answer", data={"question": "   "})
    assert empty.status_code == 400
    assert "Write a question" in empty.text
    wrong = web.post("/answer", data={"case": case(), "set": "foot_drup=none"})
    assert wrong.status_code == 404
    assert "Did you mean `foot_drop`?" in unescape(wrong.text)
    assert web.get("/nothing").status_code == 404
    assert "There is no page" in web.get("/nothing").text
