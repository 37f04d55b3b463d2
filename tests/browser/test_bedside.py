"""At the bedside and at home: a tap explains, a press tries a change, a refusal warns, a patient reads plain words."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import PATIENT, ask
from tests.browser.test_access import SIMPLE, findings
from tests.browser.test_journeys import BOTH_WAYS


def test_one_tap_explains_a_term_and_one_click_keeps_it_open(browser, server):
    context = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, base_url=server.address)
    page = context.new_page()
    page.goto("/questions/foot-drop")
    term = page.locator(".term").first
    meaning = page.locator(f"#{term.get_attribute('popovertarget')}")
    term.tap()
    expect(meaning).to_be_visible()
    term.tap()
    expect(meaning).to_be_hidden()
    context.close()


def test_a_click_on_a_term_that_the_mouse_rests_on_keeps_its_meaning_open(visit):
    page = visit("/questions/foot-drop")
    term = page.locator(".term").first
    meaning = page.locator(f"#{term.get_attribute('popovertarget')}")
    term.click()
    expect(meaning).to_be_visible()
    page.mouse.move(5, 500)
    expect(meaning).to_be_visible()
    term.click()
    expect(meaning).to_be_hidden()


@BOTH_WAYS
def test_what_would_change_this_is_tried_with_one_press(visit, javascript):
    page = ask(visit(javascript=javascript))
    change = page.get_by_role("region", name="What would change the urgency").get_by_role("button").first
    expect(change).to_be_visible()
    change.click()
    expect(page.get_by_role("region", name="What changed")).to_contain_text("EMERGENCY")


@BOTH_WAYS
def test_a_refusal_shows_the_warning_signs_first(visit, javascript):
    page = ask(visit(javascript=javascript, width=360), "I have a migraine, what can I take?", "patient")
    warned = page.get_by_role("region", name="Whatever you asked: do not wait with these")
    expect(warned).to_contain_text("you are numb between your legs")
    assert warned.bounding_box()["y"] < page.get_by_role("heading", name="The case").bounding_box()["y"]
    assert not javascript or findings(page) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_going_on_is_at_hand_before_the_facts(visit, width):
    page = ask(visit(width=width))
    box = page.get_by_label("Go on: what if, or what else?").bounding_box()
    assert box["y"] < page.get_by_role("heading", name="Read from your words").bounding_box()["y"]
    assert width == 360 or box["y"] + box["height"] < 900


def test_the_first_page_warns_before_it_gives_examples(visit):
    page = visit("/")
    warned = page.get_by_role("region", name="Do not wait for an answer").bounding_box()
    assert warned["y"] < page.get_by_role("heading", name="Examples").bounding_box()["y"]


def test_a_patient_chooses_in_plain_words(visit):
    page = ask(visit(), audience="patient")
    group = page.get_by_role("group", name="Can you lift your foot and toes off the floor")
    expect(group.get_by_role("button", name="you cannot lift your foot at all")).to_have_attribute(
        "aria-pressed", "true"
    )
    group.get_by_role("button", name="you can lift your foot as usual").click()
    expect(page.get_by_role("region", name="What changed")).to_contain_text("you can lift your foot as usual")
    placeholder = page.get_by_label("Go on: what if, or what else?").get_attribute("placeholder")
    assert not re.search(r"\b(she|he|her|his)\b", placeholder)


def test_a_root_that_the_signs_point_to_is_drawn(visit):
    page = ask(visit(), "45-year-old, pain down the outer shin to the big toe, big toe extension weak")
    page.get_by_text("In pictures").click()
    leg = page.get_by_role("img", name="Possible roots")
    expect(leg).to_be_visible()
    expect(leg).to_contain_text("L5 root: possible")


def test_a_simple_plan_is_one_dated_page_and_its_sources_follow_when_they_were_opened(visit):
    page = ask(visit(), SIMPLE)

    def printed() -> list[str]:
        return [one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]

    (only,) = printed()
    for words in (str(date.today()), "not a medical device", "No clinician has approved this yet", "UNDECIDED"):
        assert words in only, words
    assert not re.search(r"^\s*[;·]|[:;] ?;", only, re.MULTILINE)
    page.locator(".sources summary").click()
    first, *rest = printed()
    assert "numbered as cited" not in first and "numbered as cited" in "".join(rest)


@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_the_leaflet_is_dated_and_short(visit, audience):
    page = ask(visit(), SIMPLE, audience)
    page.get_by_role("button", name="Patient leaflet").click()
    page.get_by_role("heading", name="your plan").wait_for()
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    assert len(pages) <= 2
    assert str(date.today()) in pages[0] and "reviewed by a clinician" in pages[0]


def test_the_book_is_led_to_from_the_topic_and_shown_as_it_is_printed(visit):
    page = visit("/topic")
    page.get_by_role("link", name="The book", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("radiculopathy")
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 20  # its own style sheet is let in
    for width in (360, 800, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_citation_at_the_edge_opens_wide_enough_to_read(visit):
    page = ask(visit(width=800), "What is the initial management for patients with lumbosacral radiculopathy?")
    cites = page.locator(".cites button")
    edge = max(range(15), key=lambda number: (cites.nth(number).bounding_box() or {"x": 0})["x"])
    cites.nth(edge).click()
    box = page.locator(".point:popover-open").bounding_box()
    assert box is not None and box["width"] >= 380 and box["x"] >= 0 and box["x"] + box["width"] <= 800


@BOTH_WAYS
def test_the_whole_case_can_be_tried_from_what_a_patient_sees(visit, javascript):
    page = ask(visit(javascript=javascript, width=360), PATIENT, "patient")
    page.get_by_role("link", name="Questions that matter most").click()
    page.locator(".ask-next button").first.click()
    expect(page.get_by_role("region", name="What changed")).to_contain_text("get help now")


@pytest.mark.parametrize(("width", "audience"), [(360, "patient"), (360, "clinician"), (1280, "patient")])
def test_the_warning_signs_are_read_before_the_case(visit, width, audience):
    page = ask(visit(width=width), "45-year-old, sciatica for 2 weeks", audience)
    headings = page.locator("main h2").all_inner_texts()
    signs = "Red flags" if audience == "clinician" else "Warning signs"
    assert headings.index("In short") < headings.index(signs) < headings.index("The case")
    assert headings.count(signs) == 1
    if width == 360:
        boxes = [page.get_by_role("heading", name=name, exact=True).bounding_box() for name in (signs, "The case")]
        assert boxes[0]["y"] < boxes[1]["y"]


def test_where_the_system_sets_the_colours_marks_and_presses_can_be_told(browser, server):
    context = browser.new_context(forced_colors="active", base_url=server.address)
    page = ask(context.new_page(), "45-year-old, sciatica for 2 weeks")
    colours = "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    text, ground = page.locator("mark a").first.evaluate(colours)[0], page.locator("mark").first.evaluate(colours)[1]
    assert text != ground
    assert page.locator("mark").first.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    pressed, other = (
        page.locator(f'.control button[aria-pressed="{one}"]').first.evaluate(colours) for one in ("true", "false")
    )
    assert pressed[1] != other[1] and pressed[0] != pressed[1]
    context.close()


def test_a_dark_screen_prints_in_the_colours_of_paper(visit):
    def banner(scheme):
        page = ask(visit(scheme=scheme), "45-year-old, sciatica, cannot pass urine, saddle numbness")
        page.emulate_media(media="print", color_scheme=scheme)
        return page.locator(".urgency").evaluate(
            "one => getComputedStyle(one).color + getComputedStyle(one).backgroundColor"
        )

    assert banner("dark") == banner("light")
