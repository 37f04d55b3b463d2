"""Signing in and out in the browser: cookies, forms, where one is led, and what is told."""

from __future__ import annotations

import pytest

from rootline.desk.people.accounts import add, disable
from rootline.desk.people.lockout import FREE
from rootline.desk.people.sessions import IDLE
from tests.desk.people.conftest import RUTH, SECRET, join
from tests.edges.desk.conftest import send, sign_in, token


def test_a_right_password_opens_the_account_page(browse):
    browser = browse()
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    page = browser.get("/account")
    assert page.status_code == 200 and "Ada Lund" in page.text and "administrator" in page.text


def test_the_cookie_is_kept_from_scripts_and_other_sites(browse, monkeypatch):
    cookie = sign_in(browse()).headers.get_list("set-cookie")[-1]
    assert cookie.startswith("session=") and "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    assert "Secure" not in cookie
    monkeypatch.setenv("ROOTLINE_ADDRESS", "https://desk.example.org")
    cookie = sign_in(browse()).headers.get_list("set-cookie")[-1]
    assert cookie.startswith("__Host-session=") and "Secure" in cookie and "Domain" not in cookie


@pytest.mark.parametrize(
    ("login", "password"), [("ada", "not this one"), ("nobody", SECRET), ("", "not this one"), ("ada", "x" * 300)]
)
def test_a_wrong_password_and_an_unknown_login_look_the_same(browse, login, password):
    answer = sign_in(browse(), login, password)
    assert answer.status_code == 400 and "These do not open an account" in answer.text
    assert "session" not in answer.cookies
    assert password not in answer.text or not password


@pytest.mark.parametrize("login", ["ada", "nobody", ""])
def test_no_password_is_told_and_counted_for_nobody(browse, login):
    browser = browse()
    for _ in range(FREE + 1):
        answer = sign_in(browser, login, "")
        assert answer.status_code == 400 and "No password was given" in answer.text
    assert sign_in(browser).status_code == 303


def test_a_form_that_was_not_made_in_this_session_is_refused(browse):
    browser = browse()
    assert browser.post("/sign-in", data={"login": "ada", "password": SECRET}).status_code == 403
    sign_in(browser)
    others = token(browse().get("/sign-in").text)
    answer = browser.post("/sign-out", data={"token": others})
    assert answer.status_code == 403 and "not made in your session" in answer.text
    assert browser.get("/account").status_code == 200


def test_another_site_cannot_send_the_form(browse):
    browser = browse()
    sent = {"token": token(browser.get("/sign-in").text), "login": "ada", "password": SECRET}
    assert browser.post("/sign-in", data=sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_signing_out_ends_the_session_on_the_server_too(browse):
    browser = browse()
    sign_in(browser)
    kept = browser.cookies["session"]
    send(browser, "/account", "/sign-out")
    assert "session" not in browser.cookies
    browser.cookies.set("session", kept, domain="127.0.0.1")
    assert browser.get("/account").status_code == 303


def test_each_signing_in_gives_a_new_session(browse):
    browser = browse()
    browser.cookies.set("session", "chosen-by-somebody-else", domain="127.0.0.1")
    sign_in(browser)
    assert "chosen-by-somebody-else" not in browser.cookies.jar.__repr__()
    assert browser.get("/account").status_code == 200


def test_who_is_not_signed_in_is_led_to_the_form_and_back(browse):
    browser = browse()
    answer = browser.get("/people?search=private")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?back=/people")
    assert sign_in(browser, back="/people").headers["location"] == "/people"


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "/x\n//evil", "evil", "/?x"]
)
def test_nobody_is_led_elsewhere(browse, back):
    assert sign_in(browse(), back=back).headers["location"] == "/account"
    assert 'name="back" value="/"' in browse().get("/sign-in", params={"back": back}).text


def test_a_disabled_person_is_out_at_once(browse, people):
    join(people, "ben", "Ben Okoro", "author")
    browser = browse()
    sign_in(browser, "ben")
    disable(people, "ben", by=RUTH)
    assert browser.get("/account").status_code == 303


def test_an_idle_session_ends(browse, clock):
    browser = browse()
    sign_in(browser)
    clock.pass_by(IDLE)
    assert browser.get("/account").status_code == 303


def test_a_first_password_is_good_for_choosing_an_own_one_only(browse, people):
    add(people, "ben", "Ben Okoro", "author", password=SECRET, by=RUTH)
    browser = browse()
    asked = sign_in(browser, "ben", back="/account")
    assert asked.status_code == 200 and "Choose a password of your own" in asked.text
    assert "session" not in browser.cookies and browser.get("/account").status_code == 303
    sent = {"token": token(asked.text), "login": "ben", "password": SECRET}
    assert browser.post("/sign-in/first-password", data={**sent, "new": "short"}).status_code == 400
    assert browser.post("/sign-in/first-password", data={**sent, "new": "quite other words"}).status_code == 303
    assert browser.get("/account").status_code == 200
    assert sign_in(browse(), "ben").status_code == 400


def test_nothing_secret_is_logged(browse, caplog):
    caplog.set_level("DEBUG")
    browser = browse()
    for _ in range(6):
        sign_in(browser, "ada", "a wrong password")
    sign_in(browser)
    assert "failed sign-ins in a row" in caplog.text
    assert not [word for word in ("ada", "Ada", SECRET, "a wrong password") if word in caplog.text]
