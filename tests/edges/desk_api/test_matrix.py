"""Who may ask which address of the desk's API: every route, role and scope. A route without a row fails."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute

from rootline.desk.people.accounts import account_of
from rootline.desk.people.permissions import ANYONE, MATRIX, SCOPES, Action
from rootline.edges.desk_api.join import PREFIX, ROOMS
from tests.desk.people.conftest import SECRET
from tests.edges.desk.conftest import sign_in
from tests.edges.desk_api.conftest import ALL, PEOPLE

# A route, and the action of the matrix that it stands for.
ROWS: dict[tuple[str, str], Action] = {
    ("GET", "/pieces"): "read",
    ("GET", "/pieces/{piece}"): "read",
    ("POST", "/submissions"): "submit",
    ("GET", "/queue"): "see the desk",
    ("GET", "/editions"): "see the desk",
    ("GET", "/editions/{edition}"): "see the desk",
    ("POST", "/editions/{edition}/submit"): "submit",
    ("POST", "/editions/{edition}/take"): "take",
    ("POST", "/editions/{edition}/request-changes"): "request changes",
    ("POST", "/editions/{edition}/approve"): "approve",
    ("POST", "/editions/{edition}/retire"): "retire",
    ("POST", "/editions/{edition}/comments"): "comment",
    ("POST", "/approvals"): "approve together",
    ("GET", "/feedback"): "see the desk",
    ("GET", "/feedback/counts"): "see the desk",
    ("POST", "/feedback"): "give feedback",
    ("POST", "/feedback/settle"): "settle feedback",
    ("POST", "/feedback/{number}/settle"): "settle feedback",
    ("GET", "/record"): "read the audit trail",
    ("GET", "/record/check"): "read the audit trail",
}
LOGINS = [*PEOPLE]


@pytest.fixture
def url(tmp_path) -> str:
    """SQLite: who may does not hang on the database."""
    return f"sqlite:///{tmp_path / 'desk.sqlite'}"


def asked(who, method: str, path: str) -> int:
    """The status of a call that is allowed to come as far as its body, which holds nothing."""
    address = PREFIX + path.replace("{edition}", "1").replace("{number}", "1").replace("{piece}", "ankle-sprain")
    told = who.request(method, address, json={} if method == "POST" else None)
    assert told.headers["content-type"] in ("application/json", "application/problem+json")
    return told.status_code


def may(method: str) -> int:
    return 200 if method == "GET" else 422


def test_every_route_of_the_api_has_its_row(app):
    routes = [one for room in ROOMS for one in room.router.routes]
    assert all(isinstance(one, APIRoute) and one.include_in_schema for one in routes)
    described = app.state.api.openapi()["paths"]
    found = {
        (method.upper(), path.removeprefix(PREFIX))
        for path, methods in described.items() if path.startswith(f"{PREFIX}/") for method in methods
    }  # fmt: skip
    assert found == set(ROWS)
    assert len(routes) == len(ROWS)


@pytest.mark.parametrize("login", LOGINS)
def test_a_role_and_a_scope_open_what_both_give_and_nothing_else(program, edition, login):
    for scopes in (ALL, *((scope,) for scope in SCOPES)):
        who = program(login, *scopes)
        for (method, path), action in ROWS.items():
            allowed = PEOPLE[login][1] in MATRIX[action] and any(action in SCOPES[scope] for scope in scopes)
            assert asked(who, method, path) == (may(method) if allowed else 403), (scopes, method, path)


def test_who_has_no_token_reads_and_gives_feedback_and_nothing_else(program, edition):
    for (method, path), action in ROWS.items():
        assert asked(program(""), method, path) == (may(method) if ANYONE in MATRIX[action] else 401), path


def test_a_cookie_alone_opens_no_more_than_nothing(program, edition):
    """So that a page of another site, in a browser that is signed in, can do nothing."""
    browser = program("")
    program("chair")
    assert sign_in(browser, "chair", SECRET).status_code == 303
    for (method, path), action in ROWS.items():
        assert asked(browser, method, path) == (may(method) if ANYONE in MATRIX[action] else 401), path


@pytest.mark.parametrize("given", ["Bearer nonsense", "Bearer ", "Basic cmVhOnJlYQ==", "rootline_x", ""])
def test_a_token_that_opens_nothing_is_told_so_everywhere(program, edition, given):
    who = program("")
    who.headers["Authorization"] = given
    for method, path in ROWS:
        assert asked(who, method, path) == 401, path
    told = who.get(f"{PREFIX}/queue")
    assert told.headers["www-authenticate"] == "Bearer" and told.json()["mend"]


def test_where_readers_need_an_account_nothing_is_open(program, edition, monkeypatch):
    reader, browser = program("reader", "read"), program("")
    program("chair")
    sign_in(browser, "chair", SECRET)
    monkeypatch.setenv("ROOTLINE_READERS", "accounts")
    for (method, path), action in ROWS.items():
        assert asked(program(""), method, path) == 401, path
        assert asked(browser, method, path) == 401, path
        assert asked(reader, method, path) == (may(method) if action == "read" else 403), path


def test_a_token_ends_with_its_days_its_account_and_its_role(program, people, clock, edition):
    chair = program("chair")
    assert asked(chair, "POST", "/editions/{edition}/retire") == 422
    with people.writing() as session:
        account_of(session, "chair").role = "author"
    assert asked(chair, "POST", "/editions/{edition}/retire") == 403
    assert asked(program("second"), "GET", "/queue") == 200
    second = program("second")
    with people.writing() as session:
        account_of(session, "second").is_disabled = True
    assert asked(second, "GET", "/queue") == 401
    clock.pass_by(31 * 24 * 3600)
    assert asked(chair, "GET", "/queue") == 401
