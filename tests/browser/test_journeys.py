"""The main journeys of each audience, with JavaScript and without it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENT, ask

BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])


@BOTH_WAYS
@pytest.mark.parametrize(
    ("audience", "urgency", "section"),
    [
        ("clinician", "AT LEAST URGENT: today, at the latest within 24 to 48 hours", "Pain control"),
        ("therapist", "AT LEAST URGENT: today, at the latest within 24 to 48 hours", "Activity and exercise"),
        ("student", "AT LEAST URGENT: today, at the latest within 24 to 48 hours", "Assessment"),
        ("patient", "AT LEAST URGENT: be seen today", "Warning signs"),
    ],
)
def test_each_audience_asks_reads_and_is_remembered(visit, javascript, audience, urgency, section):
    page = ask(visit(javascript=javascript), audience=audience)
    expect(page.get_by_role("region", name="Urgency", exact=True)).to_contain_text(urgency)
    expect(page.get_by_role("heading", name=section, exact=True)).to_be_visible()
    assert PATIENT[:10] not in page.url and page.title() == "Answer – Rootline"
    page.goto("/")
    expect(page.get_by_label(audience, exact=True)).to_be_checked()


@BOTH_WAYS
def test_one_press_corrects_a_fact_and_what_changed_comes_first(visit, javascript):
    page = ask(visit(javascript=javascript))
    page.get_by_role("button", name="no foot drop").click()
    changed = page.get_by_role("region", name="What changed")
    expect(changed).to_contain_text("Urgency, lower:")
    expect(changed).to_contain_text("complete foot drop → no foot drop")
    urgency = page.get_by_role("region", name="Urgency", exact=True).bounding_box()
    assert urgency["y"] < changed.bounding_box()["y"] < page.get_by_role("heading", name="In short").bounding_box()["y"]
    if javascript:
        expect(changed).to_be_focused()


@BOTH_WAYS
def test_a_question_to_ask_next_is_answered_with_a_button(visit, javascript):
    page = ask(visit(javascript=javascript))
    asked = page.locator(".ask-next > li").first
    question = asked.locator(".asked").inner_text()
    asked.get_by_role("button").first.click()
    expect(page.get_by_role("region", name="What changed")).to_contain_text("EMERGENCY")
    assert question not in page.locator(".ask-next").inner_text()


@BOTH_WAYS
def test_a_follow_up_goes_on_with_the_case(visit, javascript):
    page = ask(visit(javascript=javascript))
    for question, shown in (
        ("and if she is pregnant?", "pregnant"),
        ("after six weeks without improvement?", "6 weeks"),
    ):
        page.get_by_label("Go on: what if, or what else?").fill(question)
        page.get_by_role("button", name="Ask on").click()
        expect(page.get_by_role("region", name="What changed")).to_contain_text(shown)
    expect(page.locator("blockquote.question")).to_contain_text("and if she is pregnant?")
    expect(page.locator(".facts .note", has_text="what if").first).to_be_visible()


@BOTH_WAYS
def test_a_value_is_typed_and_taken_with_enter(visit, javascript):
    page = ask(visit(javascript=javascript))
    page.locator('input[name="value.age"]').fill("72")
    page.locator('input[name="value.age"]').press("Enter")
    expect(page.get_by_role("region", name="What changed")).to_contain_text("age 61 years → age 72 years")


@BOTH_WAYS
def test_why_opens_the_trace_as_a_tree(visit, javascript):
    page = ask(visit(javascript=javascript))
    statement = page.locator("#s-urgent-weakness")
    statement.get_by_role("button", name=re.compile("^Why")).click()
    if javascript:
        expect(statement.locator(".tree .yes").first).to_contain_text("foot drop")
        statement.get_by_role("button", name=re.compile("^Why")).click()
        expect(statement.locator(".tree")).to_have_count(0)
    else:
        expect(page.locator(".tree .yes").first).to_contain_text("foot drop")
        page.get_by_role("link", name="Back to the answer").click()
        expect(page.get_by_role("heading", name="In short")).to_be_visible()


@BOTH_WAYS
def test_a_citation_opens_in_place(visit, javascript):
    page = ask(visit(javascript=javascript))
    citation = page.locator("#s-urgent-weakness .cites button").first
    point = page.locator(f"#{citation.get_attribute('popovertarget')}")
    expect(point).to_be_hidden()
    citation.click()
    expect(point).to_be_visible()
    expect(point).to_contain_text("For whom")
    link = point.get_by_role("link", name=re.compile(r"^(doi:|PubMed|\w+\.)")).first
    assert link.get_attribute("href").startswith("https://")
    page.keyboard.press("Escape")
    expect(point).to_be_hidden()


@BOTH_WAYS
def test_a_term_tells_its_meaning_on_a_tap_and_when_pointed_at(visit, javascript):
    page = visit("/questions/foot-drop", javascript=javascript)
    term = page.locator(".term").first
    meaning = page.locator(f"#{term.get_attribute('popovertarget')}")
    if javascript:
        term.hover()
        expect(meaning).to_be_visible()
        page.mouse.move(5, 500)
        expect(meaning).to_be_hidden()
    term.focus()
    page.keyboard.press("Enter")
    expect(meaning).to_be_visible()


@BOTH_WAYS
def test_things_to_take_away(visit, javascript):
    page = ask(visit(javascript=javascript), "45-year-old, sciatica for 3 weeks, cannot lift the foot")
    expect(page.get_by_role("button", name="Calendar of what is due")).to_have_count(0)  # urgent: nothing waits
    page = ask(page, "45-year-old, sciatica for 10 days", audience="patient")
    with page.expect_download() as download:
        page.get_by_role("button", name="Calendar of what is due").click()
    assert re.fullmatch(r"rootline-\d{4}-\d\d-\d\d\.ics", download.value.suggested_filename)
    page.get_by_role("button", name="Text for the record").click()
    if javascript:
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()").startswith("NOT YET CLEAR")
    else:
        expect(page.locator("pre.record")).to_contain_text("NOT YET CLEAR")
        page.get_by_role("link", name="Back to the answer").click()
    page.get_by_role("button", name="Patient leaflet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("your plan")


def test_a_record_that_may_not_be_copied_is_shown_instead(visit):
    page = ask(visit(), "45-year-old, sciatica for 10 days")
    refuse = "async () => { throw new DOMException('', 'NotAllowedError') }"
    page.evaluate(f"() => {{ navigator.clipboard.writeText = {refuse} }}")
    page.get_by_role("button", name="Text for the record").click()
    expect(page.get_by_role("alert").locator("pre.record")).to_contain_text("UNDECIDED")
    expect(page.get_by_role("button", name="Not copied")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("The server cannot be reached")


@BOTH_WAYS
def test_a_case_is_kept_only_when_asked_to_and_deleted_again(visit, server, javascript):
    page = ask(visit(javascript=javascript))
    assert not list(server.state.glob("cases/*"))
    page.get_by_role("button", name="Keep on this machine").click()
    page.wait_for_url(re.compile(r"/kept/[0-9a-f]{32}$"))
    assert len(list(server.state.glob("cases/*"))) == 1
    page.get_by_role("button", name="Delete the kept case").click()
    expect(page.get_by_role("button", name="Keep on this machine")).to_be_visible()
    assert not list(server.state.glob("cases/*"))


def test_when_the_server_is_gone_the_page_says_so_and_stays(visit, tmp_path):
    page = ask(visit())
    page.context.set_offline(True)
    page.get_by_role("button", name="no foot drop").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    expect(page.get_by_role("alert")).to_contain_text("If saddle numbness, urinary retention")
    expect(page.get_by_role("heading", name="In short")).to_be_visible()
    page.context.set_offline(False)


def test_when_the_server_is_overloaded_the_page_says_what_must_not_wait(visit):
    page = ask(visit(), audience="patient")
    busy = {"status": 503, "content_type": "text/plain", "body": "This took too long."}
    page.route("**/answer", lambda route: route.fulfill(**busy))
    page.get_by_role("button", name="you can lift your foot as usual").click()
    expect(page.get_by_role("alert")).to_contain_text("could not answer. Nothing was changed.")
    expect(page.get_by_role("alert")).to_contain_text("you are numb between your legs")
    expect(page.get_by_role("alert")).to_be_in_viewport()


@BOTH_WAYS
def test_hostile_words_stay_words(visit, javascript):
    page = ask(
        visit(javascript=javascript),
        'sciatica <img src=x onerror="document.title=1"> <script>document.title=1</script>',
    )
    assert page.title() == "Answer – Rootline"
    expect(page.locator("blockquote.question")).to_contain_text("<script>document.title=1</script>")


@BOTH_WAYS
def test_browsing_from_a_question_to_what_leans_on_a_source(visit, javascript):
    page = visit("/questions", javascript=javascript)
    page.get_by_role("link", name=re.compile("foot drop weakness")).click()
    expect(page.get_by_role("region", name="Review status")).to_contain_text("Submitted (now)")
    page.get_by_role("link", name="patient", exact=True).click()
    expect(page.get_by_role("heading", name="Warning signs")).to_be_visible()
    site = page.get_by_role("navigation", name="Site")
    site.get_by_role("link", name="Sources", exact=True).click()
    page.get_by_label("Standing").select_option("superseded")
    page.get_by_role("button", name="Show").click()
    page.locator("table a").first.click()
    expect(page.locator("dl", has_text="Leaned on by").first).to_be_visible()
    site.get_by_role("link", name="Search", exact=True).click()
    page.get_by_label("Words that must all be there").fill("epidural")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("found")
    assert "epidural" not in page.url


def test_two_presses_before_an_answer_are_both_taken(visit):
    """The second waits for the first, and goes on from the case that it left."""
    page = ask(visit(javascript=True))
    page.evaluate("""() => {
        const yes = [...document.querySelectorAll(".ask-next > li")].map((li) => li.querySelector("button"));
        yes[0].click();
        yes[2].click();
    }""")
    expect(page.locator("#main")).not_to_have_attribute("aria-busy", "true")
    case = page.locator('#case input[name="case"]').first
    expect(case).to_have_value(re.compile(r'"set".*"set"|"fact".*"fact"'))


def test_a_value_that_cannot_be_read_leaves_the_case_as_it_is(visit):
    page = ask(visit(javascript=True))
    before = page.locator('#case input[name="case"]').first.input_value()
    page.locator('input[name="value.age"]').fill("sixty")
    page.locator('input[name="value.age"]').press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("sixty")
    assert page.locator('#case input[name="case"]').first.input_value() == before
    expect(page.get_by_role("region", name="Urgency", exact=True)).to_be_visible()
