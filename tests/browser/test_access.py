"""For everybody: axe-core finds nothing, markup is valid, the keyboard is enough; small, dark and on paper."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import PATHS, PATIENT, ask

HERE = Path(__file__).parent
AXE = (HERE / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
SIMPLE = "45-year-old, sciatica for 3 weeks, improving. No red flags. Neuro exam normal. Passing urine normally."
VIEWS = pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (360, "light"), (1280, "dark")], ids=["wide", "phone", "dark"]
)


def findings(page) -> list[str]:
    """What axe-core finds, each with its place."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@VIEWS
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_on_any_page_and_nothing_runs_over_the_edge(visit, path, width, scheme):
    page = visit(path, width=width, scheme=scheme)
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@VIEWS
@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_axe_finds_nothing_on_an_answer_with_everything_open(visit, width, scheme, audience):
    page = ask(visit(width=width, scheme=scheme), audience=audience)
    page.get_by_label("Go on: what if, or what else?").fill("and if she is pregnant?")
    page.get_by_role("button", name="Ask on").click()
    page.get_by_role("region", name="What changed").wait_for()
    page.locator("#s-urgent-weakness .why").click()
    page.locator("#s-urgent-weakness .tree").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.locator("#s-urgent-weakness .cites button").first.click()
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/take/leaflet", "/take/record", "/why", "/nothing"])
def test_axe_finds_nothing_on_the_pages_behind_an_answer(visit, path):
    page = ask(visit(), SIMPLE)
    page.evaluate("path => { const form = document.forms.case; form.action = path; }", path)
    page.evaluate("document.forms.case.insertAdjacentHTML('beforeend', '<input name=why value=routine-care>')")
    with page.expect_navigation():
        page.evaluate("HTMLFormElement.prototype.submit.call(document.forms.case)")
    assert path.rpartition("/")[2] in page.url.partition("/case/")[2] or path == "/nothing"
    assert findings(page) == []


def test_axe_finds_nothing_on_what_was_found(visit):
    page = visit("/search")
    page.get_by_label("Words that must all be there").fill("foot drop")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("status").wait_for()
    assert findings(page) == []


def test_axe_would_find_something(visit):
    page = visit("/policy")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"/static/icon.svg\">')")
    assert any("image-alt" in one for one in findings(page))


def test_every_page_is_valid_markup(visit, tmp_path):
    page = visit()
    for number, path in enumerate(PATHS):
        (tmp_path / f"{number}.html").write_text(page.request.get(path).text(), encoding="utf-8")
    case = json.dumps(
        {"question": PATIENT, "audience": "student", "onset": "2026-01-02", "steps": [{"fact": "fever", "value": "no"}]}
    )
    forms = [
        ("/answer", {"follow": "and if she is pregnant?"}),
        ("/why", {"why": "urgent-weakness"}),
        ("/take/leaflet", {}),
        ("/take/record", {}),
    ]
    for path, form in forms:
        html = page.request.post(path, form={"case": case, **form}).text()
        (tmp_path / f"{path.replace('/', '-')}.html").write_text(html, encoding="utf-8")
    (tmp_path / "search.html").write_text(page.request.post("/search", form={"words": "foot drop"}).text())
    check_markup(tmp_path)


def check_markup(folder: Path) -> None:
    """Every page in this folder is valid."""
    program = HERE / "node_modules" / ".bin" / "html-validate"
    words = [program, "--config", HERE / "htmlvalidate.json", "--formatter", "text", *folder.glob("*.html")]
    checked = subprocess.run(words, capture_output=True, text=True, cwd=HERE)
    assert checked.returncode == 0, checked.stdout[:6000] + checked.stderr[:2000]


def test_the_keyboard_alone_is_enough(visit):
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your question or case")).to_be_focused()
    page.keyboard.type(PATIENT)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # the next reader
    expect(page.get_by_label("therapist", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="In short").wait_for()

    def tab_to(selector: str) -> None:
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"never reached {selector}")

    tab_to(".line .cites button")
    page.keyboard.press("Enter")
    expect(page.locator(".point:popover-open")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".point:popover-open")).to_have_count(0)
    tab_to('button[value="foot_drop=partial"]')
    page.keyboard.press("Space")
    expect(page.get_by_role("region", name="What changed")).to_be_focused()
    tab_to("#follow")
    page.keyboard.type("and if she is pregnant?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="What changed")).to_contain_text("pregnant")


def test_landmarks_and_headings_are_in_reading_order(visit):
    page = ask(visit())
    assert [page.locator(one).count() for one in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    headings = page.locator("main h2").all_inner_texts()
    order = ["In short", "Red flags", "The case", "Assessment", "Pain control", "Sources", "To take away"]
    assert [one for one in headings if one in order] == order


def test_a_simple_plan_prints_whole(visit):
    page = ask(visit(), SIMPLE)
    (text,) = [one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    for words in ("UNDECIDED", "In short", "sciatica for 3 weeks", "Pitfalls", "Where guidelines disagree"):
        assert words in text, words
    assert "Keep on this machine" not in text and "Glossary" not in text


def test_urgency_is_told_by_words_shape_and_colour(visit):
    shapes = {}
    cases = {
        "emergency": "61, sciatica, cannot feel wiping, cannot pass urine",
        "open": SIMPLE,
    }
    for name, question in cases.items():
        banner = ask(visit(), question).get_by_role("region", name="Urgency", exact=True)
        shapes[name] = (
            banner.locator("svg text").text_content(),
            banner.evaluate("one => getComputedStyle(one).borderTopStyle"),
        )
        expect(banner).to_contain_text("EMERGENCY")
    assert shapes == {"emergency": ("!", "solid"), "open": ("?", "dashed")}
