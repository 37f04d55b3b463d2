"""A real Chromium, and a running server. What cannot be had fails the tests; nothing is skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.server import Server, serving

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"
PATHS = ["/", "/topic", "/questions", "/questions/foot-drop", "/questions/initial-management?audience=patient",
         "/sources", "/sources/nice-ng59-2020", "/advice/urgent-weakness", "/disagreements", "/glossary", "/search",
         "/policy", "/docs", "/nothing"]  # fmt: skip
Visit = Callable[..., Page]


def chromium() -> str:
    """Where Chromium is, on this machine."""
    for name in (os.environ.get("ROOTLINE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    raise AssertionError("no Chromium: run `.ci/browser`, or name one in ROOTLINE_CHROMIUM")


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("browser")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


@dataclass
class Heard:
    """What a page complained of, and whom it asked for something."""

    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)


@pytest.fixture
def visit(browser, server) -> Iterator[Visit]:
    """Open a page as somebody would; at the end nobody may have complained or called elsewhere."""
    heard, opened = Heard(), []

    def open_page(path: str = "/", *, width: int = 1280, javascript: bool = True, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme=scheme,
            base_url=server.address,
            permissions=["clipboard-read", "clipboard-write"],
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: heard.complaints.append(said.text) if said.type in ("error", "warning") else 0)
        page.on("pageerror", lambda error: heard.complaints.append(str(error)))
        page.on("request", lambda request: heard.hosts.add(request.url.partition("://")[2].partition("/")[0]))
        page.goto(path)
        return page

    yield open_page
    for context in opened:
        context.close()
    # a page that is not there, a value that cannot be read, a case kept twice, a cable pulled out
    expected = ("404", "503", "400 (Bad Request)", "409 (Conflict)", "ERR_INTERNET_DISCONNECTED")
    assert [one for one in heard.complaints if not any(part in one for part in expected)] == []
    assert heard.hosts == {server.address.partition("://")[2]}


def ask(page: Page, question: str = PATIENT, audience: str = "clinician") -> Page:
    """Ask as a user does, and wait for the answer."""
    page.goto("/")
    page.get_by_label("Your question or case").fill(question)
    page.get_by_label(audience, exact=True).check()
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("heading", name="In short").wait_for()
    return page
