"""The whole life of an answer with three people, each in a real browser; and the desk's pages for everybody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from rootline.desk.actor import OPERATOR, Actor
from rootline.desk.opening import make_desk
from rootline.desk.people.accounts import add
from rootline.desk.people.store import People
from rootline.desk.policy import Asked, set_policy
from tests.browser.test_access import VIEWS, check_markup, findings
from tests.desk.conftest import EXAMPLE
from tests.server import Server, serving

WORDS = "four plain words here"
PEOPLE = (("ann", "Ann Kirke", "author", ""), ("ben", "Ben Okoro", "reviewer", "neurology"),
          ("cit", "Cit Moreau", "chair", "spine surgery"))  # fmt: skip
PIECE = "ankle-sprain/first-steps/clinician"
ANSWER = "/questions/first-steps?audience=clinician"
PAGES = ["/desk", "/desk/editions/1", "/desk/submit", "/desk/together", "/desk/requirements", "/desk/record"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a site keeps its desk, with three people and a topic that asks for two signatures."""
    desk = make_desk(f"sqlite:///{tmp_path / 'state' / 'desk.sqlite'}")
    for login, name, role, specialty in PEOPLE:
        add(People(desk.engine), login, name, role, specialty, by=OPERATOR, password=WORDS, is_own_password=True)
    set_policy(desk, Actor("Cit Moreau", "chair"), "ankle-sprain", Asked(2, "neurology", 12))
    desk.close()
    shutil.copytree(EXAMPLE, tmp_path / "ankle-sprain")
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with serving(folder, "--pack", str(folder / "ankle-sprain")) as running:
        yield running


def enter(page: Page, login: str) -> Page:
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password", exact=True).fill(WORDS)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk**")
    return page


def put_up(page: Page) -> None:
    """The author puts the answer for clinicians on the desk."""
    page.goto("/desk/submit")
    page.locator(f'button[value="{PIECE}"]').click()
    page.get_by_role("status").wait_for()


def open_first(page: Page) -> None:
    page.goto("/desk")
    page.locator(".queue h2 a").first.click()
    page.wait_for_url("**/desk/editions/*")


def sign(page: Page) -> None:
    page.get_by_label("I have none").check()
    page.get_by_role("button", name="Approve", exact=True).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_the_whole_life_of_an_answer(visit: Callable[..., Page], folder: Path, server: Server, javascript: bool):
    ann, ben, cit = (enter(visit("/desk", javascript=javascript), login) for login in ("ann", "ben", "cit"))
    put_up(ann)
    open_first(ben)
    ben.get_by_role("button", name="Take up the review").click()
    ben.locator("summary", has_text="Request changes").click()
    ben.get_by_label("What has to change").fill("Say for how long.")
    ben.get_by_role("button", name="Send it back").click()
    ben.locator(".lead .changes_requested").wait_for()

    open_first(ann)
    assert "Say for how long." in ann.locator("main").inner_text()
    ann.get_by_role("button", name="Submit for review").click()
    ann.locator(".lead .submitted").wait_for()

    open_first(ben)
    ben.get_by_role("button", name="Take up the review").click()
    sign(ben)
    assert "still to come: 1 more of 2 signatures" in ben.locator("main").inner_text()
    open_first(cit)
    sign(cit)
    cit.locator(".lead .approved").wait_for()

    reader = visit(ANSWER, javascript=javascript)
    tracker = reader.get_by_label("Review status").inner_text()
    assert "Approved by Ben Okoro (reviewer, neurology); Cit Moreau (chair, spine surgery)." in tracker
    assert "pending" not in tracker
    reader.get_by_role("link", name="The approved version").click()
    approved = reader.url
    assert "stale" not in reader.locator("main").inner_text()

    one_letter(folder / "ankle-sprain")
    reader.wait_for_timeout(1_100)  # the pack's files are looked at once in a second
    reader.goto(ANSWER)
    assert "another version since this program read it" in reader.get_by_label("No longer approved").inner_text()
    server.process.terminate()
    server.process.wait(20)
    port = server.address.rpartition(":")[2]
    with serving(folder, "--pack", str(folder / "ankle-sprain"), port=int(port)):
        reader.goto(ANSWER)
        assert "Its content changed since" in reader.get_by_label("No longer approved").inner_text()
        assert "pending human review" in reader.get_by_label("Review status").inner_text()
        reader.get_by_role("link", name="The version that was approved").click()
        assert reader.url == approved
        assert "This version is stale" in reader.locator("main").inner_text()
        assert reader.get_by_role("heading", name="How the answer reads now").is_visible()
        enter(ann_again := visit("/desk", javascript=javascript), "ann")
        assert "stale" in ann_again.locator(".queue").inner_text()
        put_up(ann_again)
        open_first(ann_again)
        assert ann_again.get_by_role("heading", name=re.compile("What differs from edition 1")).is_visible()
        assert "proved unchanged for every possible patient" in ann_again.locator("main").inner_text()


def one_letter(pack: Path) -> None:
    """Change one letter of what the pack says to clinicians."""
    for file in sorted((pack / "advice").glob("*.yaml")) if (pack / "advice").is_dir() else [pack / "advice.yaml"]:
        text = file.read_text(encoding="utf-8")
        if changed := re.sub(r'(clinician: "[^"]*[a-z])\.?"', r'\1!"', text, count=1):
            if changed != text:
                file.write_text(changed, encoding="utf-8")
                return
    raise AssertionError("nothing to change")


def test_a_reader_calls_something_unsafe_and_it_is_on_top(visit: Callable[..., Page]):
    reader = visit(ANSWER)
    reader.locator('button[form="feedback"][name="statement"]').first.click()
    assert findings(reader) == []
    reader.get_by_label("unsafe").check()
    reader.get_by_label("In your words").fill("<script>alert(1)</script> hurts")
    reader.get_by_role("button", name="Send").click()
    assert "on top of what waits" in reader.get_by_role("status").inner_text()
    assert findings(reader) == []
    ben = enter(visit("/desk"), "ben")
    assert "1 call of “unsafe”" in ben.get_by_role("status").inner_text()
    assert "<script>alert(1)</script> hurts" in ben.locator(".queue li").first.inner_text()
    assert findings(ben) == []
    ben.get_by_label("What was done").fill("Reworded.")
    ben.keyboard.press("Enter")
    ben.get_by_text("No reader calls anything unsafe").wait_for()


def test_the_keyboard_is_enough_to_approve(visit: Callable[..., Page]):
    put_up(enter(visit("/desk"), "ann"))
    ben = enter(visit("/desk"), "ben")
    ben.locator(".queue h2 a").first.focus()
    ben.keyboard.press("Enter")
    ben.wait_for_url("**/desk/editions/1")
    press(ben, "Take up the review", "Enter")
    ben.locator(".lead .under_review").wait_for()
    press(ben, "I have none", "Space")
    press(ben, "Approve", "Enter")
    ben.get_by_text("You have signed this").wait_for()


def press(page: Page, name: str, key: str) -> None:
    """Go on with the tab key until the focus is on this, then press the key."""
    for _ in range(80):
        page.keyboard.press("Tab")
        label = "document.activeElement.innerText || document.activeElement.labels?.[0]?.innerText || ''"
        if page.evaluate(label).strip() == name:
            page.keyboard.press(key)
            return
    raise AssertionError(f"the tab key never reaches “{name}”")


def test_the_desks_pages_are_valid_markup(visit: Callable[..., Page], tmp_path: Path):
    put_up(enter(visit("/desk"), "ann"))
    cit = enter(visit("/desk/editions/1"), "cit")
    cit.get_by_role("button", name="Take up the review").click()
    pages = tmp_path / "pages"
    pages.mkdir()
    for number, path in enumerate([*PAGES, ANSWER, "/topic"]):
        (pages / f"{number}.html").write_text(cit.request.get(path).text(), encoding="utf-8")
    asked = cit.request.post("/feedback", form={"piece": PIECE, "statement": "move-early"})
    (pages / "feedback.html").write_text(asked.text(), encoding="utf-8")
    check_markup(pages)


def test_a_case_is_published_from_its_page(visit: Callable[..., Page]):
    ann = enter(visit("/desk"), "ann")
    ann.goto("/")
    ann.get_by_label("Your question or case").fill("I twisted my ankle on the stairs and it hurts a lot")
    ann.get_by_role("button", name="Answer", exact=True).click()
    ann.get_by_role("button", name="Put on the desk").click()
    assert findings(ann) == []
    ann.get_by_label("A title in your own words").fill("Ankle pain after an injury")
    ann.get_by_label("I have read title and facts").check()
    ann.get_by_role("button", name="Submit for review").click()
    ann.get_by_role("heading", name="Ankle pain after an injury").wait_for()
    assert "stairs" not in ann.content()
    for login in ("ben", "cit"):
        open_first(reviewer := enter(visit("/desk"), login))
        if login == "ben":
            reviewer.get_by_role("button", name="Take up the review").click()
        sign(reviewer)
    reader = visit("/questions")
    reader.get_by_role("link", name="Ankle pain after an injury").click()
    reader.get_by_role("heading", name="Ankle pain after an injury").wait_for()
    assert findings(reader) == []
    assert "Approved by Ben Okoro (reviewer, neurology); Cit" in reader.get_by_label("Review status").inner_text()
    address = reader.url
    reader.goto("/search")
    reader.get_by_label("Words that must all be there").fill("ankle injury")
    reader.get_by_role("button", name="Search").click()
    reader.get_by_role("link", name="Ankle pain after an injury").click()
    reader.wait_for_url(address)


@VIEWS
def test_axe_finds_nothing_at_the_desk_and_nothing_runs_over_the_edge(
    visit: Callable[..., Page], width: int, scheme: str
):
    ann = enter(visit("/desk", width=width, scheme=scheme), "ann")
    put_up(ann)
    cit = enter(visit("/desk", width=width, scheme=scheme), "cit")
    cit.goto("/desk/editions/1")
    cit.get_by_role("button", name="Take up the review").click()
    for path in [*PAGES, ANSWER, "/topic"]:
        cit.goto(path)
        cit.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert findings(cit) == [], path
        assert cit.evaluate("document.documentElement.scrollWidth") <= width, path
