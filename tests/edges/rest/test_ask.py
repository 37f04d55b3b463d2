"""Asking gives the published forms, the same as the command; a kept case goes on only when asked to, and once."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import date

import jsonschema
import pytest

from rootline.answers.ask import ask
from rootline.answers.conversation import Conversation, Corrected
from rootline.edges.rest import once
from rootline.edges.web.kept import Kept
from rootline.errors import NotFoundError
from rootline.packs.run import run
from tests.edges.rest.conftest import V1
from tests.server import ROOT

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"
SCHEMA = json.loads((ROOT / "docs" / "answer.schema.json").read_text(encoding="utf-8"))


def keep(web, **more):
    kept = web.post(f"{V1}/ask", json={"question": PATIENT, "keep": True, **more})
    return kept, kept.headers["rootline-case"]


def facts_of(answer) -> dict[str, str]:
    return {one["id"]: one["value"] for one in answer.json()["facts"]}


def test_ask_gives_the_same_answer_as_the_command(web, pack):
    told = web.post(f"{V1}/ask", json={"question": PATIENT, "audience": "patient"})
    assert told.status_code == 200
    jsonschema.validate(told.json(), SCHEMA)
    assert told.json() == json.loads(ask(PATIENT, pack, "patient").model_dump_json(by_alias=True))
    assert "rootline-case" not in told.headers
    assert told.headers["cache-control"] == "no-store" and "etag" not in told.headers


def test_facts_overrule_the_text(web):
    answer = web.post(f"{V1}/ask", json={"question": PATIENT, "facts": {"foot_drop": "none", "age": "unknown"}})
    assert facts_of(answer)["foot_drop"] == "none"
    assert facts_of(answer)["age"] == "unknown"


def test_a_case_goes_on_only_when_it_was_kept(web):
    assert web.post(f"{V1}/ask", json={"question": "and if pregnant?", "case_id": "0" * 32}).status_code == 404
    _, id_ = keep(web)
    then = web.post(f"{V1}/ask", json={"question": "and if she is pregnant?", "case_id": id_})
    assert then.headers["rootline-case"] == id_
    assert facts_of(then)["pregnant"] == "yes" and facts_of(then)["foot_drop"] == "complete"
    assert then.json()["question"].endswith("\nand if she is pregnant?")
    assert "pregnant" in web.get(f"/kept/{id_}").text
    assert web.delete(f"{V1}/cases/{id_}").status_code == 204
    assert web.get(f"{V1}/cases/{id_}").status_code == 404


def test_facts_alone_go_on_with_a_case_and_its_reader_stays(web):
    _, id_ = keep(web, audience="patient")
    then = web.post(f"{V1}/ask", json={"case_id": id_, "facts": {"foot_drop": "none"}})
    assert then.json()["audience"] == "patient"
    assert facts_of(then)["foot_drop"] == "none"
    told = web.get(f"{V1}/cases/{id_}").json()
    assert told["steps"] == [{"fact": "foot_drop", "value": "none", "asked": ""}]
    assert (told["question"], told["audience"]) == (PATIENT, "patient")
    web.delete(f"{V1}/cases/{id_}")


def test_an_onset_gives_what_is_due_its_date(web):
    told = web.post(f"{V1}/ask", json={"question": "Sciatica, what now?", "onset": "2026-01-02"}).json()
    assert told["onset"] == "2026-01-02"
    due = [one["date"] for part in told["sections"] for said in part["statements"] for one in said["due"]]
    assert due and all(due)


def test_the_same_write_sent_twice_is_done_once(web, server):
    key = {"Idempotency-Key": "first-of-its-kind"}
    sent = {"question": PATIENT, "keep": True}
    first, again = (web.post(f"{V1}/ask", json=sent, headers=key) for _ in range(2))
    id_ = first.headers["rootline-case"]
    assert again.headers["rootline-case"] == id_ and again.json() == first.json()
    step = {"case_id": id_, "facts": {"foot_drop": "none"}, "question": "and if she is pregnant?"}
    told = [web.post(f"{V1}/ask", json=step, headers={"Idempotency-Key": "second"}) for _ in range(2)]
    web.post(f"{V1}/ask", json={"case_id": id_, "facts": {"age": "30"}})
    told.append(web.post(f"{V1}/ask", json=step, headers={"Idempotency-Key": "second"}))
    assert told[0].json() == told[1].json() == told[2].json()
    assert len(web.get(f"{V1}/cases/{id_}").json()["steps"]) == 3
    other = web.post(f"{V1}/ask", json={**sent, "audience": "patient"}, headers=key)
    assert other.status_code == 422 and other.json()["place"] == "header.Idempotency-Key"
    remembered = [path.read_bytes() for path in (server.state / "requests").iterdir()]
    assert remembered and not [
        text for text in remembered if b"foot" in text or b"pregnant" in text or id_.encode() in text
    ]
    gone = [web.delete(f"{V1}/cases/{id_}", headers={"Idempotency-Key": "third"}) for _ in range(2)]
    assert [one.status_code for one in gone] == [204, 204]
    assert web.delete(f"{V1}/cases/{id_}").status_code == 404


def test_a_write_sent_many_times_at_once_is_done_once(web, server):
    key, told = {"Idempotency-Key": "a-storm"}, []

    def send() -> None:
        told.append(web.post(f"{V1}/ask", json={"question": PATIENT, "keep": True}, headers=key))

    before = len(list(server.state.glob("cases/*.json")))
    senders = [threading.Thread(target=send) for _ in range(6)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    assert len({one.headers["rootline-case"] for one in told}) == 1
    assert len(list(server.state.glob("cases/*.json"))) == before + 1


def test_of_steps_sent_at_once_none_is_lost_in_silence(web):
    _, id_ = keep(web)
    told = []

    def send(age: int) -> None:
        told.append(web.post(f"{V1}/ask", json={"case_id": id_, "facts": {"age": str(age)}}))

    senders = [threading.Thread(target=send, args=(age,)) for age in range(40, 48)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    statuses = [one.status_code for one in told]
    assert set(statuses) <= {200, 409} and 200 in statuses
    assert len(web.get(f"{V1}/cases/{id_}").json()["steps"]) == statuses.count(200)
    for one in told:
        if one.status_code == 409:
            assert one.headers["content-type"] == "application/problem+json" and one.json()["mend"]
    web.delete(f"{V1}/cases/{id_}")


def test_a_write_that_failed_can_be_sent_again_with_its_key(web):
    _, id_ = keep(web)
    key = {"Idempotency-Key": "mended"}
    wrong = web.post(f"{V1}/ask", json={"case_id": id_, "question": "\u0001"}, headers=key)
    assert wrong.status_code == 422
    assert len(web.get(f"{V1}/cases/{id_}").json()["steps"]) == 0
    assert web.post(f"{V1}/ask", json={"case_id": id_, "question": "pregnant?"}, headers=key).status_code == 200
    web.delete(f"{V1}/cases/{id_}")


class FullDisk(Kept):
    """Where nothing can be written."""

    def keep(self, conversation: Conversation, id_: str = "") -> str:
        raise OSError(28, "no space left")


def test_a_write_interrupted_after_its_key_was_noted_is_done_when_it_is_sent_again(tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path))
    kept, full = Kept(tmp_path / "cases"), FullDisk(tmp_path / "cases")
    id_ = kept.keep(Conversation(PATIENT))

    def step() -> Conversation:
        return kept.get(id_).then(Corrected("age", "30"))

    with pytest.raises(OSError, match="no space"):
        once.keep_once("key", "request", full, id_, step, told)
    assert kept.get(id_).steps == ()
    for _ in range(2):
        assert once.keep_once("key", "request", kept, id_, step, told) == (id_, "1 steps")
        assert len(kept.get(id_).steps) == 1


class KilledAfterwards(Kept):
    """The process dies as soon as the case is written."""

    def keep(self, conversation: Conversation, id_: str = "") -> str:
        super().keep(conversation, id_)
        raise KeyboardInterrupt


def test_a_write_killed_before_its_reply_was_noted_is_not_done_twice(tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path))
    kept, dying = Kept(tmp_path / "cases"), KilledAfterwards(tmp_path / "cases")
    id_ = kept.keep(Conversation(PATIENT))

    def step() -> Conversation:
        return kept.get(id_).then(Corrected("age", "30"))

    with pytest.raises(KeyboardInterrupt):
        once.keep_once("key", "request", dying, id_, step, told)
    (noted,) = (tmp_path / "requests").iterdir()
    noted.write_bytes(noted.read_bytes() + b"half a li")
    assert once.keep_once("key", "request", kept, id_, step, told) == (id_, "1 steps")
    assert len(kept.get(id_).steps) == 1


def test_a_reply_is_told_again_as_it_was_whatever_has_changed_since(tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path))
    kept, days = Kept(tmp_path / "cases"), iter(["today", "tomorrow"])

    def tell(_: Conversation) -> str:
        return f"as of {next(days)}"

    first = once.keep_once("key", "request", kept, "", lambda: Conversation(PATIENT), tell)
    kept.keep(replace(kept.get(first[0]), audience="patient", onset=date(2026, 1, 2)), first[0])
    assert once.keep_once("key", "request", kept, "", lambda: Conversation("another"), tell) == first
    assert first[1] == "as of today"
    kept.forget(first[0])
    with pytest.raises(NotFoundError):
        once.keep_once("key", "request", kept, "", lambda: Conversation(PATIENT), tell)


def test_a_request_is_the_same_in_any_order_and_another_with_any_other_content(web):
    facts = {"foot_drop": "none", "age": "61 years", "sex": "female"}
    sent = {"question": PATIENT, "facts": facts, "keep": True}
    turned = {"keep": True, "facts": dict(reversed(facts.items())), "question": PATIENT}
    key = {"Idempotency-Key": "in-any-order"}
    first, again = (web.post(f"{V1}/ask", json=one, headers=key) for one in (sent, turned))
    assert again.status_code == 200 and again.content == first.content
    assert again.headers["rootline-case"] == first.headers["rootline-case"]
    for other in (
        {"question": f"{PATIENT}."},
        {"facts": {**facts, "age": "62"}},
        {"audience": "patient"},
        {"onset": "2026-01-02"},
    ):
        told = web.post(f"{V1}/ask", json={**sent, **other}, headers=key)
        assert told.status_code == 422 and told.json()["place"] == "header.Idempotency-Key", other
    web.delete(f"{V1}/cases/{first.headers['rootline-case']}")


def test_a_step_sent_again_is_told_as_it_was_when_reader_and_onset_changed_since(web):
    _, id_ = keep(web)
    step, key = {"case_id": id_, "facts": {"age": "30"}}, {"Idempotency-Key": "before-the-change"}
    first = web.post(f"{V1}/ask", json=step, headers=key)
    web.post(f"{V1}/ask", json={"case_id": id_, "audience": "patient", "onset": "2026-01-02"})
    again = web.post(f"{V1}/ask", json=step, headers=key)
    assert again.content == first.content and again.json()["audience"] == "clinician"
    assert web.get(f"{V1}/cases/{id_}").json()["audience"] == "patient"
    web.delete(f"{V1}/cases/{id_}")
    assert web.post(f"{V1}/ask", json=step, headers=key).status_code == 404


def told(conversation: Conversation) -> str:
    return f"{len(conversation.steps)} steps"


def test_a_key_is_forgotten_after_a_day(tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path))
    with once._record("old"):
        pass
    with once._record("young"):
        assert len(list(tmp_path.glob("requests/*"))) == 2
    monkeypatch.setattr(once, "_DAY", -1)
    with once._record("young"):
        assert [path.name for path in tmp_path.glob("requests/*")] == [once.digest("young")]


def test_a_plan_from_facts_alone_has_every_advice_with_its_status(web, pack):
    told = web.post(f"{V1}/plan", json={"facts": {"foot_drop": "complete", "anticoagulant": "yes"}}).json()
    plan = run(pack, {"foot_drop": "complete", "anticoagulant": "yes"})
    assert told["schema"] == "rootline.plan/1"
    assert {one["id"]: one["status"] for one in told["advice"]} == {one.advice.id: one.status for one in plan.advised}
    assert told["urgency"]["at_least"] == plan.urgency.at_least == "urgent"
    assert told["ask_next"] and told["review"]["state"] == "submitted"
    conditional = [one for one in told["advice"] if one["status"] == "if"]
    assert conditional and all(one["condition"] for one in conditional)


@pytest.mark.parametrize("facts", [{}, {"foot_drop": "complete"}, {"foot_drop": "none"}])
def test_why_tells_the_condition_as_the_plan_has_it(web, pack, facts):
    told = web.post(f"{V1}/why", json={"statement": "urgent-weakness", "facts": facts}).json()
    one = run(pack, facts).of("urgent-weakness")
    assert told["status"] == one.status
    assert told["trace"]["truth"] == {"applies": "yes", "if": "unknown", "does not apply": "no"}[one.status]
    assert [point["citation"] for point in told["points"]] == [str(citation) for citation in one.advice.because]
    assert bool(told["condition"]) == (one.status == "if")


def test_calm_advice_is_never_explained_without_the_urgency_of_the_case(web):
    told = web.post(f"{V1}/why", json={"statement": "stay-active", "facts": {"saddle_numbness": "yes"}})
    assert told.json()["urgency"]["at_least"] == "emergency"
    assert told.text.index('"urgency"') < told.text.index('"text"')


def test_whether_to_keep_is_said_by_true_or_false_alone(web):
    for word in (1, "yes", "true"):
        told = web.post(f"{V1}/ask", json={"question": PATIENT, "keep": word})
        assert told.status_code == 422 and told.json()["place"] == "body.keep"


def test_what_would_change_is_that_of_the_answer(web):
    answer = web.post(f"{V1}/ask", json={"question": PATIENT}).json()
    told = web.post(f"{V1}/what-would-change", json={"question": PATIENT}).json()
    assert told["would_change"] == answer["would_change"] and told["urgency"] == answer["urgency"]


def test_an_answer_verifies_and_an_altered_one_is_refuted(web):
    answer = web.post(f"{V1}/ask", json={"question": PATIENT}).json()
    assert web.post(f"{V1}/verify", json=answer).json()["outcome"] == "verified"
    altered = web.post(f"{V1}/verify", json={**answer, "disclaimer": "Safe for everybody."}).json()
    assert altered["outcome"] == "refuted" and altered["findings"][0]["place"] == "disclaimer"
