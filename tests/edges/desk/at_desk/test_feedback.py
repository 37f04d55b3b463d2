"""What readers say: without an account, as text, bounded; unsafe on top of the queue and counted until settled."""

from __future__ import annotations

import re

import pytest

from rootline.desk import feedback
from tests.edges.desk.conftest import send, token


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


def test_a_flood_is_refused_even_under_names_without_end(at, monkeypatch):
    monkeypatch.setattr(feedback, "MOST_IN_ALL", 2)
    answers = [say(at, f"ankle-sprain/case-{number:012x}/patient", "unclear") for number in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 400]
    assert "more open feedback" in answers[-1].text
