"""A write that is sent twice is done once, on both databases, whoever else acted meanwhile; the record tells it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from rootline.desk.acts import comment
from rootline.desk.check_audit import check_audit
from rootline.desk.once import act_once
from rootline.desk.opening import Desk
from rootline.errors import InputError, RefusedError
from tests.desk.three_people import ANN, BEN
from tests.edges.desk_api.conftest import NONE, V1, act, approve, take


def test_an_act_sent_again_is_told_and_not_done_again(program, edition):
    first = take(program("reviewer"), edition, key="one")
    again = take(program("reviewer"), edition, key="one")
    assert first.status_code == again.status_code == 200 and first.json() == again.json()
    assert take(program("reviewer"), edition).status_code == 409, "without the key it is another request"
    assert take(program("reviewer"), edition, key="two").status_code == 409
    told = program("chair").get(f"{V1}/record", params={"piece": edition["piece"]}).json()["items"]
    assert [one["act"] for one in told] == ["draft", "submit", "take"]


def test_texts_sent_again_stand_once(program, edition):
    key = {"Idempotency-Key": "said"}
    said = {"sha256": edition["sha256"], "text": "Which trial?"}
    address = f"{V1}/editions/{edition['id']}/comments"
    first, again = (program("author").post(address, json=said, headers=key) for _ in range(2))
    assert first.json() == again.json() and again.status_code == 201
    assert len(program("author").get(f"{V1}/editions/{edition['id']}").json()["comments"]) == 1
    given = {"piece": edition["piece"], "sha256": edition["sha256"], "kind": "unclear"}
    told = [program("").post(f"{V1}/feedback", json=given, headers=key) for _ in range(2)]
    assert told[0].json() == told[1].json() and told[0].status_code == 201
    how = {"how": "Reworded."}
    settled = [
        program("reviewer").post(f"{V1}/feedback/{told[0].json()['id']}/settle", json=how, headers=key)
        for _ in range(2)
    ]  # fmt: skip
    assert [one.status_code for one in settled] == [200, 200] and settled[0].json() == settled[1].json()


def test_a_key_is_of_one_request_and_one_person(program, edition):
    assert take(program("reviewer"), edition, key="one").status_code == 200
    other = approve(program("reviewer"), edition, key="one")
    assert other.status_code == 422 and other.json()["place"] == "header.Idempotency-Key"
    taken = program("second").get(f"{V1}/editions/{edition['id']}").json()
    assert act(program("second"), taken, "approve", key="one", **NONE).json()["state"] == "approved"


def test_what_failed_can_be_sent_again_with_its_key(program, edition):
    assert act(program("reviewer"), edition, "approve", key="one", **NONE).status_code == 403, "nobody took it up"
    taken = take(program("reviewer"), edition).json()
    assert act(program("reviewer"), taken, "approve", key="one", **NONE).status_code == 200


def test_many_at_once_with_one_key_do_it_once(program, desk, edition):
    who = [program("author") for _ in range(4)]
    said = {"sha256": edition["sha256"], "text": "Which trial?"}

    def send(one):
        address = f"{V1}/editions/{edition['id']}/comments"
        return one.post(address, json=said, headers={"Idempotency-Key": "one"}).json()["id"]

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, who))) == 1
    with desk.reading() as session:
        assert check_audit(session).findings == ()


def test_the_record_holds_neither_the_key_nor_the_request(program, edition):
    said = {"sha256": edition["sha256"], "text": "Zebedee Quagmire"}
    program("author").post(
        f"{V1}/editions/{edition['id']}/comments", json=said, headers={"Idempotency-Key": "opensesame"}
    )
    told = program("chair").get(f"{V1}/record").text
    assert '"key"' in told and "Quagmire" not in told and "opensesame" not in told


def test_a_key_is_forgotten_after_a_day(desk, program, edition):
    moment = datetime.now(UTC)
    late = Desk(desk.engine, lambda: moment + timedelta(days=1, seconds=1))

    def say(one: Desk) -> object:
        return comment(one, ANN, edition["id"], "", "Which trial?")

    first = act_once(desk, ANN, "key", "request", say)
    assert act_once(desk, ANN, "key", "request", say).sequence == first.sequence
    with pytest.raises(InputError, match="another request"):
        act_once(desk, ANN, "key", "other", say)
    assert act_once(desk, BEN, "key", "request", say).sequence == first.sequence + 1
    assert act_once(late, ANN, "key", "request", say).sequence == first.sequence + 2


def test_an_act_that_is_refused_leaves_no_trace_of_its_key(desk, program, edition):
    def refused(one: Desk) -> object:
        return comment(one, ANN, edition["id"], "", " ")

    with desk.reading() as session:
        before = check_audit(session)
    with pytest.raises(RefusedError):
        act_once(desk, ANN, "key", "request", refused)
    with desk.reading() as session:
        assert check_audit(session) == before
