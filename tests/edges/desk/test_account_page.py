"""A person's own page: password and tokens."""

from __future__ import annotations

import re

from rootline.desk.people.api_tokens import tokens_of
from tests.desk.people.conftest import SECRET, join
from tests.edges.desk.conftest import send, sign_in

OTHER = "quite other plain words"


def test_the_password_changes_and_other_browsers_are_out(browse):
    mine, other = browse(), browse()
    sign_in(mine), sign_in(other)
    send(mine, "/account", "/account/token", label="nightly", days="30", **{"scope.read": "yes"})
    changed = send(mine, "/account", "/account/password", password=SECRET, new=OTHER)
    html = mine.get(changed.headers["location"]).text
    assert "Your password was changed." in html and "tokens for programs are revoked" in html and "nightly" not in html
    assert mine.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert sign_in(browse(), password=OTHER).status_code == 303


def test_what_is_wrong_with_a_new_password_is_told(browse):
    browser = browse()
    sign_in(browser)
    answer = send(browser, "/account", "/account/password", password=SECRET, new="short")
    assert answer.status_code == 400 and "too short" in answer.text
    answer = send(browser, "/account", "/account/password", password=OTHER, new=OTHER)
    assert answer.status_code == 400 and "do not open an account" in answer.text
    assert SECRET not in answer.text and OTHER not in answer.text


def test_a_token_is_shown_once_and_opens_as_far_as_it_says(browse, people):
    browser = browse()
    sign_in(browser)
    made = send(browser, "/account", "/account/token", label="nightly <check>", days="30", **{"scope.read": "yes"})
    token = re.search(r"rootline_[\w-]{43}", made.text)[0]
    again = browser.get("/account").text
    assert token not in again and "nightly &lt;check&gt;" in again
    program = browse()
    program.headers["Authorization"] = f"Bearer {token}"
    answer = program.get("/people")
    assert answer.status_code == 403 and answer.json()["detail"] == "This token may not keep people."
    send(browser, "/account", "/account/revoke", number=str(tokens_of(people, "ada")[0].number))
    assert program.get("/people").status_code == 401
    assert program.get("/people").headers["www-authenticate"] == "Bearer"


def test_a_wrong_token_is_refused_even_beside_a_session(browse):
    browser = browse()
    sign_in(browser)
    for given in ("Bearer rootline_x", "Bearer", "Basic YWRhOng=", ""):
        assert browser.get("/people", headers={"Authorization": given}).status_code == 401


def test_a_token_does_not_open_the_account_page(browse, people):
    browser = browse()
    sign_in(browser)
    every = {f"scope.{scope}": "yes" for scope in ("read", "feedback", "submit", "review")}
    made = send(browser, "/account", "/account/token", label="all", days="30", **every)
    token = re.search(r"rootline_[\w-]{43}", made.text)[0]
    assert browse().get("/account", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_what_cannot_be_a_token_is_told(browse, people):
    browser = browse()
    sign_in(browser)
    for days in ("0", "", "x", "367", "9" * 30, "9" * 5000):
        answer = send(browser, "/account", "/account/token", label="x", days=days, **{"scope.read": "yes"})
        assert answer.status_code == 400 and "1 to 366 days" in answer.text
    assert tokens_of(people, "ada") == []
    for number in ("x", "", "9" * 30, "77"):
        assert send(browser, "/account", "/account/revoke", number=number).status_code == 404


def test_another_persons_token_cannot_be_revoked(browse, people):
    join(people, "ben", "Ben Okoro", "author")
    mine, bens = browse(), browse()
    sign_in(mine), sign_in(bens, "ben")
    send(mine, "/account", "/account/token", label="x", days="1", **{"scope.read": "yes"})
    number = tokens_of(people, "ada")[0].number
    assert send(bens, "/account", "/account/revoke", number=str(number)).status_code == 404
    assert tokens_of(people, "ada")
