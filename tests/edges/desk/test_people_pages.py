"""The administrator's page, and that nobody else sees or does anything there."""

from __future__ import annotations

import pytest

from rootline.desk.actor import ROLES
from rootline.desk.people.accounts import find, list_people
from rootline.desk.people.api_tokens import make_token, tokens_of, who_by_token
from rootline.desk.people.lockout import FREE
from tests.desk.people.conftest import SECRET, join
from tests.edges.desk.conftest import send, sign_in, token

STEPS = ("add", "change", "password", "disable", "enable", "unlock", "revoke")


@pytest.fixture
def ada(browse):
    browser = browse()
    sign_in(browser)
    return browser


def test_a_person_is_added_changed_disabled_and_enabled(ada, people):
    ben = {"login": "ben@hospital.example"}
    said = {**ben, "name": "Ben Okoro", "role": "author", "specialty": "neurology", "by": "password"}
    assert send(ada, "/people", "/people/add", **said, password=SECRET).status_code == 303
    assert "neurology" in ada.get("/people").text
    send(ada, "/people", "/people/change", **ben, role="reviewer", specialty="spine surgery")
    assert (find(people, ben["login"]).role, find(people, ben["login"]).specialty) == ("reviewer", "spine surgery")
    send(ada, "/people", "/people/disable", **ben)
    assert "<strong>disabled" in ada.get("/people").text
    send(ada, "/people", "/people/enable", **ben)
    assert not find(people, ben["login"]).is_disabled


def test_a_person_by_single_sign_on_needs_no_password(ada, people):
    said = {"login": "eve@hospital.example", "name": "Eve Hollis", "role": "reviewer", "by": "single sign-on"}
    assert send(ada, "/people", "/people/add", **said, password="").status_code == 303
    assert find(people, "eve@hospital.example").by_single_sign_on


def test_a_password_left_empty_by_mistake_is_told(ada, people):
    said = {"login": "eve", "name": "Eve Hollis", "role": "reviewer", "by": "password"}
    answer = send(ada, "/people", "/people/add", **said, password="")
    assert answer.status_code == 400 and "too short" in answer.text
    assert len(list_people(people)) == 1


def test_the_page_unlocks_who_waits(ada, browse, people):
    join(people, "ben", "Ben Okoro", "author")
    for _ in range(FREE):
        sign_in(browse(), "ben", "not the password")
    assert "waits after wrong passwords" in ada.get("/people").text
    send(ada, "/people", "/people/unlock", login="ben")
    assert sign_in(browse(), "ben").status_code == 303


def test_a_forgotten_password_is_given_anew(ada, browse, people):
    join(people, "ben", "Ben Okoro", "author")
    send(ada, "/people", "/people/password", login="ben", password="quite other plain words")
    assert "Choose a password of your own" in sign_in(browse(), "ben", "quite other plain words").text


def test_an_administrator_revokes_every_token_of_somebody(ada, browse, people):
    join(people, "ben", "Ben Okoro", "author")
    secrets = [make_token(people, "ben", label, ["read"], 30) for label in ("one", "two")]
    assert "Revoke all tokens" in ada.get("/people").text
    assert send(ada, "/people", "/people/revoke", login="ben").status_code == 303
    assert tokens_of(people, "ben") == [] and all(who_by_token(people, one) is None for one in secrets)


def test_a_name_that_cannot_be_read_as_what_it_is_is_told(ada, people):
    said = {"login": "ben", "role": "reviewer", "by": "single sign-on", "password": ""}
    for name in ("Ben <b>Okoro", "Ben\nOkoro", "\u0410da Lund"):
        answer = send(ada, "/people", "/people/add", **said, name=name)
        assert answer.status_code == 400 and "The name" in answer.text
    assert len(list_people(people)) == 1


def test_the_last_administrator_cannot_lock_everybody_out(ada, people):
    answer = send(ada, "/people", "/people/disable", login="ada")
    assert answer.status_code == 400 and "last administrator" in answer.text
    assert ada.get("/people").status_code == 200


def test_an_unknown_step_or_person_is_told(ada):
    assert send(ada, "/people", "/people/promote", login="ada").status_code == 404
    assert "No account has this login" in send(ada, "/people", "/people/unlock", login="nobody").text


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_route_is_the_administrators_alone(browse, people, role):
    join(people, "ben", "Ben Okoro", "author")
    browser = browse()
    if role:
        join(people, "me", "The person before it", role)
        sign_in(browser, "me")
    is_let = role == "administrator"
    assert browser.get("/people").status_code == (200 if is_let else 403 if role else 303)
    for step in STEPS:
        sent = {"token": token(browser.get("/sign-in").text), "login": "ben", "role": "reader"}
        answer = browser.post(f"/people/{step}", data=sent)
        expected = (303, 400) if is_let else (403,) if role else (401,)
        assert answer.status_code in expected, step
    assert find(people, "ben").role == ("reader" if is_let else "author")


def test_a_form_of_another_session_changes_nothing(ada, browse, people):
    join(people, "ben", "Ben Okoro", "author")
    foreign = token(browse().get("/sign-in").text)
    assert ada.post("/people/disable", data={"token": foreign, "login": "ben"}).status_code == 403
    assert not find(people, "ben").is_disabled
