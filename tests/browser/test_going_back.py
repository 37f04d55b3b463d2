"""Reload, Back and Forward show the case as it was; two windows on one kept case do not overwrite each other."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PATIENT, ask
from tests.browser.test_journeys import BOTH_WAYS


def foot_drop(page):
    return page.get_by_role("group", name="Ankle and toe dorsiflexion power")


def correct(page, value: str) -> None:
    foot_drop(page).get_by_role("button", name=value, exact=True).click()
    expect(page.get_by_role("region", name="What changed")).to_contain_text(value)


def expect_known(page, value: str) -> None:
    expect(foot_drop(page).get_by_role("button", name=value, exact=True)).to_have_attribute("aria-pressed", "true")


@BOTH_WAYS
def test_reload_keeps_a_correction(visit, javascript):
    page = ask(visit(javascript=javascript))
    correct(page, "no foot drop")
    page.reload()
    expect_known(page, "no foot drop")
    expect(page.get_by_role("region", name="What changed")).to_contain_text("no foot drop")


@BOTH_WAYS
def test_back_and_forward_go_through_the_steps(visit, javascript):
    page = ask(visit(javascript=javascript))
    correct(page, "no foot drop")
    correct(page, "partial foot drop")
    page.go_back()
    expect_known(page, "no foot drop")
    page.go_back()
    expect_known(page, "complete foot drop")
    page.go_forward()
    expect_known(page, "no foot drop")
    page.get_by_label("Go on: what if, or what else?").fill("and if she is pregnant?")
    page.get_by_role("button", name="Ask on").click()
    expect(page.get_by_role("region", name="What changed")).to_contain_text("pregnant")
    expect_known(page, "no foot drop")


@BOTH_WAYS
def test_back_from_another_page_finds_the_corrected_case(visit, javascript):
    page = ask(visit(javascript=javascript))
    correct(page, "no foot drop")
    for name in ("Patient leaflet", "Text for the record"):
        if javascript and name == "Text for the record":
            continue  # it is copied, and no page is left
        page.get_by_role("button", name=name).click()
        page.wait_for_url(re.compile(r"/(leaflet|record)$"))
        page.reload()
        page.go_back()
        expect_known(page, "no foot drop")
    page.get_by_role("link", name="Glossary", exact=True).click()
    page.get_by_role("heading", name="What the words mean").wait_for()
    page.go_back()
    expect_known(page, "no foot drop")


@BOTH_WAYS
def test_no_address_holds_a_word_of_the_patient(visit, javascript):
    page = ask(visit(javascript=javascript))
    correct(page, "no foot drop")
    assert re.fullmatch(r"/case/[0-9a-f]{32}", page.url.partition("://")[2][page.url.partition("://")[2].index("/") :])


@BOTH_WAYS
def test_yes_and_no_do_not_ask_what_is_typed_and_leave_it_there(visit, javascript):
    page = ask(visit(javascript=javascript))
    box = page.get_by_label("Go on: what if, or what else?")
    box.fill("and if she is pregnant?")
    correct(page, "no foot drop")
    assert "pregnant" not in page.locator("blockquote.question").inner_text()
    expect(box).to_have_value("and if she is pregnant?")
    page.get_by_role("button", name="Ask on").click()
    expect(page.get_by_role("region", name="What changed")).to_contain_text("pregnant")
    expect(box).to_have_value("")


def test_a_link_within_the_page_loads_nothing(visit):
    page = ask(visit())
    page.get_by_role("link", name="cannot lift her left foot").click()
    page.go_back()
    expect(page.get_by_role("heading", name="In short")).to_be_visible()
    expect_known(page, "complete foot drop")


@BOTH_WAYS
def test_two_windows_on_one_kept_case(visit, javascript):
    mine = ask(visit(javascript=javascript), PATIENT)
    mine.get_by_role("button", name="Keep on this machine").click()
    mine.wait_for_url(re.compile(r"/kept/"))
    theirs = visit(mine.url, javascript=javascript)
    for page, value in ((theirs, "no foot drop"), (mine, "partial foot drop")):
        correct(page, value)
        page.get_by_role("button", name="Keep as it is now").click()
    mine.get_by_role("heading", name="Nothing was kept yet").wait_for()
    expect(mine.get_by_role("region", name="Yours beside the kept one")).to_contain_text(
        "no foot drop → partial foot drop"
    )
    mine.get_by_role("button", name="Keep mine as a case of its own").click()
    mine.wait_for_url(re.compile(r"/kept/"))
    expect_known(mine, "partial foot drop")
    assert mine.url != theirs.url
    theirs.reload()
    expect_known(theirs, "no foot drop")
    theirs.get_by_role("button", name="Delete the kept case").click()
    expect(theirs.get_by_role("button", name="Keep on this machine")).to_be_visible()
    mine.get_by_role("button", name="Delete the kept case").click()
    expect(mine.get_by_role("button", name="Keep on this machine")).to_be_visible()
