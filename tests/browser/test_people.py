"""An administrator and somebody new, each in a real browser: added, own password, token, disabled."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from rootline.desk.actor import OPERATOR
from rootline.desk.opening import make_desk
from rootline.desk.people.accounts import add
from rootline.desk.people.store import People
from tests.browser.test_access import VIEWS, findings
from tests.server import Server, serving

ADA, BEN, OWN = "the words of ada only", "a first password for ben", "words that only he knows"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """A site whose desk has one administrator."""
    folder = tmp_path_factory.mktemp("people")
    desk = make_desk(f"sqlite:///{folder / 'state' / 'desk.sqlite'}")
    add(People(desk.engine), "ruth", "Ruth Adler", "administrator", password=ADA, is_own_password=True, by=OPERATOR)
    desk.close()
    with serving(folder) as running:
        yield running


def sign_in(page, login: str, password: str):
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_somebody_new_comes_in_and_goes(visit, javascript):
    login = f"ben-{javascript}".lower()
    ruth = sign_in(visit("/sign-in?back=/people", javascript=javascript), "ruth", ADA)
    ruth.get_by_label("Login: an e-mail").fill(login)
    ruth.get_by_label("Name, as shown").fill(f"Benjamin {javascript}")
    ruth.get_by_label("Role", exact=True).last.select_option("reviewer")
    ruth.get_by_label("First password;").fill(BEN)
    ruth.get_by_role("button", name="Add").click()
    ruth.get_by_role("heading", name=f"Benjamin {javascript}").wait_for()

    ben = sign_in(visit("/sign-in", javascript=javascript), login, BEN)
    ben.get_by_label("The password you were given").fill(BEN)
    ben.get_by_label("Your own password").fill(OWN)
    ben.get_by_role("button", name="Take this password").click()
    ben.get_by_role("heading", name=f"Benjamin {javascript}").wait_for()
    ben.get_by_label("What it is for").fill("nightly check")
    ben.get_by_label("read", exact=True).check()
    ben.get_by_role("button", name="Make a token").click()
    assert re.fullmatch(r"rootline_[\w-]{43}", ben.locator(".changed code").inner_text())

    entry = ruth.get_by_role("listitem").filter(has_text=login)
    entry.locator("summary").click()
    entry.get_by_role("button", name="Disable").click()
    ruth.get_by_text("disabled").first.wait_for()
    ben.goto("/account")
    assert ben.url.endswith("/sign-in?back=/account")


def test_a_wrong_password_is_told_and_the_keyboard_is_enough(visit):
    page = visit("/sign-in")
    page.get_by_label("Login").focus()
    page.keyboard.type("ruth")
    page.keyboard.press("Tab")
    page.keyboard.type("not the right one")
    page.keyboard.press("Enter")
    assert "do not open an account" in page.get_by_role("alert").inner_text()
    page.get_by_label("Login").focus()
    page.keyboard.type("ruth")
    page.keyboard.press("Tab")
    page.keyboard.type(ADA)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ruth Adler").wait_for()


@VIEWS
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(visit, width, scheme):
    page = visit("/sign-in", width=width, scheme=scheme)
    assert findings(page) == []
    sign_in(page, "ruth", ADA)
    page.get_by_role("heading", name="Ruth Adler").wait_for()
    for path in ("/account", "/people"):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
