"""The API gives the published forms, says how to mend what it cannot read, and continues a case only when asked to."""

from __future__ import annotations

import json

import jsonschema
import pytest

from rootline.answers.ask import ask
from rootline.packs.run import run
from tests.edges.web.conftest import PATIENT
from tests.server import ROOT

SCHEMA = json.loads((ROOT / "docs" / "answer.schema.json").read_text(encoding="utf-8"))


def test_ask_gives_the_same_answer_as_the_command(web, pack):
    told = web.post("/api/ask", json={"question": PATIENT, "audience": "patient"})
    assert told.status_code == 200
    jsonschema.validate(told.json(), SCHEMA)
    assert told.json() == json.loads(ask(PATIENT, pack, "patient").model_dump_json(by_alias=True))
    assert "rootline-case" not in told.headers


def test_facts_overrule_the_text(web):
    answer = web.post("/api/ask", json={"question": PATIENT, "facts": {"foot_drop": "none", "age": "unknown"}}).json()
    known = {one["id"]: one["value"] for one in answer["facts"]}
    assert known["foot_drop"] == "none"
    assert known["age"] == "unknown"


def test_a_case_is_continued_only_when_it_was_kept(web, server):
    assert web.post("/api/ask", json={"question": "and if pregnant?", "case_id": "0" * 32}).status_code == 404
    first = web.post("/api/ask", json={"question": PATIENT, "keep": True})
    id_ = first.headers["rootline-case"]
    then = web.post("/api/ask", json={"question": "and if she is pregnant?", "case_id": id_})
    assert then.headers["rootline-case"] == id_
    known = {one["id"]: one["value"] for one in then.json()["facts"]}
    assert known["pregnant"] == "yes" and known["foot_drop"] == "complete"
    assert then.json()["question"].endswith("\nand if she is pregnant?")
    assert "pregnant" in web.get(f"/kept/{id_}").text
    (server.state / "cases" / f"{id_}.json").unlink()


def test_a_plan_from_facts_alone_has_every_advice_with_its_status(web, pack):
    told = web.post("/api/plan", json={"facts": {"foot_drop": "complete", "anticoagulant": "yes"}}).json()
    plan = run(pack, {"foot_drop": "complete", "anticoagulant": "yes"})
    assert told["schema"] == "rootline.plan/1"
    assert {one["id"]: one["status"] for one in told["advice"]} == {one.advice.id: one.status for one in plan.advised}
    assert told["urgency"]["at_least"] == plan.urgency.at_least == "urgent"
    assert told["ask_next"]
    conditional = [one for one in told["advice"] if one["status"] == "if"]
    assert conditional and all(one["condition"] for one in conditional)


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        ({}, 400, "body.question: Field required"),
        ({"question": ""}, 400, "there is no question"),
        ({"question": "Sciatica", "audience": "king"}, 400, "body.audience"),
        ({"question": "Sciatica", "facts": {"foot_drup": "none"}}, 404, "no fact is called"),
        ({"question": "Sciatica", "facts": {"age": "old"}}, 400, "is not a number"),
        ({"question": "Sciatica", "extra": 1}, 400, "body.extra"),
    ],
)
def test_what_cannot_be_read_is_told_with_how_to_mend_it(web, sent, status, says):
    answer = web.post("/api/ask", json=sent)
    assert answer.status_code == status
    assert says in answer.json()["detail"]
    assert answer.json()["mend"]


def test_a_form_from_a_page_is_no_api_call(web):
    """A page of another site can send text, not JSON, without asking first."""
    headers = {"Content-Type": "text/plain"}
    assert web.post("/api/ask", content=json.dumps({"question": PATIENT}), headers=headers).status_code == 400


def test_the_description_lists_both_calls_and_no_page(web):
    described = web.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {"/api/ask", "/api/plan"}
    answer = described["paths"]["/api/ask"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/Answer"}


def test_alive_and_ready(web, pack):
    assert web.get("/healthz").text == "ok\n"
    assert pack.sha256[:12] in web.get("/readyz").text
