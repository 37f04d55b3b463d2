"""Who may ask which address of the desk: every route, for nobody and for every role. A route without a row fails."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute

from rootline.desk.people.permissions import ANYONE, MATRIX, Action
from rootline.edges.desk import join
from tests.edges.desk.conftest import token

# A route, and the action of the matrix that it stands for; ANYONE: whoever asks, with or without an account.
ROWS: dict[tuple[str, str], Action | str] = {
    ("GET", "/desk"): "see the desk",
    ("GET", "/desk/editions/{number:int}"): "see the desk",
    ("GET", "/desk/editions/{number:int}/book"): "see the desk",
    ("POST", "/desk/editions/{number:int}/submit"): "submit",
    ("POST", "/desk/editions/{number:int}/take"): "take",
    ("POST", "/desk/editions/{number:int}/request-changes"): "request changes",
    ("POST", "/desk/editions/{number:int}/approve"): "approve",
    ("POST", "/desk/editions/{number:int}/set-aside"): "set aside",
    ("POST", "/desk/editions/{number:int}/retire"): "retire",
    ("POST", "/desk/editions/{number:int}/withdraw"): "withdraw",
    ("POST", "/desk/editions/{number:int}/comment"): "comment",
    ("GET", "/desk/submit"): "submit",
    ("POST", "/desk/submit"): "submit",
    ("GET", "/case/{address}/publish"): "submit",
    ("POST", "/case/{address}/publish"): "submit",
    ("GET", "/desk/together"): "approve together",
    ("POST", "/desk/together"): "approve together",
    ("GET", "/desk/requirements"): "see the desk",
    ("POST", "/desk/requirements"): "set requirements",
    ("GET", "/desk/record"): "read the audit trail",
    ("GET", "/desk/record/lines"): "read the audit trail",
    ("GET", "/desk/life/{piece:path}"): "read the audit trail",
    ("POST", "/desk/feedback/{number:int}/settle"): "settle feedback",
    ("POST", "/desk/feedback/settle"): "settle feedback",
    ("POST", "/desk/comments/{number:int}/withdraw"): "withdraw",
    ("POST", "/desk/feedback/{number:int}/withdraw"): "withdraw",
    ("POST", "/feedback"): "give feedback",
    ("POST", "/feedback/give"): "give feedback",
    ("GET", "/reviewed/{sha256}"): "read",
}
TOKENLESS = ("/feedback",)  # shows a form, and changes nothing
# Of people and signing in: tested with them.
ELSEWHERE = ("/sign-in", "/sign-out", "/account", "/people")
LOGINS = ["", "reader", "author", "reviewer", "chair", "administrator"]


def routes() -> set[tuple[str, str]]:
    """Every route that the desk joins to a site."""
    found = [one for room in join.ROOMS for one in room.router.routes if isinstance(one, APIRoute)]
    return {(method, one.path) for one in found for method in one.methods if not one.path.startswith(ELSEWHERE)}


def filled(path: str) -> str:
    """An address of the route: of the one edition, and of nothing else that is there."""
    return path.replace("{number:int}", "1").replace("{address}", "0" * 32).replace("{sha256}", "0" * 64)


def test_every_route_of_the_desk_has_its_row():
    assert routes() == set(ROWS)


@pytest.mark.parametrize("login", LOGINS)
def test_a_role_opens_what_the_matrix_gives_it_and_nothing_else(at, edition, login):
    browser = at(login)
    form = token(browser.get("/sign-in").text)
    for (method, path), action in ROWS.items():
        address = filled(path)
        answer = browser.request(method, address, data={"token": form} if method == "POST" else None)
        may = (login or ANYONE) in MATRIX[action]
        if may:
            assert answer.status_code < 500 and "Not allowed" not in answer.text, (method, path)
            assert answer.headers.get("location", "").partition("?")[0] != "/sign-in", (method, path)
        elif login:
            assert answer.status_code == 403 and "Not allowed" in answer.text, (method, path)
        else:
            assert answer.status_code == (303 if method == "GET" else 401), (method, path)


def test_no_form_is_taken_without_its_token(at, edition):
    browser = at("chair")
    for (method, path), _ in ROWS.items():
        if method == "POST" and path not in TOKENLESS:
            answer = browser.post(filled(path), data={"seen": "1", "why": "x", "kind": "unsafe"})
            assert answer.status_code == 403 and "not made in your session" in answer.text, path
