"""The life of an answer over HTTP: submitted, sent back, approved, shown to everybody, retired."""

from __future__ import annotations

import re

from tests.edges.desk.at_desk.conftest import do, seen
from tests.edges.desk.conftest import send, token

NONE = {"declares": "none", "conflict": ""}


def public(at, piece: str) -> str:
    return at("").get(f"/questions/{piece.split('/')[1]}?audience=clinician").text


def test_an_answer_is_approved_and_everybody_reads_by_whom(at, edition, piece):
    assert "Submitted <span>(now)</span>" in public(at, piece)
    assert do(at("reviewer"), edition, "take").status_code == 303
    assert "Under Review <span>(now)</span>" in public(at, piece)
    page = at("reviewer").get(edition).text
    assert "The answer beside its sources" in page and "Ben Okoro (reviewer, neurology)" in page
    assert do(at("reviewer"), edition, "approve", **NONE).status_code == 303
    html = public(at, piece)
    assert "Approved by Ben Okoro (reviewer, neurology)." in html and "pending human review:" not in html
    address = html.partition('href="/reviewed/')[2].partition('"')[0]
    assert "Ben Okoro (reviewer, neurology)" in at("").get(f"/reviewed/{address}").text


def test_it_is_sent_back_with_a_reason_and_comes_again(at, edition):
    do(at("reviewer"), edition, "take")
    assert do(at("reviewer"), edition, "request-changes", why="").status_code == 403
    assert do(at("reviewer"), edition, "request-changes", why="The dose <script>").status_code == 303
    page = at("author").get(edition).text
    assert "changes requested" in page and "The dose &lt;script&gt;" in page
    assert do(at("author"), edition, "submit").status_code == 303
    assert "submitted" in at("author").get(edition).text


def test_nobody_approves_their_own(at, piece):
    send(at("reviewer"), "/desk/submit", what=piece)
    edition = "/desk/editions/1"
    do(at("reviewer"), edition, "take")
    assert "another reviewer approves it" in at("reviewer").get(edition).text
    refused = do(at("reviewer"), edition, "approve", **NONE)
    assert refused.status_code == 403 and "Nobody approves their own change" in refused.text


def test_interests_must_be_declared_and_one_with_a_conflict_does_not_count(at, edition):
    do(at("reviewer"), edition, "take")
    for unclear in ({}, {"declares": "none", "conflict": "shares"}, {"declares": "conflict", "conflict": " "}):
        assert do(at("reviewer"), edition, "approve", **unclear).status_code == 403
    assert do(at("reviewer"), edition, "approve", declares="conflict", conflict="paid by a maker").status_code == 303
    page = at("second").get(edition).text
    assert "paid by a maker" in page and "still to come: 1 more of 1 signatures" in page
    do(at("second"), edition, "approve", **NONE)
    assert "state approved" in at("second").get(edition).text


def test_of_two_at_once_one_wins_and_the_other_is_told(at, edition):
    do(at("reviewer"), edition, "take")
    both = {login: at(login).get(edition).text for login in ("reviewer", "second")}
    sent = {login: {"token": token(page), "seen": seen(page), **NONE} for login, page in both.items()}
    first = at("reviewer").post(f"{edition}/approve", data=sent["reviewer"])
    late = at("second").post(f"{edition}/approve", data=sent["second"])
    assert (first.status_code, late.status_code) == (303, 409)
    assert "Somebody was first" in late.text and "signed by Ben Okoro" in late.text and edition in late.text


def test_a_chair_retires_it_and_readers_are_told(at, edition, piece):
    do(at("reviewer"), edition, "take")
    do(at("reviewer"), edition, "approve", **NONE)
    assert do(at("chair"), edition, "retire", why="Withdrawn by its society").status_code == 303
    html = public(at, piece)
    assert "The approval of this was taken back." in html and "/reviewed/" in html and "pending human review:" in html


def test_a_comment_stands_at_its_statement_as_text(at, edition):
    statement = re.search(r'id="s-([^"]+)"', at("reviewer").get(edition).text)[1]
    said = do(at("reviewer"), edition, "comment", statement=statement, text="<b>Which</b> trial?")
    assert said.status_code == 303 and said.headers["location"].endswith(f"#s-{statement}")
    assert "&lt;b&gt;Which&lt;/b&gt; trial?" in at("author").get(edition).text


def test_what_is_not_there_is_told(at, edition):
    for path in ("/desk/editions/77", "/desk/editions/" + "9" * 30, "/reviewed/x", "/reviewed/" + "0" * 64):
        assert at("chair").get(path).status_code == 404
    assert do(at("reviewer"), edition, "comment", statement="nothing", text="x").status_code == 404
    assert do(at("reviewer"), edition, "take", seen="x").status_code == 400
    assert send(at("author"), "/desk/submit", what="no/such/thing").status_code == 404


def test_what_was_retired_is_not_said_to_have_been_followed_by_another(at, edition, piece):
    do(at("reviewer"), edition, "take")
    assert "never approved before" in at("reviewer").get(edition).text
    do(at("reviewer"), edition, "approve", **NONE)
    assert "never approved before" not in at("reviewer").get(edition).text
    address = public(at, piece).partition('href="/reviewed/')[2].partition('"')[0]
    do(at("chair"), edition, "retire", why="Withdrawn by its society")
    send(at("author"), "/desk/submit", what=piece)
    html = at("").get(f"/reviewed/{address}").text
    assert "It was taken out of use." in html and "Another version was approved after it." not in html
    queue = at("reviewer").get("/desk").text
    assert "retired, and put up again" in queue and "never approved before" not in queue


def test_a_chair_sets_aside_what_was_declared_by_mistake(at, edition, piece):
    ben, chair = at("reviewer"), at("chair")
    do(ben, edition, "take")
    do(ben, edition, "approve", declares="conflict", conflict="typed into the wrong box")
    page = chair.get(edition).text
    assert "Set aside the conflict that Ben Okoro declared" in page
    assert "Set aside the conflict" not in ben.get(edition).text and "You have signed this" in ben.get(edition).text
    number = re.search(r'name="signature" value="(\d+)"', page)[1]
    assert do(chair, edition, "set-aside", signature="x", why="Wrong box.").status_code == 400
    assert do(chair, edition, "set-aside", signature=number, why="Wrong box.").status_code == 303
    assert "Cit Moreau set the declaration aside on" in ben.get(edition).text
    assert do(ben, edition, "approve", **NONE).status_code == 303
    html = public(at, piece)
    assert "Approved by Ben Okoro (reviewer, neurology)." in html and "wrong box" not in html
