"""The service over HTTP, in the server that `rootline serve` runs: discovery, hooks, tokens, CORS, feedback, cases."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import jsonschema
import pytest

from tests.edges.cds_hooks.calls import APIXABAN, EXAMPLE, SCIATICA, call, drug, signing
from tests.edges.cds_hooks.schemas import CARDS, DISCOVERY, FEEDBACK, REQUEST
from tests.edges.cds_hooks.tokens import ISSUER, key_set, token
from tests.edges.fhir.resources import concept, condition, patient
from tests.server import Server, free_port, serving

ORIGIN = "https://ehr.example"
SIGN = "/cds-services/rootline-order-sign"


@dataclass(frozen=True)
class Called:
    server: Server
    http: httpx.Client

    def post(self, path: str, body: object, **more: object) -> httpx.Response:
        """As the client that the settings name."""
        headers = {"Authorization": f"Bearer {token(self.server.address + path)}", **dict(more.pop("headers", {}))}
        return self.http.post(path, json=body, headers=headers, **more)


@pytest.fixture(scope="module")
def called(tmp_path_factory) -> Iterator[Called]:
    folder, port = tmp_path_factory.mktemp("cds"), free_port()
    (folder / "keys.json").write_text(json.dumps(key_set()))
    (folder / "cds.yaml").write_text(
        f'address: "http://127.0.0.1:{port}"\norigins: ["{ORIGIN}"]\nkeep cases: yes\n'
        f'clients:\n  "{ISSUER}": {{keys: keys.json}}\n'
    )
    with (
        serving(folder, "--workers", "2", port=port, ROOTLINE_CDS=str(folder / "cds.yaml")) as server,
        httpx.Client(base_url=server.address, timeout=30) as http,
    ):
        yield Called(server, http)


def test_discovery_has_the_public_shape_and_needs_no_token(called):
    found = called.http.get("/cds-services").json()
    jsonschema.validate(found, DISCOVERY)
    assert [one["hook"] for one in found["services"]] == ["patient-view", "order-select", "order-sign"]
    for one in found["services"]:
        assert "http://loinc.org|98979-8" in one["prefetch"]["observations"]
        assert one["prefetch"]["examined"].endswith("category=exam")
        assert "on-hold" in one["prefetch"]["medications"] and "in-progress" in one["prefetch"]["answers"]


def test_the_example_of_the_docs_gets_the_card_that_they_show(called):
    jsonschema.validate(EXAMPLE, REQUEST)
    answered = called.post(SIGN, EXAMPLE)
    assert answered.status_code == 200
    jsonschema.validate(answered.json(), CARDS)
    (card,) = answered.json()["cards"]
    assert card["summary"].startswith("NSAID: contraindicated here (on an anticoagulant)")
    assert card["source"]["url"] == f"{called.server.address}/advice/nsaid-avoid"
    assert called.http.get(card["source"]["url"]).status_code == 200


def test_without_a_token_nobody_is_answered(called):
    refused = called.http.post(SIGN, json=EXAMPLE)
    assert refused.status_code == 401 and refused.headers["www-authenticate"] == "Bearer"
    assert "Send a token of a client" in refused.json()["mend"]
    assert refused.headers["content-type"] == "application/problem+json"
    for path in (f"{SIGN}/feedback", "/cds-services/nothing"):
        assert called.http.post(path, json={}).status_code == 401


def test_a_token_opens_one_address_once_whichever_process_answers(called):
    said = {"Authorization": f"Bearer {token(called.server.address + SIGN)}"}
    first = [called.http.post(SIGN, json=EXAMPLE, headers=said).status_code for _ in range(6)]
    assert first == [200, 401, 401, 401, 401, 401]
    other = {"Authorization": f"Bearer {token(called.server.address + '/cds-services/rootline-patient-view')}"}
    assert called.http.post(SIGN, json=EXAMPLE, headers=other).status_code == 401
    stale = {"Authorization": f"Bearer {token(called.server.address + SIGN, exp=int(time.time()) - 60)}"}
    assert called.http.post(SIGN, json=EXAMPLE, headers=stale).status_code == 401


def test_only_named_origins_may_call_from_a_browser(called):
    asked = called.http.options(SIGN, headers={"Origin": ORIGIN, "Access-Control-Request-Method": "POST"})
    assert asked.headers["access-control-allow-origin"] == ORIGIN
    assert "Authorization" in asked.headers["access-control-allow-headers"]
    crossing = {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}
    assert called.post(SIGN, EXAMPLE, headers=crossing).headers["access-control-allow-origin"] == ORIGIN
    evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    refused = called.post(SIGN, EXAMPLE, headers=evil)
    assert refused.status_code == 403 and "access-control-allow-origin" not in refused.headers
    assert "access-control-allow-origin" not in called.http.options(SIGN, headers=evil).headers
    assert called.http.post("/api/plan", json={}, headers=crossing).status_code == 403  # the rest stays shut


def test_feedback_goes_back_to_the_service_that_gave_the_card(called):
    (card,) = called.post(SIGN, EXAMPLE).json()["cards"]
    body = {"feedback": [{"card": card["uuid"], "outcome": "accepted", "outcomeTimestamp": "2020-12-11T00:00:00Z",
                          "acceptedSuggestions": [{"id": card["suggestions"][0]["uuid"]}]}]}  # fmt: skip
    jsonschema.validate(body, FEEDBACK)
    kept = called.post(f"{SIGN}/feedback", body)
    assert (kept.status_code, kept.json()) == (200, {})
    stale = {**body["feedback"][0], "card": str(uuid.UUID(int=1))}
    partly = called.post(f"{SIGN}/feedback", {"feedback": [*body["feedback"], stale]})
    assert partly.status_code == 200
    assert partly.json() == {"refused": [{"entry": 1, "why": "a card is not known here"}]}
    assert called.post("/cds-services/rootline-patient-view/feedback", body).status_code == 404
    assert called.post(f"{SIGN}/feedback", {"feedback": []}).status_code == 400
    told = (called.server.state / "cds" / "feedback.jsonl").read_text()
    assert card["uuid"] in told


def test_the_link_opens_the_case_with_its_urgency(called):
    drop = condition(concept("icd10cm", "M21.372"), "fd", recordedDate=time.strftime("%Y-%m-%d"))
    (card,) = called.post("/cds-services/rootline-patient-view", call(SCIATICA, drop)).json()["cards"]
    page = called.http.get(card["links"][0]["url"])
    assert page.status_code == 200 and "URGENT" in page.text and "foot drop" in page.text
    assert called.http.get("/kept/" + "0" * 32).status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", 400),
        (b"[" * 200_000, 400),
        (json.dumps(EXAMPLE).replace("apixaban", r"\ud800").encode(), 400),
        (b'{"hook": "patient-view"}', 400),
        (json.dumps({**EXAMPLE, "prefetch": {}}).encode(), 412),
        (json.dumps({**EXAMPLE, "prefetch": {"patient": {"resourceType": "Condition", "id": "x"}}}).encode(), 400),
        (json.dumps({**EXAMPLE, "padding": "x" * 8_100_000}).encode(), 413),
    ],
    ids=["no JSON", "deep", "half a character", "another hook", "no patient", "wrong type", "huge"],
)
def test_a_bad_request_gets_a_problem_that_repeats_nothing(called, body, code):
    headers = {"Authorization": f"Bearer {token(called.server.address + SIGN)}", "Content-Type": "application/json"}
    refused = called.http.post(SIGN, content=body, headers=headers)
    assert refused.status_code == code
    told = refused.json()
    assert set(told) == {"type", "title", "status", "detail", "mend", "place"}
    assert told["status"] == code and told["detail"].endswith(".") and "Apixaban" not in refused.text


def test_a_record_of_thousands_is_refused_and_one_of_many_is_not(called):
    def record(count: int) -> dict[str, object]:
        return call(*(condition(concept("icd10cm", "R50.9"), f"c{n}") for n in range(count)), SCIATICA)

    assert len(called.post("/cds-services/rootline-patient-view", record(2000)).json()["cards"]) == 1
    assert called.post("/cds-services/rootline-patient-view", record(6000)).status_code == 400


def test_no_patients_words_reach_the_log_or_the_counts(called):
    person = patient(birthDate="1980-01-01", name=[{"family": "Zwetschgenbaum"}])
    odd = condition(concept(text="Zwetschgenbaum's sciatica"), "c2", verificationStatus="x")
    assert called.post(
        SIGN, signing(SCIATICA, APIXABAN, odd, orders=[drug(concept("rxnorm", "5640"))], person=person)
    ).json()
    assert "Zwetschgenbaum" not in called.server.logged
    assert "Zwetschgenbaum" not in called.http.get("/metrics").text
    for path in (called.server.state / "cds").rglob("*"):
        assert path.is_dir() or "Zwetschgenbaum" not in path.read_text()


def test_the_service_is_off_until_it_is_set_up(tmp_path):
    with serving(tmp_path, ROOTLINE_CDS="") as server:
        assert httpx.get(f"{server.address}/cds-services").status_code == 404
        assert httpx.post(f"{server.address}{SIGN}", json=EXAMPLE).status_code == 404
