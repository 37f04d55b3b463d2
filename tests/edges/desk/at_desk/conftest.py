"""The site of the small example topic, with somebody of each role, each in a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from rootline.desk.people.store import People
from rootline.edges.web.site import Site, site_from_environment
from tests.desk.conftest import EXAMPLE
from tests.desk.people.conftest import join
from tests.edges.desk.conftest import send, sign_in

At = Callable[[str], TestClient]
PEOPLE = {
    "reader": ("Rea Hollis", "reader", ""),
    "author": ("Ann Kirke", "author", ""),
    "reviewer": ("Ben Okoro", "reviewer", "neurology"),
    "second": ("Dora Lind", "reviewer", "general practice"),
    "chair": ("Cit Moreau", "chair", "spine surgery"),
    "administrator": ("Odo Marsh", "administrator", ""),
}
QUESTION = "/questions/{}?audience=clinician"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROOTLINE_STATE", str(tmp_path_factory.mktemp("state")))
        patch.setenv("ROOTLINE_SERVE_PACK", str(EXAMPLE))
        return site_from_environment()


@pytest.fixture
def at(browse, people: People) -> At:
    """A browser in which the person of this login is signed in; an empty login signs nobody in."""
    opened: dict[str, TestClient] = {}

    def browser_of(login: str) -> TestClient:
        if login not in opened:
            opened[login] = browse()
            if login:
                join(people, login, *PEOPLE[login])
                assert sign_in(opened[login], login).status_code == 303
        return opened[login]

    return browser_of


@pytest.fixture
def piece(site: Site) -> str:
    """The first canonical question, to a clinician."""
    return f"{site.pack.id}/{site.pack.questions[0].id}/clinician"


@pytest.fixture
def edition(at: At, piece: str) -> str:
    """The address of that answer at the desk, submitted by its author."""
    assert send(at("author"), "/desk/submit", what=piece).status_code == 200
    return edition_in(at("author").get("/desk").text)


def edition_in(queue: str) -> str:
    """The address of the first edition in the queue."""
    return re.search(r"/desk/editions/\d+", queue)[0]


def seen(html: str) -> str:
    """The version of the edition that a page shows."""
    return re.search(r'name="seen" value="(\d+)"', html)[1]


def do(browser: TestClient, edition: str, act: str, **fields: str):
    """Open the edition's page and press one of its buttons."""
    page = browser.get(edition).text
    known = {"seen": seen(page)} if 'name="seen"' in page else {}
    return send(browser, edition, f"{edition}/{act}", **{**known, **fields})
