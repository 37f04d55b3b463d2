"""Programs are held to one limit, wherever they ask, each told in the form of its room; pages are not counted."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from rootline.edges.fhir import routes as fhir
from rootline.edges.rest import bounded as bounded_
from rootline.edges.web.app import create_app
from rootline.edges.web.kept import Kept
from rootline.edges.web.opened import Opened
from rootline.edges.web.site import Site
from rootline.packs.model import Pack
from tests.edges.cds_hooks.calls import EXAMPLE
from tests.edges.cds_hooks.conftest import TRIAL
from tests.fhir.validators import by_models, by_schema
from tests.own_loop import run

HOOK = "/cds-services/rootline-order-sign"
APPLY = "/fhir/PlanDefinition/lumbar-radiculopathy/$apply"


@pytest.fixture
def app(pack: Pack, tmp_path: Path, monkeypatch) -> FastAPI:
    monkeypatch.setenv("ROOTLINE_CDS", str(TRIAL))
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path))
    hosts = frozenset({"127.0.0.1"})
    return create_app(Site(pack, b"k" * 32, Kept(tmp_path / "cases"), Opened(tmp_path, b"k" * 32), hosts, a_minute=2))


def ask(app: FastAPI, *requests: tuple[str, str, object]) -> list[httpx.Response]:
    """What each request is answered, one after the other, all from one address."""

    async def asking() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("192.0.2.7", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [await client.request(method, path, json=sent) for method, path, sent in requests]

    return run(asking())


def test_the_limit_is_one_for_all_rooms_and_each_tells_it_in_its_own_form(app):
    fine = [("GET", "/fhir/metadata", None), ("POST", HOOK, EXAMPLE)]
    over = [("GET", "/fhir/metadata", None), ("POST", HOOK, EXAMPLE), ("GET", "/api/v1/packs", None)]
    told = ask(app, *fine, *over, ("GET", "/", None))
    assert [one.status_code for one in told] == [200, 200, 429, 429, 429, 200]
    assert told[1].headers["ratelimit"] == '"client";r=0;t=60'
    for one in told[2:5]:
        assert int(one.headers["retry-after"]) > 0
    outcome = told[2].json()
    assert by_models(outcome) == by_schema(outcome) == []
    assert outcome["issue"][0]["code"] == "throttled" and "Retry-After" in outcome["issue"][0]["details"]["text"]
    for one in told[3:5]:
        assert one.headers["content-type"] == "application/problem+json"
        assert "2 requests a minute" in one.json()["detail"]


@pytest.mark.parametrize(("path", "kind"), [(APPLY, "application/fhir+json"), (HOOK, "application/problem+json")])
def test_work_that_takes_too_long_is_ended_and_told(app, monkeypatch, path, kind):
    def endless(*_: object) -> None:
        while True:
            time.sleep(0.01)

    monkeypatch.setattr(bounded_, "SECONDS", 0.3)
    monkeypatch.setattr(fhir, "apply", endless)
    monkeypatch.setattr("rootline.edges.cds_hooks.service.read_facts", endless)
    (told,) = ask(app, ("POST", path, EXAMPLE))
    assert (told.status_code, told.headers["content-type"]) == (503, kind)
    assert int(told.headers["retry-after"]) > 0 and "stopped" in told.text


@pytest.mark.parametrize(("path", "kind"), [(APPLY, "application/fhir+json"), (HOOK, "application/problem+json")])
def test_what_goes_wrong_inside_is_told_in_the_form_of_the_room(app, monkeypatch, path, kind):
    def broken(*_: object) -> None:
        raise ValueError("Zebedee Quagmire")

    monkeypatch.setattr(fhir, "apply", broken)
    monkeypatch.setattr("rootline.edges.cds_hooks.service.read_facts", broken)
    (told,) = ask(app, ("POST", path, EXAMPLE))
    assert (told.status_code, told.headers["content-type"]) == (500, kind)
    assert "Quagmire" not in told.text and "went wrong" in told.text
