"""Measures the web application in a real Chromium: what an answer weighs, how soon it is painted, whom it asks.

Figures only; what a page must never do is tested in `tests/browser`.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Page, Request, sync_playwright
from rich.table import Table
from tests.server import Server, serving

from rootline.desk.opening import make_desk

_PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  const paint = list.getEntriesByName('first-contentful-paint')[0];
  const page = performance.getEntriesByType('navigation')[0];
  if (paint) done({paint: paint.startTime, server: page.responseEnd - page.requestStart});
}).observe({type: 'paint', buffered: true}))"""


@contextmanager
def _page(has_desk: bool) -> Iterator[tuple[Server, Page]]:
    chromium = os.environ.get("ROOTLINE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, ExitStack() as opened:
        if has_desk:
            (state := Path(folder) / "state").mkdir()
            make_desk(f"sqlite:///{state}/desk.sqlite").close()
        server = opened.enter_context(serving(Path(folder)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield server, browser.new_page(base_url=server.address)
        browser.close()


def _ask(page: Page, question: str) -> dict[str, float]:
    page.goto("/")
    page.fill("#question", question)
    page.click("form.ask button.main")
    page.wait_for_selector(".answer")
    figures: dict[str, float] = page.evaluate(_PAINTED)
    return figures


def _weighed(page: Page, question: str) -> tuple[int, int, int]:
    """Bytes over the wire of an answer with style and script, bytes of its text, and requests to elsewhere."""
    sent: list[Request] = []
    page.context.clear_cookies()
    page.on("requestfinished", lambda request: sent.append(request))
    _ask(page, question)
    page.wait_for_load_state("networkidle")
    start = max(place for place, one in enumerate(sent) if one.method == "POST")
    static = {one.url: one for one in sent if "/static/" in one.url}.values()
    pages = [one for one in sent[start:] if "/static/" not in one.url]  # the form, and the page it leads to
    sizes = [one.sizes() for one in [*pages, *static]]
    wire = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
    elsewhere = sum(not one.url.startswith(page.url.partition("/case/")[0]) for one in sent)
    return wire, len(page.content().encode()), elsewhere


def _live(page: Page) -> float:
    """Seconds from the press that corrects a fact to the difference on the page."""
    begun = time.perf_counter()
    page.click('button[name="set"] >> nth=0')
    page.wait_for_selector("#changed")
    return time.perf_counter() - begun


def measure(questions: list[str], runs: int, table: Table) -> None:
    """One row for each question, and one for what it weighs where a desk takes what readers say of each statement."""
    with _page(False) as (_, page):
        for question in questions:
            wire, text, elsewhere = _weighed(page, question)
            figures = [_ask(page, question) for _ in range(runs)]
            paint = statistics.median(one["paint"] for one in figures)
            server = statistics.median(one["server"] for one in figures)
            live = _live(page) * 1000
            table.add_row(
                f"web answer: {question[:36]}…",
                f"painted after {paint:.0f} ms",
                f"of it the server {server:.0f} ms; a correction {live:.0f} ms",
                f"{wire / 1000:.0f} kB",
                f"under 200 ms, 100 kB on the wire ({text / 1000:.0f} kB of text); {elsewhere} requests elsewhere",
            )
    with _page(True) as (_, page):
        for question in questions:
            wire, text, elsewhere = _weighed(page, question)
            asks = page.locator("button[form=feedback]").count()
            table.add_row(
                f"the same with a desk: {question[:28]}…",
                f"{asks} statements to report on",
                "",
                f"{wire / 1000:.0f} kB",
                f"under 100 kB on the wire ({text / 1000:.0f} kB of text); {elsewhere} requests elsewhere",
            )
