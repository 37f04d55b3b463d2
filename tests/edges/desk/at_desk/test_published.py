"""A published case as readers find it: one address for good, through a change of the pack and a new edition."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from rootline.edges.desk.join import join_people
from rootline.edges.web.app import create_app
from rootline.packs.load import load
from tests.desk.conftest import EXAMPLE
from tests.edges.desk.at_desk.conftest import do
from tests.edges.desk.at_desk.test_life import NONE
from tests.edges.desk.at_desk.test_rooms import case
from tests.edges.desk.conftest import send, sign_in

TITLE = "Ankle sprain, not bearing weight"
SAYS = ("advice/activity.yaml", "Start moving the ankle", "Begin to move the ankle")


def approve(at, edition: str, by: str = "reviewer") -> None:
    assert do(at(by), edition, "take").status_code == 303
    assert do(at(by), edition, "approve", **NONE).status_code == 303


@pytest.fixture
def published(at) -> str:
    """The address of the edition of a case that was published and approved."""
    done = send(at("author"), f"{case(at('author'))}/publish", title=TITLE, confirmed="yes")
    edition = done.headers["location"]
    assert at("").get("/questions").text.count("Reviewed answers to cases") == 0, "nobody has approved it yet"
    approve(at, edition)
    return edition


@pytest.fixture
def after(at, site, people, tmp_path, published):
    """The site with one word of its pack changed, for browsers in which somebody signs in."""
    folder = tmp_path / "changed" / "ankle-sprain"
    shutil.copytree(EXAMPLE, folder)
    file = folder / SAYS[0]
    file.write_text(file.read_text(encoding="utf-8").replace(*SAYS[1:]), encoding="utf-8")
    app = create_app(replace(site, pack=load(folder)))
    join_people(app, people)

    def browser_of(login: str) -> TestClient:
        browser = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        assert not login or (at(login) and sign_in(browser, login).status_code == 303)
        return browser

    return browser_of


def address(html: str) -> str:
    """Where the list leads."""
    return re.search(r'href="(/questions/case-[^"]+)"', html)[1]


def test_readers_find_it_in_the_list_and_by_its_words(at, published):
    found = address(at("").get("/questions").text)
    assert f'href="{found}"' in at("author").get(published).text, "the editors see where it is"
    assert re.fullmatch(r"/questions/case-[0-9a-f]{12}\?audience=clinician", found)
    assert address(at("").post("/search", data={"words": "bearing weight sprain"}).text) == found
    html = at("").get(found).text
    assert f"<h1>{TITLE}</h1>" in html and "Approved by Ben Okoro (reviewer, neurology)." in html
    assert "For this case" in html and "fell off" not in html and "Approved before" not in html
    assert at("").get(found.replace("clinician", "patient")).text.count(f"<h1>{TITLE}</h1>") == 1, "the one there is"
    assert at("").get("/questions/case-000000000000").status_code == 404


@pytest.mark.parametrize(
    ("story", "title"),
    [
        ("I twisted my ankle on the stairs and it hurts a lot", "Ankle pain after an injury"),  # no facts at all
        ("my ankle is swollen at the outer side since Monday", "Swelling at the outer ankle"),  # the title says them
    ],
)
def test_a_case_whose_title_says_all_its_facts_is_found_as_it_was_approved(at, story, title):
    shown = at("author").post("/answer", data={"question": story, "audience": "clinician"})
    done = send(at("author"), f"{shown.headers['location']}/publish", title=title, confirmed="yes")
    approve(at, done.headers["location"])
    html = at("").get(address(at("").get("/questions").text)).text
    assert f"<h1>{title}</h1>" in html and "Approved by Ben Okoro" in html
    piece = re.search(r'name="piece" value="([^"]+)"', html)[1]
    assert f'href="/desk/life/{piece}"' in at("author").get(done.headers["location"]).text
    told = at("").post("/api/ask", json={"question": title, "audience": "clinician"}).json()
    assert told["review"]["state"] == "approved", "asked in the same words, it is the same answer"


def test_a_new_edition_takes_the_place_of_the_former_under_the_same_address(at, published, after):
    found = address(after("").get("/questions").text)
    stale = after("").get(found).text
    assert "This was approved, and is not approved as it stands now." in stale and "pending human review:" in stale
    former = re.search(r'href="(/reviewed/[0-9a-f]{64})"', stale)[1]
    piece = re.search(r'name="what" value="([^"]+/case-[^"]+)"', after("author").get("/desk/submit").text)[1]
    assert ": submitted, edition 2" in send(after("author"), "/desk/submit", what=piece).text
    approve(after, "/desk/editions/2")
    assert address(after("").get("/questions").text) == found
    html = after("").get(found).text
    assert "Approved by Ben Okoro" in html and "not approved as it stands now" not in html
    assert "Approved before (1)" in html and f'<a href="{former}">Edition 1</a>' in html
    kept = after("").get(former).text
    assert "This version is retired" in kept and "Another version was approved after it." in kept
    later = re.search(r'href="(/reviewed/[0-9a-f]{64})">The version approved after it', kept)[1]
    assert later != former and later in html
    assert f'<a href="{found.replace("&", "&amp;")}">The answer as it is now</a>' in kept


def test_taken_out_of_use_it_stands_in_no_list_and_its_address_leads_to_what_it_was(at, published):
    found = address(at("").get("/questions").text)
    assert do(at("chair"), published, "retire", why="Withdrawn").status_code == 303
    assert "case-" not in at("").get("/questions").text
    assert "case-" not in at("").post("/search", data={"words": "bearing weight"}).text
    gone = at("").get(found)
    assert gone.status_code == 303 and gone.headers["location"].startswith("/reviewed/")
    html = at("").get(gone.headers["location"]).text
    assert "This version is retired" in html and "Educational, pending human review." in html


def test_a_canonical_question_shows_its_former_versions_in_the_same_way(at, edition, after):
    approve(at, edition, "second")
    send(after("author"), "/desk/submit", what="ankle-sprain/first-steps/clinician")
    approve(after, "/desk/editions/3", "second")
    html = after("").get("/questions/first-steps?audience=clinician").text
    assert "Approved by Dora Lind" in html and "Approved before (1)" in html


def test_of_a_withdrawn_case_it_is_not_said_that_it_is_shown(at, published, people):
    with people.reading() as session:
        sha256 = session.connection().exec_driver_sql("SELECT sha256 FROM edition").scalar()
    assert "Start moving the ankle" in at("").get(f"/reviewed/{sha256}").text
    assert do(at("chair"), published, "withdraw", why="A mistake.").status_code == 303
    html = at("").get(f"/reviewed/{sha256}").text
    assert "the text of this case was withdrawn" in html and "retired" in html
    assert "as it stands here" not in html and "to be read and compared" not in html
