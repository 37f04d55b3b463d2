"""A browser of an origin that the settings name can read every reply, whichever layer it came from; no other can."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from rootline.edges.cds_hooks.crossing import Crossing
from rootline.edges.rest.as_problem import AsProblem
from rootline.edges.web.guard import Guard
from tests.edges.cds_hooks.calls import EXAMPLE
from tests.own_loop import run
from tests.server import Server, free_port, serving

ORIGIN = "https://ehr.example"
SIGN = "/cds-services/rootline-order-sign"
FROM = {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}
EVIL = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture(scope="module")
def hurried(tmp_path_factory) -> Iterator[Server]:
    """A server that takes three calls a minute."""
    folder, port = tmp_path_factory.mktemp("crossing"), free_port()
    settings = folder / "cds.yaml"
    settings.write_text(f'address: "http://127.0.0.1:{port}"\norigins: ["{ORIGIN}"]\nwithout token: yes\n')
    with serving(folder, port=port, ROOTLINE_CDS=str(settings), ROOTLINE_REQUESTS_A_MINUTE="3") as server:
        yield server


def test_a_call_that_comes_too_often_or_to_another_name_can_be_read(hurried):
    with httpx.Client(base_url=hurried.address, timeout=30) as http:
        for path in (SIGN, "/cds-services", "/api/v1/packs", "/"):
            rebound = http.post(path, json=EXAMPLE, headers={**FROM, "Host": "rebound.example"})
            assert rebound.status_code == 403
            assert ("access-control-allow-origin" in rebound.headers) == path.startswith("/cds-services")
        told = [http.post(SIGN, json=EXAMPLE, headers=FROM) for _ in range(4)]
        assert [one.status_code for one in told] == [200, 200, 200, 429]
        for one in told:
            assert one.headers["access-control-allow-origin"] == ORIGIN and "Origin" in one.headers["vary"]
        assert told[-1].headers["content-type"] == "application/problem+json"
        assert "Retry-After" in told[-1].headers["access-control-expose-headers"]
        asked = http.options(SIGN, headers={**FROM, "Access-Control-Request-Method": "POST"})
        assert asked.status_code == 204, "a browser that may not ask cannot read why it may not call"
        assert asked.headers["access-control-allow-origin"] == ORIGIN
        refused = http.post(SIGN, json=EXAMPLE, headers=EVIL)
        assert refused.status_code == 429 and "access-control-allow-origin" not in refused.headers


async def broken(scope, receive, send):
    raise ValueError("no")


async def slow(scope, receive, send):
    await asyncio.sleep(60)


@pytest.mark.parametrize(("app", "status"), [(broken, 500), (slow, 503)])
@pytest.mark.parametrize(("origin", "is_let"), [(ORIGIN, True), ("https://evil.example", False)])
def test_a_failure_can_be_read_too(app, status, origin, is_let):
    layers = Crossing(AsProblem(Guard(app, frozenset(), seconds=0.05)), frozenset({ORIGIN}))

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=layers)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
            return await http.post(SIGN, headers={"Origin": origin})

    told = run(ask())
    assert told.status_code == status and told.headers["content-type"] == "application/problem+json"
    assert (told.headers.get("access-control-allow-origin") == ORIGIN) == is_let
    assert told.headers["vary"] == "Origin"
