"""Who may read: anyone by default; by a setting, only who has an account. Nothing but signing in stays open then."""

from __future__ import annotations

import pytest
from starlette.routing import BaseRoute, Mount, Route

from rootline.desk.people.api_tokens import make_token
from tests.desk.people.conftest import join
from tests.edges.desk.conftest import sign_in

PATHS = ("/", "/questions", "/sources", "/glossary", "/policy", "/docs", "/metrics", "/nothing")


@pytest.fixture
def closed(monkeypatch) -> None:
    monkeypatch.setenv("ROOTLINE_READERS", "accounts")


def test_anyone_reads_without_an_account(browse):
    assert browse().get("/").status_code == 200
    assert browse().get("/questions").status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_where_readers_need_an_account_nobody_else_sees_a_page(closed, browse, path):
    answer = browse().get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?back={path}")
    assert answer.headers["content-security-policy"], "a refusal is guarded as every page is"


def test_nor_does_a_program(closed, browse):
    asked = browse().post("/api/ask", json={"question": "What is the initial management?"})
    assert asked.status_code == 401 and "urgency" not in asked.text
    for path in ("/openapi.json", "/api/v1/topic", "/api/v1/nothing", "/api"):
        told = browse().get(path)
        assert told.status_code == 401 and told.headers["content-type"] == "application/problem+json", path
        assert told.headers["content-security-policy"] and told.json()["mend"] == "Sign in."
    posted = browse().post("/answer", data={"question": "What is the initial management?"})
    assert posted.status_code == 401 and "Sign in first" in posted.text


def routes_in(joined: BaseRoute) -> list[BaseRoute]:
    """The routes of a room that was joined to the site; of anything else itself."""
    router = getattr(joined, "original_router", None)
    return list(router.routes) if router else [joined]


def test_every_route_of_the_site_is_closed_but_those_for_signing_in(closed, browse):
    browser = browse()
    open_to_all = set()
    routes = [one for joined in browser.app.routes for one in routes_in(joined)]
    assert len(routes) > 40
    for route in routes:
        if isinstance(route, (Route, Mount)) and "{" not in route.path:
            answer = browser.get(route.path)
            if answer.status_code not in (303, 401) or "/sign-in?back=" not in answer.headers.get(
                "location", "/sign-in?back="
            ):
                open_to_all.add(route.path)
    assert open_to_all <= {"/sign-in", "/sign-in/first-password", "/sign-in/provider", "/sign-in/callback", "/sign-out",
                           "/static", "/healthz", "/readyz"}  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/sign-in/../questions", "/sign-inx", "/static/../questions", "//questions", "/healthz/x"]
)
def test_no_spelling_of_a_path_opens_it(closed, browse, path):
    answer = browse().get(path)
    assert answer.status_code in (303, 404) and "canonical" not in answer.text


def test_the_style_sheet_and_the_probes_stay_open(closed, browse):
    assert browse().get("/healthz").status_code == 200
    assert browse().get("/static/style.css").status_code == 200
    assert browse().get("/sign-in").status_code == 200


def test_a_reader_with_an_account_reads(closed, browse, people):
    join(people, "ben", "Ben Okoro", "reader")
    browser = browse()
    sign_in(browser, "ben")
    assert browser.get("/questions").status_code == 200
    program = browse()
    program.headers["Authorization"] = f"Bearer {make_token(people, 'ben', 'x', ['read'], 1)}"
    assert program.get("/questions").status_code == 200
