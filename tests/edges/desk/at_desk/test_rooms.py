"""The other rooms of the desk: cases, approving together, requirements, the record and reports."""

from __future__ import annotations

import io
import json
import shutil
import time
import zipfile
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from rootline.desk.actor import Actor
from rootline.desk.feedback import give_feedback
from rootline.desk.opening import Desk
from rootline.desk.seal import is_signed, make_seal, public_key
from rootline.edges.desk.join import join_people
from rootline.edges.desk.opened_desk import OTHER_VERSION
from rootline.edges.web.app import create_app
from rootline.packs.load import load
from tests.desk.conftest import EXAMPLE
from tests.edges.desk.at_desk.conftest import PEOPLE, do, edition_in
from tests.edges.desk.at_desk.test_life import NONE
from tests.edges.desk.conftest import send, sign_in, token

TOLD = "my ankle hurts since I fell off the ladder at work and cannot take 4 steps"


def case(browser: TestClient) -> str:
    """The address of an open case, as its page has it."""
    shown = browser.post("/answer", data={"question": TOLD, "audience": "clinician"})
    return shown.headers["location"]


def test_a_case_is_published_without_the_patients_words(at):
    author = at("author")
    page = f"{case(author)}/publish"
    for title in (TOLD, "Says: since I fell off the ladder yesterday", ""):
        refused = send(author, page, title=title, confirmed="yes")
        assert refused.status_code == 403 and "own words" in refused.text
    unread = send(author, page, title="Ankle sprain, not bearing weight")
    assert unread.status_code == 403 and "nobody has confirmed" in unread.text.casefold()
    done = send(author, page, title="Ankle sprain, not bearing weight", confirmed="yes")
    assert done.status_code == 303
    html = author.get(done.headers["location"]).text
    assert "Ankle sprain, not bearing weight" in html and "ladder" not in html
    assert do(at("reviewer"), done.headers["location"], "take").status_code == 303
    assert "Withdraw the text" not in html
    assert do(at("chair"), done.headers["location"], "withdraw", why="A mistake.").status_code == 303
    html = author.get(done.headers["location"]).text
    assert "not bearing weight" not in html and "The text of this case was withdrawn." in html
    assert "The record holds: " in author.get("/desk/record").text


def test_the_answer_page_leads_there(at):
    author = at("author")
    html = author.get(case(author)).text
    assert 'formaction="/take/publish"' in html
    carried = html.partition('name="case" value="')[2].partition('"')[0].replace("&#34;", '"')
    assert author.post("/take/publish", data={"case": carried}).headers["location"].endswith("/publish")


def test_an_administrator_withdraws_a_name_from_a_comment_and_from_what_a_reader_said(at, edition, piece, people):
    do(at("reviewer"), edition, "comment", text="Zebedee Quagmire fared badly.")
    give_feedback(Desk(people.engine), piece, "", "", "unsafe", "Zebedee Quagmire cannot walk.")
    assert "Withdraw this text" not in at("reviewer").get(edition).text
    html = at("administrator").get(edition).text
    for address in ("/desk/comments/1/withdraw", "/desk/feedback/1/withdraw"):
        assert f'action="{address}"' in html
        assert send(at("administrator"), edition, address, why=" ").status_code == 403
        assert send(at("administrator"), edition, address, why="It names a patient.").status_code == 303
    html = at("reviewer").get(edition).text
    assert "Quagmire" not in html and html.count("withdrawn by Odo Marsh on ") == 2
    assert send(at("administrator"), edition, "/desk/comments/99/withdraw", why="x").status_code == 404
    assert "The record holds" in at("administrator").get("/desk/record").text


@pytest.fixture
def reworded(at, edition, people, site, tmp_path):
    """The site after its answer was approved, one sentence of its pack changed, and the answer submitted again."""
    return changed(at, edition, people, site, tmp_path, "advice/activity.yaml", "Start moving the", "Begin to move the")


@pytest.fixture
def recommented(at, edition, people, site, tmp_path):
    """The same with a comment of its pack changed: nobody is told anything otherwise."""
    return changed(at, edition, people, site, tmp_path, "glossary.yaml", "# FICTIONAL", "# FICTIONAL:")


def changed(at, edition, people, site, tmp_path, name, old, new):
    do(at("reviewer"), edition, "take")
    do(at("reviewer"), edition, "approve", **NONE)
    folder = tmp_path / "changed" / "ankle-sprain"
    shutil.copytree(EXAMPLE, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    app = create_app(replace(site, pack=load(folder)))
    join_people(app, people)

    def browser_of(login: str) -> TestClient:
        browser = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        assert not login or sign_in(browser, login).status_code == 303
        return browser

    assert at("second") and at("chair")  # they join
    author = browser_of("author")
    send(author, "/desk/submit", what="ankle-sprain/first-steps/clinician")
    send(author, "/desk/submit", what="ankle-sprain/first-steps/patient")
    return browser_of


def test_a_changed_sentence_is_not_approved_together_and_its_page_says_what_is_not_proved(reworded):
    second = reworded("second")
    do(reworded("reviewer"), "/desk/editions/2", "take")
    page = second.get("/desk/together").text
    assert 'name="edition.2"' not in page and "something in it reads otherwise" in page
    html = second.get("/desk/editions/2").text
    forced = second.post("/desk/together", data={"token": token(html), "edition.2": "3", **NONE})
    assert "Edition 2: something in it reads otherwise" in forced.text
    assert "changes actions" in html and "no proof speaks of words" in html
    assert "proved unchanged for every possible patient: to whom they are said, not what is said" in html


def test_what_a_reader_calls_unsafe_is_refused_at_the_act(recommented, people):
    second = recommented("second")
    do(recommented("reviewer"), "/desk/editions/2", "take")
    sign = {"token": token(second.get("/desk/together").text), "edition.2": "3", **NONE}
    give_feedback(Desk(people.engine), "ankle-sprain/first-steps/clinician", "", "", "unsafe", "It hurt.")
    assert "a reader calls it unsafe" in second.post("/desk/together", data=sign).text
    assert ">under review<" in second.get("/desk/editions/2").text


def test_only_what_is_proved_calm_is_approved_together(recommented):
    ben, second = recommented("reviewer"), recommented("second")
    html = ben.get("/desk/together").text
    assert "nobody has taken it up yet" in html and "no approved version stands beside it" in html
    assert do(ben, "/desk/editions/2", "take").status_code == 303
    assert do(ben, "/desk/editions/3", "take").status_code == 303
    page = second.get("/desk/together").text
    assert 'name="edition.2"' in page and 'name="edition.3"' not in page
    assert send(second, "/desk/together", **{"edition.2": "3"}).status_code == 403, "interests must be declared"
    done = send(second, "/desk/together", **{"edition.2": "3", "edition.3": "3"}, **NONE)
    assert "Edition 2: signed, approved" in done.text
    assert "Edition 3: no approved version stands beside it" in done.text


def test_nothing_is_signed_of_another_version_than_the_one_on_this_machine(recommented, tmp_path):
    second = recommented("second")
    do(recommented("reviewer"), "/desk/editions/2", "take")
    sign = {"token": token(second.get("/desk/together").text), "edition.2": "3", **NONE}
    (tmp_path / "changed/ankle-sprain/advice/more.yaml").write_text("# installed meanwhile\n")
    time.sleep(1.1)  # the files are looked at once in a second
    page = second.get("/desk/together").text
    assert 'name="edition.2"' not in page and OTHER_VERSION in page
    assert f"Edition 2: {OTHER_VERSION}" in second.post("/desk/together", data=sign).text
    html = second.get("/desk/editions/2").text
    assert ">Approve<" not in html and "another version of the pack than the one on this machine" in html
    refused = do(second, "/desk/editions/2", "approve", **NONE)
    assert refused.status_code == 403 and OTHER_VERSION[1:] in refused.text
    assert ">under review<" in second.get("/desk/editions/2").text
    assert do(second, "/desk/editions/2", "retire", why="Of a former version.").status_code == 303


def test_a_stale_answer_shows_the_approved_one_and_the_proved_difference(reworded):
    html = reworded("").get("/questions/first-steps?audience=clinician").text
    assert "This was approved, and is not approved as it stands now." in html and "pending human review:" in html
    address = html.partition('href="/reviewed/')[2].partition('"')[0]
    kept = reworded("").get(f"/reviewed/{address}").text
    assert "Start moving the ankle" in kept and "This version is stale" in kept and "reads otherwise now" in kept
    assert "<del>" in kept and "<ins>" in kept and "Begin to move the ankle" in kept and "should say" not in kept
    differs = reworded("reviewer").get("/desk/editions/2").text
    assert "What differs from edition 1" in differs and "proved unchanged for every possible patient" in differs
    assert "<ins>" in differs and "(differs)" in differs
    assert 'href="/desk/editions/1">edition 1</a> (stale)' in differs, "not as it was stored"


@pytest.fixture
def unproving(monkeypatch):
    """Every comparison of two versions of a pack fails."""

    def out_of_memory(*_):
        raise MemoryError("z3 at 0x7f00")

    monkeypatch.setattr("rootline.desk.compare.touched", out_of_memory)


def test_what_could_not_be_proved_says_so_and_is_not_approved_together(unproving, reworded):
    why = "What it changes could not be proved: the program failed while it compared the two"
    ben = reworded("reviewer")
    assert why in ben.get("/desk").text
    html = ben.get("/desk/editions/2").text
    assert html.count(why) == 2 and "Both come from the same version" not in html and "0x7f00" not in html
    do(ben, "/desk/editions/2", "take")
    html = reworded("second").get("/desk/together").text
    assert why in html and 'name="edition.2"' not in html
    done = send(ben, "/desk/submit", "/desk/together", **{"edition.2": "3"}, **NONE)
    assert f"Edition 2: {why}" in done.text


def test_a_chair_sets_what_a_review_asks_for(at):
    chair = at("chair")
    wanted = {"reviewers": "2", "specialty": "neurology", "months": "6"}
    assert send(chair, "/desk/requirements", **wanted).status_code == 303
    assert "No reviewer or chair with an account is of neurology" in chair.get("/desk/requirements").text
    assert at("reviewer"), "of neurology, joins"
    html = at("author").get("/desk/requirements").text
    assert "2 signatures, one of neurology; approved for 6 months" in html and "No reviewer or chair" not in html
    for wrong in ({"reviewers": "9"}, {"reviewers": "0"}, {"months": "61"}):
        assert send(chair, "/desk/requirements", **{**wanted, **wrong}).status_code == 403
    assert send(chair, "/desk/requirements", **{**wanted, "months": "x"}).status_code == 400


def test_the_record_is_shown_checked_and_handed_out(at, edition, people):
    html = at("author").get("/desk/record").text
    assert "The record holds: " in html
    assert "<td>the operator of this machine (administrator)</td><td>add person</td><td>Ann Kirke</td>" in html
    lines = [json.loads(line) for line in at("author").get("/desk/record/lines").text.splitlines()]
    assert [one["act"] for one in lines][-2:] == ["draft", "submit"]
    with people.writing() as session:
        session.connection().exec_driver_sql("UPDATE edition SET state = 'approved' WHERE id = 1")
    assert "The record does not hold" in at("author").get("/desk/record").text


def test_the_life_of_an_answer_is_handed_out_signed(at, edition, desk, piece, tmp_path, monkeypatch):
    assert at("author").get(f"/desk/life/{piece}").status_code == 400, "this desk has no key yet"
    monkeypatch.setenv("ROOTLINE_DESK_KEY", str(tmp_path / "desk.key"))
    make_seal(desk, tmp_path / "desk.key", Actor(*PEOPLE["administrator"]))
    told = zipfile.ZipFile(io.BytesIO(at("author").get(f"/desk/life/{piece}").content))
    page, signature = told.read("life.html"), told.read("life.html.sig").decode()
    assert b"Ann Kirke" in page and is_signed(page, signature, public_key(desk))
    assert not is_signed(page + b" ", signature, public_key(desk))
    assert edition_in(at("author").get("/desk").text) == edition
