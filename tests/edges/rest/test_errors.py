"""Every error is problem details that name the place and the mend, and repeat nothing that was sent."""

from __future__ import annotations

import asyncio
import json
import time

import httpx
import pytest
from fastapi import FastAPI

from rootline.edges.rest import bounded as bounded_
from rootline.edges.rest.bounded import TookTooLong, bounded
from rootline.edges.rest.problem import tell_errors
from rootline.edges.rest.rate import Buckets, Rate
from rootline.errors import BusyError, ConflictError, EvidenceError
from tests.edges.rest.conftest import V1
from tests.own_loop import run

NAME = "Zebedee Quagmire"
JSON = {"Content-Type": "application/json"}


def is_problem(answer: httpx.Response, status: int) -> dict[str, str]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail", "mend", "place"}
    assert told["status"] == status and told["title"] and told["detail"].endswith((".", "!"))
    assert "Quagmire" not in answer.text
    return told


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({}, "body.question"),
        ({"question": " "}, "body.question"),
        ({"question": "Sciatica", "audience": NAME}, "body.audience"),
        ({"question": "Sciatica", "facts": {"foot_drup": "none"}}, "body.facts.…"),
        ({"question": "Sciatica", "facts": {NAME: "none"}}, "body.facts.…"),
        ({"question": "Sciatica", "facts": {NAME: 1}}, "body.facts.…"),
        ({"question": "Sciatica", "facts": {"age": NAME}}, "body.facts.age"),
        ({"question": "Sciatica", "facts": {"foot_drop": NAME}}, "body.facts.foot_drop"),
        ({"question": "Sciatica", "onset": "0261-08-01"}, "body.onset"),
        ({"question": "Sciatica", "onset": NAME}, "body.onset"),
        ({"question": "Sciatica", "onset": 1_790_000_000}, "body.onset"),
        ({"question": "Sciatica", "onset": 0}, "body.onset"),
        ({"question": "Sciatica", "onset": 20_000.0}, "body.onset"),
        ({"question": "Sciatica", "onset": True}, "body.onset"),
        ({"question": "Sciatica", "onset": "1790000000"}, "body.onset"),
        ({"question": "Sciatica", "onset": "2026-11-20T00:00:00Z"}, "body.onset"),
        ({"question": "Sciatica", "onset": ["2026-11-20"]}, "body.onset"),
        ({"question": "Sciatica", NAME: 1}, "body"),
        ({"question": "Sciatica", "case_id": NAME}, "body.case_id"),
    ],
)
def test_what_cannot_be_is_told_with_its_place_and_how_to_mend_it(web, sent, place):
    told = is_problem(web.post(f"{V1}/ask", json=sent), 422)
    assert told["place"] == place and told["mend"]


@pytest.mark.parametrize("path", [f"{V1}/ask", "/api/ask", f"{V1}/plan", "/api/plan", f"{V1}/why", f"{V1}/search"])
@pytest.mark.parametrize(
    ("body", "place"),
    [
        ('{"facts": {"saddle_numbness": "yes", "saddle_numbness": "no"}}', "body.facts.saddle_numbness"),
        ('{"question": "Sciatica", "facts": {"age": "61"}, "facts": {}}', "body"),
        (f'{{"facts": {{"{NAME}": "yes", "{NAME}": "no"}}}}', "body"),
        ('{"question": "Saddle numbness", "question": "Sciatica"}', "body"),
    ],
)
def test_a_key_that_stands_twice_is_refused(web, path, body, place):
    told = is_problem(web.post(path, content=body.encode(), headers=JSON), 422)
    assert told["place"] == place and "twice" in told["detail"] and told["mend"]


@pytest.mark.parametrize(
    ("sent", "mend"),
    [
        ({"question": "Sciatica", "fcts": {}}, "Did you mean `facts`?"),
        ({"question": "Sciatica", "facts": {"age": 61}}, "Send it in quotes, a number too."),
    ],
)
def test_a_key_or_value_of_another_form_is_told_how_to_send_it(web, sent, mend):
    assert is_problem(web.post(f"{V1}/ask", json=sent), 422)["mend"] == mend


@pytest.mark.parametrize("kind", ["facts", "sources", "advice", "questions", "packs"])
def test_what_is_not_there_is_told_where_to_look(web, kind):
    path = f"{V1}/{kind}/x" + ("/answer" if kind == "questions" else "")
    assert is_problem(web.get(path), 404)["mend"]


def test_who_is_refused_is_told_what_would_be_answered(web):
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        assert is_problem(web.post(f"{V1}/ask", json={"question": "x"}, headers=headers), 403)["mend"]


def test_a_misspelt_fact_is_told_the_nearest(web):
    sent = {"question": "Sciatica", "facts": {"foot_drup": "none"}}
    assert web.post(f"{V1}/ask", json=sent).json()["mend"] == "Did you mean `foot_drop`?"


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("POST", "/ask", {"content": b"{", "headers": JSON}, 400),
        ("POST", "/ask", {"content": b"\xff\xfe", "headers": JSON}, 400),
        ("POST", "/ask", {"content": rb'{"question": "Sciatica \ud800"}', "headers": JSON}, 400),
        ("POST", "/plan", {"content": rb'{"facts": {"age": "\ud800"}}', "headers": JSON}, 400),
        ("POST", "/search", {"content": rb'{"query": "\udfff"}', "headers": JSON}, 400),
        ("POST", "/verify", {"content": rb'{"question": "\ud800"}', "headers": JSON}, 422),
        ("POST", "/verify", {"content": b"{", "headers": JSON}, 422),
        ("POST", "/verify", {"json": {NAME: 1}}, 422),
        ("POST", "/verify", {"content": f'{{"{NAME}": 1, "{NAME}": 2}}'.encode(), "headers": JSON}, 422),
        ("POST", "/ask", {"json": {"question": "x"}, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
        ("POST", "/ask", {"json": {"question": "x"}, "headers": {"Host": "rebound.example"}}, 403),
        ("GET", f"/{NAME}", {}, 404),
        ("GET", f"/facts/{NAME}", {}, 404),
        ("GET", f"/cases/{NAME}", {}, 404),
        ("GET", f"/points/nice-ng59-2020/{NAME}", {}, 404),
        ("GET", f"/sources?kind={NAME}", {}, 422),
        ("GET", "/facts?limit=201", {}, 422),
        ("GET", "/ask", {}, 405),
        ("PUT", "/ask", {}, 405),
        ("POST", "/ask", {"content": b'{"question": "' + b"x" * 300_000 + b'"}', "headers": JSON}, 413),
        ("POST", "/verify", {"content": b" " * 2_100_000, "headers": JSON}, 413),
        ("POST", "/ask", {"content": (b"x" * 90_000 for _ in range(4)), "headers": JSON}, 413),
        ("POST", "/ask", {"content": json.dumps({"question": NAME}), "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", "/verify", {"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", "/why", {"json": {"statement": NAME}}, 422),
        ("POST", "/ask", {"json": {"question": "x"}, "headers": {"Idempotency-Key": "k" * 256}}, 422),
        ("POST", "/ask", {"json": {"question": "x"}, "headers": {"Idempotency-Key": ""}}, 422),
        ("POST", "/ask", {"json": {"question": "x"}, "headers": [("Idempotency-Key", one) for one in "ab"]}, 422),
    ],
)
def test_every_refusal_is_a_problem(web, method, path, more, status):
    is_problem(web.request(method, f"{V1}{path}", **more), status)


def test_an_address_without_a_version_that_is_none_is_a_problem_too_and_a_page_stays_a_page(web):
    is_problem(web.get("/api"), 404)
    is_problem(web.get("/api/v2/ask"), 404)
    assert web.get("/apiary").headers["content-type"].startswith("text/html")


def test_a_refusal_has_the_headers_of_safety_and_the_methods_that_are_taken(web):
    refused = web.put(f"{V1}/ask")
    assert refused.headers["allow"] == "POST"
    for answer in (refused, web.post(f"{V1}/ask", headers={"Sec-Fetch-Site": "cross-site"})):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ('{"facts": {"age": NaN, "age": "61", "saddle_numbness": "yes", "saddle_numbness": "no"}}', "json", 400),
        ('{"facts": {"saddle_numbness": "yes", "saddle_numbness": "no"}}', "fhir+json", 415),
    ],
)
def test_a_key_that_stands_twice_does_not_slip_through_beside_something_else(web, body, kind, status):
    told = web.post(f"{V1}/plan", content=body, headers={"Content-Type": f"application/{kind}"})
    is_problem(told, status)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (f"{V1}/facts", "GET, HEAD"),
        (f"{V1}/cases/{'0' * 32}", "GET, HEAD, DELETE"),
        ("/openapi.json", "GET, HEAD"),
        ("/answer", "GET, HEAD, POST"),
        ("/static/live.js", "GET, HEAD"),
        ("/healthz", "GET, HEAD"),
    ],
)
def test_every_method_that_an_address_takes_is_named_and_taken(web, path, allowed):
    refused = web.put(path)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    assert web.head(path).status_code != 405


def test_nothing_of_a_patient_is_logged(web, server):
    web.post(f"{V1}/ask", json={"question": f"{NAME}, sciatica", "facts": {NAME: NAME}})
    web.post(f"{V1}/search", json={"words": NAME})
    assert "Quagmire" not in server.logged


async def _ask(app, path: str = "/", times: int = 1, client: str = "192.0.2.7") -> list[httpx.Response]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(client, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as asking:
        return [await asking.get(path) for _ in range(times)]


def failing(error: Exception) -> FastAPI:
    app = FastAPI()
    tell_errors(app)

    @app.get("/")
    def fail() -> None:
        raise error

    return app


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BusyError("another process is writing"), 503),
        (EvidenceError(f"{NAME} cannot be read"), 503),
        (ConflictError("the case was changed meanwhile"), 409),
        (ValueError(NAME), 500),
        (TookTooLong(), 503),
    ],
)
def test_what_goes_wrong_inside_is_a_problem(error, status):
    (answer,) = run(_ask(failing(error)))
    is_problem(answer, status)
    assert (answer.headers.get("retry-after") is not None) == (status == 503)


def test_work_that_takes_too_long_is_ended_and_its_thread_is_free_again(monkeypatch):
    monkeypatch.setattr(bounded_, "SECONDS", 0.2)
    steps = 0

    def endless() -> None:
        nonlocal steps
        while True:
            steps += 1

    async def both() -> int:
        with pytest.raises(TookTooLong):
            await bounded(endless)
        reached = steps
        await asyncio.sleep(0.1)
        assert steps == reached, "the thread is still at work"
        return await bounded(lambda: 7)

    begun = time.monotonic()
    assert run(both()) == 7
    assert time.monotonic() - begun < 5


def test_work_that_nobody_waits_for_any_more_is_ended():
    steps = 0

    def endless() -> None:
        nonlocal steps
        while True:
            steps += 1

    async def cancelled() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await bounded(endless)
        await asyncio.sleep(0.2)
        reached = steps
        await asyncio.sleep(0.1)
        assert steps == reached

    run(cancelled())


def limited(a_minute: int) -> FastAPI:
    app = FastAPI()
    app.add_middleware(Rate, a_minute=a_minute, counts=lambda path: path != "/open")

    @app.get("/")
    def answer() -> str:
        return "ok"

    return app


def test_who_asks_too_often_waits_and_others_do_not():
    app = limited(3)
    told = run(_ask(app, times=5))
    assert [one.status_code for one in told] == [200, 200, 200, 429, 429]
    is_problem(told[3], 429)
    assert 1 <= int(told[3].headers["retry-after"]) <= 20
    assert told[0].headers["ratelimit-policy"] == '"client";q=3;w=60'
    assert told[0].headers["ratelimit"] == '"client";r=2;t=20'
    assert told[3].headers["ratelimit"] == '"client";r=0;t=60'
    assert run(_ask(app, client="192.0.2.8"))[0].status_code == 200


def test_an_ipv6_client_is_its_network_and_tokens_come_back_with_time():
    app, buckets = limited(2), Buckets(2)
    for address in ("2001:db8::1", "2001:db8::2"):
        assert run(_ask(app, client=address))[0].status_code == 200
    assert run(_ask(app, client="2001:db8::3"))[0].status_code == 429
    assert run(_ask(app, client="2001:db8:0:1::1"))[0].status_code == 200
    assert [buckets.take("a", 0.0) for _ in range(3)] == [1.0, 0.0, -1.0]
    assert buckets.take("a", 30.0) == 0.0
    assert buckets.take("a", 10_000.0) == 1.0, "a bucket never holds more than a minute's worth"


def test_without_a_limit_nobody_is_counted(web):
    assert "ratelimit" not in web.get(f"{V1}/packs").headers
