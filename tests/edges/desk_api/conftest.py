"""The site of the small example topic with its desk, asked by programs that act for somebody of each role."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from starlette.testclient import TestClient

from rootline.desk.people.api_tokens import make_token
from rootline.desk.people.permissions import SCOPES
from rootline.desk.people.store import People
from rootline.edges.desk.join import join_people
from rootline.edges.web.app import create_app
from rootline.edges.web.site import Site
from tests.desk.conftest import desk, server, url  # noqa: F401  (fixtures)
from tests.desk.people.conftest import clock, engine, join, people  # noqa: F401  (fixtures)
from tests.edges.desk.at_desk.conftest import PEOPLE, site  # noqa: F401  (a fixture)

V1 = "/api/v1/desk"
ALL = tuple(SCOPES)
Program = Callable[..., TestClient]
NONE = {"declares": "none"}


@pytest.fixture
def app(people: People, site: Site, url: str, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    monkeypatch.setenv("ROOTLINE_DESK", url)
    made = create_app(site)
    join_people(made, people)
    return made


@pytest.fixture
def program(app, people: People) -> Program:  # noqa: F811
    """A program with a token of the person of this role, with these scopes; an empty role has no token."""
    joined: set[str] = set()

    def of(role: str, *scopes: str) -> TestClient:
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False, raise_server_exceptions=False)
        if role:
            if role not in joined:
                join(people, role, *PEOPLE[role])
                joined.add(role)
            client.headers["Authorization"] = f"Bearer {make_token(people, role, 'a program', scopes or ALL, 30)}"
        return client

    return of


@pytest.fixture
def piece(site: Site) -> str:  # noqa: F811
    """The first canonical question, to a clinician."""
    return f"{site.pack.id}/{site.pack.questions[0].id}/clinician"


@pytest.fixture
def edition(program: Program, piece: str) -> dict:
    """That answer at the desk, submitted by its author."""
    return submitted(program("author"), piece)


def submitted(author: TestClient, piece: str) -> dict:
    now = author.get(f"{V1}/pieces/{piece}").json()["sha256"]
    told = author.post(f"{V1}/submissions", json={"piece": piece, "sha256": now})
    assert told.status_code == 200, told.text
    return told.json()["edition"]


def act(who: TestClient, edition: dict, what: str, key: str = "", **more):
    """One act on an edition as it was read."""
    named = {"sha256": edition["sha256"], "seen": edition["version"], **more}
    headers = {"Idempotency-Key": key} if key else {}
    return who.post(f"{V1}/editions/{edition['id']}/{what}", json=named, headers=headers)


take, approve = partial(act, what="take"), partial(act, what="approve", **NONE)
