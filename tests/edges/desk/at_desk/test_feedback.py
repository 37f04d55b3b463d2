"""What readers say: without an account, as text, bounded; unsafe on top of the queue and counted until settled."""

from __future__ import annotations

import re

import pytest

from rootline.desk import feedback
from tests.edges.desk.conftest import counts_addresses, send, token


def say(at, piece: str, kind: str, text: str = "", statement: str = ""):
    form = at("").post("/feedback", data={"piece": piece, "statement": statement})
    assert form.status_code == 200 and "No patient’s data here" in form.text
    fields = {"token": token(form.text), "piece": piece, "statement": statement, "kind": kind, "text": text}
    return at("").post("/feedback/give", data=fields)


def test_every_statement_of_an_answer_leads_to_the_form(at, site):
    html = at("").get(f"/questions/{site.pack.questions[0].id}").text
    named = re.findall(r'form="feedback" name="statement" value="([^"]+)"', html)
    assert named and set(named) <= set(site.pack.statements)


def test_unsafe_is_on_top_and_counted_until_settled(at, edition, site, piece):
    statement = next(iter(site.pack.statements))
    other = f"{site.pack.id}/{site.pack.questions[-1].id}/patient"
    send(at("author"), "/desk/submit", what=site.pack.id)
    assert say(at, piece, "unclear", "What is meant?").status_code == 200
    assert say(at, other, "unsafe", "<img src=x onerror=alert(1)>", statement).status_code == 200
    html = at("reviewer").get("/desk").text
    assert "1 call of “unsafe”" in html and "&lt;img src=x" in html and "<img" not in html
    items = html.split('<li class="part')[1:]
    assert "Unsafe" in items[0] and items[0].startswith(" gravest")
    number = re.search(r"/desk/feedback/(\d+)/settle", items[0])[1]
    assert send(at("author"), "/account", f"/desk/feedback/{number}/settle", how="x").status_code == 403
    assert send(at("reviewer"), "/desk", f"/desk/feedback/{number}/settle", how="Reworded.").status_code == 303
    assert "No reader calls anything unsafe" in at("reviewer").get("/desk").text
    again = send(at("second"), "/account", f"/desk/feedback/{number}/settle", how="Me too.")
    assert again.status_code == 409 and "Ben Okoro has settled it already" in again.text


@pytest.mark.parametrize("kind", ["", "grand", "other"])
def test_what_says_nothing_is_asked_again(at, piece, kind):
    assert say(at, piece, kind).status_code == 400


def test_too_much_is_refused_and_what_was_typed_stays(at, piece):
    answer = say(at, piece, "wrong", "x" * 2001)
    assert answer.status_code == 400 and "too long" in answer.text and "x" * 2001 in answer.text


@pytest.mark.parametrize(
    ("about", "statement"),
    [("nothing", ""), ("ankle-sprain/case-zz/patient", ""), ("../x", ""), ("ankle-sprain", "no-such")],
)
def test_only_what_is_shown_here_can_be_spoken_of(at, about, statement):
    assert at("").post("/feedback", data={"piece": about, "statement": statement}).status_code == 404


def test_a_name_that_nothing_here_has_is_not_kept(at, piece):
    form = token(at("").get("/sign-in").text)
    for about in ("ankle-sprain/case-0123456789ab/patient", piece.replace("clinician", "surgeon")):
        said = {"token": form, "piece": about, "kind": "unclear", "mark": "0" * 32}
        assert at("").post("/feedback/give", data=said).status_code == 404


def test_an_answer_that_nobody_published_can_be_spoken_of_by_who_was_shown_it(at):
    asked = {"question": "My ankle hurts since 3 weeks, and the brace rubs.", "audience": "patient"}
    html = at("").get(at("").post("/answer", data=asked).headers["location"]).text
    form = html.split('<form id="feedback"')[1].split("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert "/case-" in fields["piece"]
    asked = at("").post("/feedback", data=fields)
    fields |= {"token": token(asked.text), "kind": "unsafe", "text": "It hurt more."}
    assert at("").post("/feedback/give", data=fields).status_code == 200
    assert at("").post("/feedback/give", data={**fields, "seen": "0" * 64}).status_code == 404
    assert "It hurt more." in at("reviewer").get("/desk").text


def test_where_addresses_are_not_counted_many_readers_behind_one_proxy_are_heard(at, piece):
    assert at("").app.state.site.a_minute == 0, "as on the own machine"
    assert {say(at, piece, "unclear", str(number)).status_code for number in range(12)} == {200}


def test_one_address_can_say_only_so_much_a_minute_and_unsafe_still_gets_through(at, piece):
    counts_addresses(at("").app)
    answers = [say(at, piece, "unclear", str(number)) for number in range(12)]
    assert {one.status_code for one in answers[:10]} == {200} and answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["retry-after"]) <= 6 and ">11</textarea>" in answers[-1].text
    assert say(at, piece, "unsafe", "My foot is black.").status_code == 200


def test_no_flood_shuts_out_a_call_of_unsafe_and_the_reader_is_told_what_is_kept(at, piece, monkeypatch):
    monkeypatch.setattr(feedback, "MOST_OPEN", 1)
    assert [say(at, piece, "unclear", text).status_code for text in ("One.", "Two.")] == [200, 400]
    assert "no room" not in say(at, piece, "unsafe", "My foot is black.").text
    assert "no room for its words" in say(at, piece, "unsafe", "Mine too.").text
    assert "2 calls of “unsafe”" in at("reviewer").get("/desk").text


def test_all_of_one_kind_are_settled_together(at, piece):
    for text in ("One.", "Two."):
        say(at, piece, "unclear", text)
    html = at("reviewer").get("/desk").text
    assert "Settle all 2 of “unclear”" in html and "Settle all" not in at("author").get("/desk").text
    last = re.search(r'name="last" value="(\d+)"', html)[1]
    fields = {"piece": piece, "kind": "unclear", "last": last, "how": "Made plainer."}
    settle = "/desk/feedback/settle"
    assert send(at("author"), "/account", settle, **fields).status_code == 403
    assert send(at("chair"), "/desk", settle, **{**fields, "last": "9" * 5000}).status_code == 400
    assert send(at("chair"), "/desk", settle, **fields).status_code == 303
    assert "One." not in at("reviewer").get("/desk").text
    assert send(at("reviewer"), "/account", settle, **fields).status_code == 409
