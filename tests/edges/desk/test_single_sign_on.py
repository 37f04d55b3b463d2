"""Signing on by way of a provider that really runs: who is let in, and every lie that is not believed."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest
from starlette.testclient import TestClient

from rootline.desk.acts import approve
from rootline.desk.audit import entries, to_lines
from rootline.desk.check_audit import check_audit
from rootline.desk.people.accounts import add, change, disable, find, list_people
from rootline.desk.policy import Asked, set_policy
from rootline.desk.present import Present
from rootline.desk.signatures import every_signature
from rootline.edges.desk.join import join_people
from rootline.edges.web.app import create_app
from rootline.errors import InputError
from rootline.packs.load import load
from tests.desk.conftest import EXAMPLE
from tests.desk.people.conftest import RUTH, Clock, join
from tests.desk.three_people import CIT, clinicians, put
from tests.edges.desk.conftest import sign_in
from tests.oidc_provider import (
    CLIENT,
    SECRET,
    Provider,
    bringing_its_own_key,
    providing,
    signed_by_another_key,
    signed_by_public_key,
    unsigned,
)

MAIL = "jane.smith@hospital.example"


@pytest.fixture
def clock() -> Clock:
    """The provider's own time."""
    return Clock(int(time.time()))


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with providing() as one:
        yield one


@pytest.fixture
def provider(running, monkeypatch) -> Provider:
    """An honest provider that the site trusts, with groups that have roles."""
    running.person = {"email": MAIL, "email_verified": True, "name": "Jane Smith", "groups": ["all", "desk-review"]}
    running.lie, running.sign = lambda claims: None, None
    for name, value in {
        "OIDC_ISSUER": running.issuer, "OIDC_CLIENT": CLIENT, "OIDC_SECRET": SECRET, "ADDRESS": "http://127.0.0.1",
        "OIDC_DOMAINS": "hospital.example", "OIDC_ROLES": "groups:desk-chairs=chair,desk-review=reviewer",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"ROOTLINE_{name}", value)
    return running


def leave(browser: TestClient) -> str:
    """Off to the provider, and where it sends the browser back to."""
    address = browser.get("/sign-in/provider").headers["location"]
    return httpx.get(address).headers["location"].removeprefix("http://127.0.0.1")


def sign_on(browser: TestClient):
    return browser.get(leave(browser))


def is_in(browser: TestClient) -> bool:
    return browser.get("/account").status_code == 200


def test_a_person_whose_group_has_a_role_is_let_in(browse, provider, people):
    browser = browse()
    assert "/sign-in/provider" in browser.get("/sign-in").text
    assert sign_on(browser).headers["location"] == "/account"
    person = find(people, MAIL)
    assert (person.name, person.role, person.by_single_sign_on) == ("Jane Smith", "reviewer", True)
    page = browser.get("/account").text
    assert "Jane Smith" in page and 'action="/account/password"' not in page


def test_the_role_follows_the_groups(browse, provider, people):
    sign_on(browse())
    provider.person["groups"] = "desk-chairs"
    sign_on(browse())
    assert find(people, MAIL).role == "chair"
    provider.person["groups"] = ["all"]
    assert "No account here" in sign_on(browse()).text


def test_what_single_sign_on_does_to_an_account_stands_in_the_record(browse, provider, people, desk):
    sign_on(browse())
    provider.person["groups"] = "desk-chairs"
    sign_on(browse())
    sign_on(browse())
    with desk.reading() as session:
        told = [(one.who, one.act) for one in entries(session)]
        lines = "".join(to_lines(session))
        assert check_audit(session).findings == ()
    assert told[1:] == [("Jane Smith", "add person"), ("Jane Smith", "change by single sign-on")]
    assert MAIL not in lines and "hospital.example" not in lines


def test_a_signature_falls_with_the_groups_that_gave_the_right_to_sign(browse, provider, people, desk, monkeypatch):
    present = Present(load(EXAMPLE))
    set_policy(desk, CIT, "ankle-sprain", Asked(2))
    edition = put(desk, present, clinicians(present))
    sign_on(browse())
    edition = approve(desk, find(people, MAIL).actor, edition.id, edition.version, "")
    monkeypatch.setenv("ROOTLINE_OIDC_ROLES", "groups:desk-review=reader")
    sign_on(browse())
    assert find(people, MAIL).role == "reader"
    assert approve(desk, CIT, edition.id, edition.version, "").state == "under_review"
    with desk.reading() as session:
        assert every_signature(session, edition.id)[0].fallen.startswith("the signer is reader since ")
        assert check_audit(session).findings == ()


@pytest.mark.parametrize("name", ["", MAIL])
def test_nobody_is_called_by_their_address(browse, provider, people, name):
    provider.person["name"] = name
    assert sign_on(browse()).status_code == 400
    assert [one.login for one in list_people(people)] == ["ada"]


def test_without_groups_only_who_was_added_is_let_in(browse, provider, people, monkeypatch):
    monkeypatch.delenv("ROOTLINE_OIDC_ROLES")
    assert sign_on(browse()).status_code == 400
    add(people, MAIL.upper(), "Dr Jane Smith", "chair", "neurology", password=None, by=RUTH)
    browser = browse()
    assert sign_on(browser).status_code == 303
    assert (find(people, MAIL).name, find(people, MAIL).role) == ("Dr Jane Smith", "chair")


def test_the_person_is_known_by_the_providers_id_not_by_the_address(browse, provider, people):
    sign_on(browse())
    provider.person["email"] = "jane.jones@hospital.example"
    assert sign_on(browse()).status_code == 303
    assert [one.login for one in list_people(people)] == ["ada", MAIL]
    provider.person.update(email=MAIL, sub="somebody-else")
    assert sign_on(browse()).status_code == 400


def test_an_account_with_a_password_is_not_opened(browse, provider, people):
    join(people, MAIL, "Jane Smith", "administrator")
    browser = browse()
    assert sign_on(browser).status_code == 400 and not is_in(browser)


def test_nobody_can_take_another_persons_name(browse, provider, people):
    provider.person["name"] = "ADA  lund"
    assert sign_on(browse()).status_code == 400
    assert len(list_people(people)) == 1


def test_a_disabled_account_stays_shut(browse, provider, people):
    sign_on(browse())
    disable(people, MAIL, by=RUTH)
    assert sign_on(browse()).status_code == 400


def test_an_account_by_single_sign_on_has_no_password(browse, provider, people):
    sign_on(browse())
    for password in ("", "nobody signs in with this"):
        assert sign_in(browse(), MAIL, password).status_code == 400


def test_a_state_is_taken_once(browse, provider):
    browser = browse()
    back = leave(browser)
    kept = browser.cookies["sign-on"]
    assert browser.get(back).status_code == 303
    browser.cookies.set("sign-on", kept, domain="127.0.0.1")
    replayed = browser.get(back)
    assert replayed.status_code == 400 and "is over" in replayed.text


def test_an_answer_begun_in_another_browser_is_not_taken(browse, provider):
    victim = browse()
    victim.get("/sign-in/provider")
    assert victim.get(leave(browse())).status_code == 400
    assert not is_in(victim)


def test_an_answer_that_comes_too_late_is_not_taken(browse, provider, clock):
    browser = browse()
    back = leave(browser)
    clock.pass_by(601)
    assert browser.get(back).status_code == 400


@pytest.mark.parametrize("query", ["", "?error=access_denied", "?state=x&code=y", "?state=%00&code=%00"])
def test_an_answer_that_was_never_asked_for_is_not_taken(browse, provider, query):
    assert browse().get(f"/sign-in/callback{query}").status_code == 400


def test_a_code_of_another_sign_on_is_not_taken(browse, provider):
    """PKCE: the code belongs to whoever asked for it."""
    mine, other = browse(), browse()
    stolen = leave(other).partition("code=")[2].partition("&")[0]
    own = leave(mine)
    code = own.partition("code=")[2].partition("&")[0]
    assert mine.get(own.replace(code, stolen)).status_code == 400
    assert not is_in(mine)


LIES = {
    "another audience": lambda claims: claims.update(aud="another-program"),
    "a second audience": lambda claims: claims.update(aud=[CLIENT, "another-program"], azp=CLIENT),
    "another party": lambda claims: claims.update(azp="another-program"),
    "another issuer": lambda claims: claims.update(iss="https://elsewhere.example"),
    "expired": lambda claims: claims.update(exp=claims["iat"] - 60),
    "no end": lambda claims: claims.pop("exp"),
    "issued long ago": lambda claims: claims.update(iat=claims["iat"] - 3600),
    "issued in the future": lambda claims: claims.update(iat=claims["iat"] + 3600),
    "another nonce": lambda claims: claims.update(nonce="another"),
    "no nonce": lambda claims: claims.pop("nonce"),
    "no subject": lambda claims: claims.pop("sub"),
    "an access token of another": lambda claims: claims.update(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "an e-mail not verified": lambda claims: claims.update(email_verified=False),
    "an e-mail verified in words": lambda claims: claims.update(email_verified="true"),
    "no word on the e-mail": lambda claims: claims.pop("email_verified"),
    "no e-mail": lambda claims: claims.pop("email"),
    "an e-mail elsewhere": lambda claims: claims.update(email="jane@hospital.example.evil.example"),
    "two addresses in one": lambda claims: claims.update(email="jane@evil.example@hospital.example"),
    "a name on two lines": lambda claims: claims.update(name="Jane\x00Smith"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_for_us_now_and_for_this_browser_is_not_believed(browse, provider, people, lie):
    provider.lie = LIES[lie]
    browser = browse()
    answer = sign_on(browser)
    assert answer.status_code == 400 and "alert" in answer.text
    assert not is_in(browser)
    assert len(list_people(people)) == 1


@pytest.mark.parametrize("sign", [unsigned, signed_by_public_key, signed_by_another_key, bringing_its_own_key])
def test_a_token_that_the_provider_did_not_sign_is_not_believed(browse, provider, people, sign):
    provider.sign = sign
    browser = browse()
    assert sign_on(browser).status_code == 400
    assert not is_in(browser)


def test_a_provider_that_is_not_there_or_calls_itself_otherwise_is_told(browse, provider, monkeypatch):
    monkeypatch.setenv("ROOTLINE_OIDC_ISSUER", "http://127.0.0.1:9")
    answer = browse().get("/sign-in/provider")
    assert answer.status_code == 400 and "could not be asked" in answer.text
    monkeypatch.setenv("ROOTLINE_OIDC_ISSUER", provider.issuer + "/")
    assert "by another name" in browse().get("/sign-in/provider").text


def test_half_a_setting_is_refused(browse, provider, monkeypatch):
    browser = browse()
    monkeypatch.delenv("ROOTLINE_OIDC_DOMAINS")
    assert browser.get("/sign-in/provider").status_code == 400
    for name in ("ISSUER", "CLIENT", "SECRET", "ROLES"):
        monkeypatch.delenv(f"ROOTLINE_OIDC_{name}")
    assert browse().get("/sign-in/provider").status_code == 404
    assert "/sign-in/provider" not in browse().get("/sign-in").text


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("OIDC_CLIENT", "", "half set up"),
        ("OIDC_SECRET", "", "half set up"),
        ("OIDC_DOMAINS", "", "half set up"),
        ("OIDC_ISSUER", "", "half set up"),
        ("ADDRESS", "", "half set up"),
        ("OIDC_ISSUER", "http://idp.example", "not encrypted"),
        ("OIDC_ISSUER", "idp.example", "not encrypted"),
        ("OIDC_ROLES", "groups:x=boss", "gives no role"),
        ("OIDC_ROLES", "groups:reviewer", "gives no role"),
    ],
)
def test_with_half_or_wrong_settings_nothing_is_served(site, people, provider, monkeypatch, name, value, told):
    monkeypatch.setenv(f"ROOTLINE_{name}", value)
    with pytest.raises(InputError, match=told):
        join_people(create_app(site), people)


def test_what_the_provider_sent_is_not_logged(browse, provider, caplog):
    caplog.set_level("DEBUG", "rootline")
    sign_on(browse())
    provider.sign = unsigned
    sign_on(browse())
    assert MAIL not in caplog.text and SECRET not in caplog.text


def test_a_role_given_here_does_not_outlive_the_groups(browse, provider, people):
    sign_on(browse())
    change(people, MAIL, role="chair", by=RUTH)
    sign_on(browse())
    assert find(people, MAIL).role == "reviewer"


def test_the_last_administrator_is_not_lost_through_the_groups(browse, provider, people, desk):
    add(people, MAIL, "Dr Jane Smith", "administrator", password=None, by=RUTH)
    change(people, "ada", role="chair", by=RUTH)
    refused = sign_on(browse())
    assert refused.status_code == 400 and "his is the last administrator" in refused.text
    assert find(people, MAIL).role == "administrator"
    with pytest.raises(InputError, match="last administrator"):
        disable(people, MAIL, by=RUTH)
    change(people, "ada", role="administrator", by=RUTH)
    assert sign_on(browse()).status_code == 303
    assert find(people, MAIL).role == "reviewer"
    with desk.reading() as session:
        assert check_audit(session).findings == ()
