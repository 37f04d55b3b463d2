"""The whole site with people joined to it, asked as a browser would."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rootline.desk.people.store import People
from rootline.edges.desk.join import join_people
from rootline.edges.web.app import create_app
from rootline.edges.web.site import Site, site_from_environment
from tests.desk.conftest import desk  # noqa: F401  (a fixture)
from tests.desk.people.conftest import SECRET, clock, engine, people  # noqa: F401  (fixtures)

Browse = Callable[[], TestClient]


@pytest.fixture
def url(tmp_path: Path) -> str:
    """SQLite: that PostgreSQL does the same is tested with the people themselves."""
    return f"sqlite:///{tmp_path / 'desk.sqlite'}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROOTLINE_STATE", str(tmp_path_factory.mktemp("state")))
        return site_from_environment()


@pytest.fixture
def browse(people: People, site: Site, url: str, monkeypatch: pytest.MonkeyPatch) -> Browse:  # noqa: F811
    """A new browser, signed in nowhere. What it does to the site is seen by the others."""
    monkeypatch.setenv("ROOTLINE_DESK", url)
    app = create_app(site)
    join_people(app, people)
    return lambda: TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def token(html: str) -> str:
    """The token in a page's form."""
    return re.search(r'name="token" value="([^"]+)"', html)[1]


def send(browser: TestClient, page: str, to: str = "", **fields: str):
    """Open a page and send its form."""
    return browser.post(to or page, data={"token": token(browser.get(page).text), **fields})


def sign_in(browser: TestClient, login: str = "ada", password: str = SECRET, **more: str):
    return send(browser, "/sign-in", login=login, password=password, **more)


def counts_addresses(app) -> None:
    """Have a site count how much comes from one address, as it does where other machines can reach it."""
    for each in (app, app.state.api):
        each.state.site = replace(each.state.site, a_minute=120)
