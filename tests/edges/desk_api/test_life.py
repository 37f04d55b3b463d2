"""The life of an answer by programs alone: submitted, sent back, approved, stale, retired; on both databases."""

from __future__ import annotations

import shutil
from dataclasses import replace

from starlette.testclient import TestClient

from rootline.desk.content import _canonical, hash_of
from rootline.edges.desk.join import join_people
from rootline.edges.web.app import create_app
from rootline.packs.load import load
from tests.desk.conftest import EXAMPLE
from tests.edges.desk_api.conftest import NONE, V1, act, approve, submitted, take


def state(program, piece: str) -> dict:
    return program("").get(f"{V1}/pieces/{piece}").json()["review"]


def test_an_answer_is_approved_and_everybody_reads_by_whom(program, edition, piece):
    assert (edition["state"], edition["author"], edition["touches"]) == ("submitted", "Ann Kirke", ["new"])
    assert state(program, piece)["state"] == "submitted"
    taken = take(program("reviewer"), edition).json()
    assert taken["state"] == "under_review" and taken["version"] > edition["version"]
    whole = program("reviewer").get(f"{V1}/editions/{edition['id']}").json()
    assert whole["missing"] == "1 more of 1 signatures" and whole["answer"]["sources"]
    done = approve(program("reviewer"), taken)
    assert done.json()["state"] == "approved" and done.json()["review_by"]
    shown = program("").get(f"{V1}/pieces/{piece}").json()
    assert shown["review"]["state"] == "approved" and shown["review"]["sha256"] == shown["sha256"] == edition["sha256"]
    (signature,) = shown["signatures"]
    assert (signature["name"], signature["role"], signature["specialty"]) == ("Ben Okoro", "reviewer", "neurology")
    question = piece.split("/")[1]
    answer = program("").get(f"/api/v1/questions/{question}/answer").json()
    assert answer["disclaimer"]  # the answer of the other calls is about the same piece
    approved = program("").get(f"{V1}/pieces?state=approved").json()
    assert [one["id"] for one in approved["items"]] == [piece]


def test_what_is_told_is_what_a_signature_stands_under(program, edition):
    whole = program("reviewer").get(f"{V1}/editions/{edition['id']}").json()
    assert hash_of(_canonical({"answer": whole["answer"], "standings": whole["standings"]})) == edition["sha256"]
    assert whole["answer"]["review"]["state"] == whole["state"] == "submitted"


def test_it_is_sent_back_with_a_reason_and_comes_again(program, edition):
    taken = take(program("reviewer"), edition).json()
    assert act(program("reviewer"), taken, "request-changes", why=" ").status_code == 403
    back = act(program("reviewer"), taken, "request-changes", why="The dose <script>").json()
    assert back["state"] == "changes_requested"
    said = program("author").get(f"{V1}/editions/{edition['id']}").json()["comments"]
    assert [(one["text"], one["name"], one["role"]) for one in said] == [("The dose <script>", "Ben Okoro", "reviewer")]
    assert act(program("author"), back, "submit").json()["state"] == "submitted"


def test_nobody_approves_their_own(program, piece):
    own = submitted(program("reviewer"), piece)
    refused = approve(program("reviewer"), take(program("reviewer"), own).json())
    assert refused.status_code == 403 and refused.json()["detail"] == "Nobody approves their own change."


def test_interests_must_be_declared_and_one_with_a_conflict_does_not_count(program, edition):
    taken = take(program("reviewer"), edition).json()
    assert act(program("reviewer"), taken, "approve").status_code == 422
    for unclear in ({"declares": "none", "conflict": "shares"}, {"declares": "conflict", "conflict": " "}):
        assert act(program("reviewer"), taken, "approve", **unclear).status_code == 403
    signed = act(program("reviewer"), taken, "approve", declares="conflict", conflict="paid by a maker").json()
    assert signed["state"] == "under_review"
    whole = program("second").get(f"{V1}/editions/{edition['id']}").json()
    assert [(one["conflict"], one["counts"]) for one in whole["signatures"]] == [("paid by a maker", False)]
    assert whole["missing"] and approve(program("second"), signed).json()["state"] == "approved"


def test_of_two_at_once_one_wins_and_the_other_is_told(program, edition):
    taken = take(program("reviewer"), edition).json()
    assert approve(program("reviewer"), taken).status_code == 200
    late = approve(program("second"), taken)
    assert late.status_code == 409 and late.headers["content-type"] == "application/problem+json"
    assert late.json()["detail"] == "Somebody acted first: it is approved now, signed by Ben Okoro."
    assert "Look at it again" in late.json()["mend"]


def test_an_act_on_another_content_than_was_read_is_refused(program, edition):
    other = {**edition, "sha256": "0" * 64}
    for what, more in (
        ("take", {}),
        ("submit", {}),
        ("approve", NONE),
        ("request-changes", {"why": "x"}),
        ("retire", {"why": "x"}),
        ("comments", {"text": "x"}),
    ):
        who = program("chair")
        sent = {"sha256": other["sha256"], "seen": 2, **more} if what != "comments" else {"sha256": "0" * 64, **more}
        refused = who.post(f"{V1}/editions/{edition['id']}/{what}", json=sent)
        assert refused.status_code == 422 and refused.json()["place"] == "body.sha256", what
    stays = program("chair").get(f"{V1}/editions/{edition['id']}").json()
    assert (stays["version"], stays["comments"]) == (edition["version"], [])
    wrong = {"piece": edition["piece"], "sha256": "0" * 64}
    assert program("author").post(f"{V1}/submissions", json=wrong).json()["place"] == "body.sha256"


def test_a_chair_retires_it(program, edition, piece):
    done = approve(program("reviewer"), take(program("reviewer"), edition).json()).json()
    retired = act(program("chair"), done, "retire", why="Withdrawn by its society")
    assert retired.json()["state"] == "retired" and state(program, piece)["state"] == "retired"


def test_a_comment_stands_at_its_statement(program, edition):
    whole = program("reviewer").get(f"{V1}/editions/{edition['id']}").json()
    statement = whole["answer"]["sections"][0]["statements"][0]["id"]
    address, named = f"{V1}/editions/{edition['id']}/comments", {"sha256": edition["sha256"]}
    said = program("reviewer").post(address, json={**named, "statement": statement, "text": "Which trial?"})
    assert said.status_code == 201 and said.json()["statement"] == statement
    assert program("reviewer").post(address, json={**named, "statement": "nothing", "text": "x"}).status_code == 404
    (kept,) = program("author").get(f"{V1}/editions/{edition['id']}").json()["comments"]
    assert kept == said.json()


WORDS = ("advice/activity.yaml", "Start moving the ankle", "Begin to move the ankle")
VERSION = ("pack.yaml", 'version: "0.1.0"', 'version: "0.1.1"')


def reworded(app, people, site, tmp_path, token: str, change: tuple[str, str, str] = WORDS) -> TestClient:
    """The same desk served with something else in one file of its pack."""
    folder = tmp_path / "changed" / "ankle-sprain"
    shutil.copytree(EXAMPLE, folder)
    name, was, is_now = change
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, is_now), encoding="utf-8")
    other = create_app(replace(site, pack=load(folder)))
    join_people(other, people)
    return TestClient(other, base_url="http://127.0.0.1", headers={"Authorization": token})


def test_a_changed_word_makes_it_stale_and_is_not_approved_together(
    program, app, people, site, tmp_path, edition, piece
):
    approve(program("reviewer"), take(program("reviewer"), edition).json())

    def after(role: str) -> TestClient:
        return reworded(app, people, site, tmp_path / role, program(role).headers["Authorization"])

    author, ben, second = after("author"), after("reviewer"), after("second")
    stale = author.get(f"{V1}/pieces/{piece}").json()
    assert stale["review"]["state"] == "stale" and stale["review"]["note"]
    assert [one["state"] for one in author.get(f"{V1}/editions").json()["items"]] == ["stale"]
    assert author.get(f"{V1}/editions/1").json()["reads_now"]
    first = submitted(author, piece)
    other = submitted(author, piece.replace("/clinician", "/patient"))
    assert (first["touches"], first["compared_with"], other["touches"]) == (["action", "words"], 1, ["new"])
    whole = ben.get(f"{V1}/editions/{first['id']}").json()
    assert whole["reads_otherwise"] and whole["difference"]["schema"] == "rootline.diff/1"
    editions = [take(ben, one).json() for one in (first, other)]
    wrong = {**editions[0], "sha256": "0" * 64}
    chosen = [
        {"edition": one["id"], "sha256": one["sha256"], "seen": one["version"]} for one in (wrong, *editions)
    ]  # fmt: skip
    assert second.post(f"{V1}/approvals", json={"editions": chosen}).status_code == 422, "interests must be declared"
    outcomes = second.post(f"{V1}/approvals", json={"editions": chosen, **NONE}).json()["outcomes"]
    assert "another than the one named" in outcomes[0]["refused"]
    assert outcomes[1]["signed"] is None and "reads otherwise" in outcomes[1]["refused"]
    assert outcomes[2]["signed"] is None and "no approved version" in outcomes[2]["refused"]


def test_a_draft_changed_since_is_called_so_by_every_call_and_page(
    program, app, people, site, tmp_path, edition, piece
):
    now = reworded(app, people, site, tmp_path, program("author").headers["Authorization"])
    states = [
        now.get(f"{V1}/pieces/{piece}").json()["review"]["state"],
        *(one["state"] for one in now.get(f"{V1}/queue").json()["items"]),
        *(one["state"] for one in now.get(f"{V1}/editions").json()["items"]),
        now.get(f"{V1}/editions/{edition['id']}").json()["state"],
    ]
    assert states == ["draft"] * 4
    assert now.get(f"{V1}/queue", params={"state": "submitted"}).json()["total"] == 0
    for page in ("/desk", f"/desk/editions/{edition['id']}"):
        assert 'class="state draft"' in now.get(page).text and 'class="state submitted"' not in now.get(page).text, page


def test_only_what_reads_as_it_was_approved_is_approved_together(program, app, people, site, tmp_path, edition, piece):
    approve(program("reviewer"), take(program("reviewer"), edition).json())

    def after(role: str) -> TestClient:
        token = program(role).headers["Authorization"]
        return reworded(app, people, site, tmp_path / role, token, VERSION)

    author, ben, second = after("author"), after("reviewer"), after("second")
    first = submitted(author, piece)
    taken = take(ben, first).json()
    chosen = [{"edition": taken["id"], "sha256": taken["sha256"], "seen": taken["version"]}]
    outcomes = second.post(f"{V1}/approvals", json={"editions": chosen, **NONE}).json()["outcomes"]
    assert outcomes[0]["signed"]["state"] == "approved" and outcomes[0]["refused"] == ""
    again = second.post(f"{V1}/approvals", json={"editions": chosen, **NONE}).json()["outcomes"]
    assert again[0]["signed"] is None and "approved now, signed by Dora Lind" in again[0]["refused"]
