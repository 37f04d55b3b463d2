"""What programs read of the desk: lists by filter, ETags, feedback, the record; errors repeat nothing."""

from __future__ import annotations

import logging
import time

import pytest

from rootline.desk import feedback
from rootline.desk.feedback import count_unsafe
from rootline.edges.desk import patience
from tests.edges.desk.conftest import counts_addresses
from tests.edges.desk_api.conftest import V1, approve, submitted, take

NAME = "Zebedee Quagmire"


@pytest.fixture
def url(tmp_path) -> str:
    """SQLite: that both databases do the same is tested with the life of an answer."""
    return f"sqlite:///{tmp_path / 'desk.sqlite'}"


def test_all_that_is_published_is_told_with_its_state(program, site, edition, piece):
    told = program("").get(f"{V1}/pieces?limit=200").json()
    assert told["total"] == 1 + 4 * len(site.pack.questions)
    states = {one["id"]: (one["review"]["state"], one["edition"]) for one in told["items"]}
    assert states[piece] == ("submitted", edition["id"])
    assert states[site.pack.id] == ("submitted", None) and all(one["sha256"] for one in told["items"])
    assert program("").get(f"{V1}/pieces/{site.pack.id}").json()["kind"] == "pack"
    page = program("").get(f"{V1}/pieces?limit=2&offset=2")
    assert [one["id"] for one in page.json()["items"]] == [one["id"] for one in told["items"][2:4]]
    assert 'rel="next"' in page.headers["link"] and 'rel="prev"' in page.headers["link"]


def test_the_queue_is_by_risk_or_age_and_filtered(program, site, edition, piece):
    reviewer = program("reviewer")
    submitted(program("author"), site.pack.id)
    whole = reviewer.get(f"{V1}/queue").json()["items"]
    assert [one["piece"] for one in whole] == [piece, site.pack.id] and {one["rank"] for one in whole} == {1}
    given = {"piece": site.pack.id, "sha256": "", "kind": "unsafe", "text": "It hurt more."}
    assert program("").post(f"{V1}/feedback", json=given).status_code == 201
    by_risk = reviewer.get(f"{V1}/queue").json()["items"]
    assert [(one["piece"], one["rank"], one["unsafe"]) for one in by_risk] == [(site.pack.id, 0, 1), (piece, 1, 0)]
    by_age = reviewer.get(f"{V1}/queue?order=age").json()["items"]
    assert [one["piece"] for one in by_age] == [piece, site.pack.id]
    assert [one["piece"] for one in reviewer.get(f"{V1}/queue?rank=0").json()["items"]] == [site.pack.id]
    assert reviewer.get(f"{V1}/queue?days=1").json()["total"] == 0
    take(reviewer, edition)
    taken = reviewer.get(f"{V1}/queue?state=under_review").json()["items"]
    assert [one["piece"] for one in taken] == [piece]
    assert reviewer.get(f"{V1}/queue?state=grand").status_code == 422
    assert reviewer.get(f"{V1}/queue?limit=1").json()["total"] == 2


def test_editions_are_told_newest_first_by_piece_and_state(program, site, edition, piece):
    other = submitted(program("author"), site.pack.id)
    chair = program("chair")
    assert [one["id"] for one in chair.get(f"{V1}/editions").json()["items"]] == [other["id"], edition["id"]]
    assert [one["id"] for one in chair.get(f"{V1}/editions", params={"piece": piece}).json()["items"]] == [1]
    approve(program("reviewer"), take(program("reviewer"), edition).json())
    assert [one["id"] for one in chair.get(f"{V1}/editions?state=approved").json()["items"]] == [edition["id"]]
    pack = chair.get(f"{V1}/editions/{other['id']}").json()
    assert pack["answer"] is None and pack["pack"]["sha256"] == site.pack.sha256


def test_what_did_not_change_is_not_sent_again(program, edition):
    chair = program("chair")
    first = chair.get(f"{V1}/editions/{edition['id']}")
    known = {"If-None-Match": first.headers["etag"]}
    assert chair.get(f"{V1}/editions/{edition['id']}", headers=known).status_code == 304
    take(chair, edition)
    assert chair.get(f"{V1}/editions/{edition['id']}", headers=known).status_code == 200
    assert program("").get(f"{V1}/editions/{edition['id']}", headers=known).status_code == 401


def test_feedback_is_listed_counted_and_settled(program, edition, piece):
    statement = program("author").get(f"{V1}/editions/1").json()["answer"]["sections"][0]["statements"][0]["id"]
    for kind, more in (("unclear", {}), ("unsafe", {"statement": statement, "text": "It hurt more."})):
        given = {"piece": piece, "sha256": edition["sha256"], "kind": kind, **more}
        assert program("reader").post(f"{V1}/feedback", json=given).json()["name"] == "Rea Hollis"
    reviewer = program("reviewer")
    unsafe, unclear = reviewer.get(f"{V1}/feedback").json()["items"]
    assert (unsafe["kind"], unsafe["statement"], unclear["kind"]) == ("unsafe", statement, "unclear")
    assert reviewer.get(f"{V1}/feedback/counts").json() == {"unsafe": 1, "wrong": 0, "unclear": 1, "other": 0}
    assert reviewer.get(f"{V1}/feedback?kind=unclear").json()["total"] == 1
    settled = reviewer.post(f"{V1}/feedback/{unsafe['id']}/settle", json={"how": "Reworded."}).json()
    assert (settled["settled_by"], settled["settled_how"]) == ("Ben Okoro", "Reworded.")
    late = program("second").post(f"{V1}/feedback/{unsafe['id']}/settle", json={"how": "Me too."})
    assert late.status_code == 409 and "Ben Okoro has settled it already" in late.json()["detail"]
    assert reviewer.get(f"{V1}/feedback/counts", params={"piece": piece}).json()["unsafe"] == 0


def test_what_is_said_again_counts_at_every_door(program, edition, piece, desk):
    said = {"piece": piece, "sha256": "", "kind": "unsafe"}
    assert [program("").post(f"{V1}/feedback", json=said).status_code for _ in range(5)] == [201] * 5
    counted = program("author").get(f"{V1}/feedback/counts").json()
    with desk.reading() as session:
        assert counted["unsafe"] == count_unsafe(session) == 5
    (listed,) = program("author").get(f"{V1}/feedback").json()["items"]
    assert listed["times"] == 5


def test_many_of_one_kind_are_settled_together_as_far_as_they_were_read(program, edition, piece):
    def say(kind: str, text: str, of: str = piece) -> int:
        return program("").post(
            f"{V1}/feedback", json={"piece": of, "sha256": "", "kind": kind, "text": text}
        ).json()["id"]  # fmt: skip

    elsewhere = say("wrong", "One.", piece.replace("clinician", "patient"))
    _, last, unsafe, later = say("wrong", "One."), say("wrong", "Two."), say("unsafe", "Three."), say("wrong", "Four.")
    sent = {"piece": piece, "kind": "wrong", "last": last, "how": "Reworded."}
    assert program("reviewer").post(f"{V1}/feedback/settle", json={**sent, "how": " "}).status_code == 403
    assert program("reviewer").post(f"{V1}/feedback/settle", json=sent).json() == {"settled": 2}
    left = program("reviewer").get(f"{V1}/feedback").json()["items"]
    assert {one["id"] for one in left} == {elsewhere, unsafe, later}
    again = program("second").post(f"{V1}/feedback/settle", json=sent)
    assert again.status_code == 409 and "settled already" in again.json()["detail"]


def test_one_address_can_say_only_so_much_a_minute_by_whatever_door(program, edition, piece, app):
    counts_addresses(app)
    anyone, refused = program(""), []
    for kind in ("wrong", "unsafe"):
        said = {"piece": piece, "sha256": "", "kind": kind}
        told = [anyone.post(f"{V1}/feedback", json={**said, "text": f"{number}"}) for number in range(12)]
        assert [one.status_code for one in told] == [201] * 10 + [429] * 2, kind
        refused.append(told[-1])
    assert all(1 <= int(one.headers["retry-after"]) <= 60 for one in refused)
    assert refused[0].headers["content-type"] == "application/problem+json"
    assert refused[0].json()["mend"].startswith("Send it again in ")


def test_who_is_counted_with_another_reader_is_shown_their_own_words_alone(program, edition, piece, monkeypatch):
    monkeypatch.setattr(feedback, "MOST_OPEN", 1)
    said = {"piece": piece, "sha256": "", "kind": "unsafe"}
    first = program("reader").post(f"{V1}/feedback", json={**said, "text": "Mary Jones, born 1950"}).json()
    assert first["is_kept"] and first["text"] == "Mary Jones, born 1950"
    key = {"Idempotency-Key": "one-call"}
    for _ in range(2):
        other = program("").post(f"{V1}/feedback", json={**said, "text": "stranger "}, headers=key)
        told = other.json()
        assert "Mary" not in other.text and "Rea" not in other.text
        assert (told["text"], told["name"], told["times"], told["is_kept"]) == ("stranger", "", 2, False)


def test_feedback_is_of_what_is_shown_here_alone(program, edition, piece):
    given = {"piece": piece, "sha256": "", "kind": "wrong"}
    for wrong, status in (
        ({"piece": NAME}, 404),
        ({"statement": NAME}, 404),
        ({"sha256": "0" * 64}, 422),
        ({"sha256": NAME}, 422),
        ({"kind": NAME}, 422),
        ({"kind": "other"}, 403),
        ({"text": "x" * 2001}, 403),
        ({"text": "x" * 10_001}, 422),
        ({"text": "nul \0"}, 422),
    ):
        refused = program("").post(f"{V1}/feedback", json={**given, **wrong})
        assert refused.status_code == status and "Quagmire" not in refused.text, wrong
    case = {**given, "piece": "ankle-sprain/case-0123456789ab/patient"}
    assert program("").post(f"{V1}/feedback", json=case).status_code == 404, "nobody published it"


def test_the_record_is_told_and_checked(program, people, edition, piece):
    author = program("author")
    told = author.get(f"{V1}/record", params={"piece": piece}).json()["items"]
    assert [(one["who"], one["act"], one["sha256"]) for one in told] == [
        ("Ann Kirke", act, edition["sha256"]) for act in ("draft", "submit")
    ]
    checked = author.get(f"{V1}/record/check").json()
    assert checked["holds"] and checked["head"] == author.get(f"{V1}/record").json()["items"][-1]["hash"]
    assert not author.get(f"{V1}/record/check?head={'0' * 64}").json()["holds"]
    with people.writing() as session:
        session.connection().exec_driver_sql("UPDATE edition SET state = 'approved' WHERE id = 1")
    assert not author.get(f"{V1}/record/check").json()["holds"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", f"/pieces/{NAME}", None, 404),
        ("GET", "/editions/77", None, 404),
        ("GET", "/editions/99999999999999999999", None, 422),
        ("GET", f"/editions/{NAME}", None, 422),
        ("GET", f"/queue?state={NAME}", None, 422),
        ("GET", f"/editions?piece={NAME}", None, 200),
        ("GET", "/editions?piece=%00", None, 422),
        ("POST", "/submissions", {"piece": NAME, "sha256": "0" * 64}, 404),
        ("POST", "/editions/1/take", {"sha256": NAME, "seen": 1}, 422),
        ("POST", "/editions/1/take", {"sha256": "0" * 64, "seen": 1, NAME: 1}, 422),
        ("POST", "/editions/77/take", {"sha256": "0" * 64, "seen": 1}, 404),
        ("POST", "/feedback/77/settle", {"how": NAME}, 404),
    ],
)
def test_errors_are_problems_that_repeat_nothing(program, edition, caplog, method, path, sent, status):
    with caplog.at_level(logging.DEBUG, logger="rootline"):
        told = program("chair").request(method, f"{V1}{path}", json=sent)
    assert told.status_code == status, told.text
    assert "Quagmire" not in told.text + caplog.text
    if status >= 400:
        assert told.headers["content-type"] == "application/problem+json"
        assert set(told.json()) == {"type", "title", "status", "detail", "mend", "place"} and told.json()["mend"]


def test_a_key_that_stands_twice_is_refused(program, edition):
    body = f'{{"sha256": "{edition["sha256"]}", "seen": 1, "seen": {edition["version"]}}}'
    sent = {"content": body, "headers": {"Content-Type": "application/json"}}
    told = program("reviewer").post(f"{V1}/editions/1/take", **sent)
    assert told.status_code == 422 and "twice" in told.json()["detail"]


def test_a_desk_that_cannot_be_read_says_so_and_no_more(program, edition, people, caplog):
    chair = program("chair")
    with people.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE comment RENAME TO quagmire")
    told = chair.get(f"{V1}/editions/{edition['id']}")
    assert told.status_code == 503 and told.headers["retry-after"] and "quagmire" not in told.text + caplog.text
    assert told.json()["detail"] == "The desk cannot be read or written."
    assert chair.get(f"{V1}/editions").status_code == 200


def test_where_proving_takes_long_the_reply_says_so_and_it_is_done_all_the_same(program, site, monkeypatch):
    author = program("author")
    sent = {"piece": site.pack.id, "sha256": author.get(f"{V1}/pieces/{site.pack.id}").json()["sha256"]}
    monkeypatch.setattr(patience, "SECONDS", 0)
    told = author.post(f"{V1}/submissions", json=sent)
    assert told.status_code == 202 and told.json()["edition"] is None
    monkeypatch.setattr(patience, "SECONDS", 10)
    for _ in range(100):
        if author.get(f"{V1}/editions").json()["total"]:
            break
        time.sleep(0.1)
    again = author.post(f"{V1}/submissions", json=sent)
    assert again.status_code == 200 and again.json()["edition"]["number"] == 1
