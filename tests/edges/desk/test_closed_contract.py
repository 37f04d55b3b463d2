"""Where reading takes an account, every described call keeps to the description, by a token and by none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from rootline.client.shapes import Problem
from rootline.desk.opening import make_desk
from rootline.desk.people.api_tokens import make_token
from rootline.desk.people.store import People
from tests.desk.conftest import EXAMPLE
from tests.desk.people.conftest import join
from tests.edges.desk.at_desk.conftest import PEOPLE
from tests.server import ROOT, Server, serving

HELD = {"excluded_checks": [positive_data_acceptance, ignored_auth]}
ROOMS = ("/api/v1/ask", "/api", "/openapi.json", "/cds-services", "/cds-services/ankle-sprain", "/fhir/metadata")


@pytest.fixture(scope="module")
def closed(tmp_path_factory) -> Iterator[tuple[Server, str]]:
    """The server, with the CDS Hooks service in it, and a reader's token."""
    folder = tmp_path_factory.mktemp("closed")
    url = f"sqlite:///{folder / 'desk.sqlite'}"
    desk = make_desk(url)
    people = People(desk.engine)
    join(people, "reader", *PEOPLE["reader"])
    token = make_token(people, "reader", "x", ("read", "feedback"), 1)
    more = {"ROOTLINE_READERS": "accounts", "ROOTLINE_CDS": str(ROOT / "docs/examples/cds/trial.yaml")}
    with serving(folder, "--pack", str(EXAMPLE), ROOTLINE_DESK=url, **more) as server:
        yield server, token
        assert "Traceback" not in server.logged and "failed" not in server.logged
    desk.close()


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ROOMS)
def test_a_program_without_an_account_is_told_so_and_nothing_else(closed, path, method, coding):
    told = httpx.request(
        method, f"{closed[0].address}{path}", headers={"Accept-Encoding": coding}, json={}, timeout=30
    )  # fmt: skip
    assert told.status_code == 401 and "<" not in told.text
    if path.startswith("/fhir"):
        assert told.json()["issue"][0]["code"] == "login"
    else:
        assert told.headers["content-type"] == "application/problem+json"
        assert Problem(**told.json()).detail == "To read takes an account."


def test_whatever_is_sent_the_answer_is_one_of_those_described(closed):
    server, token = closed
    signed_in = {"Authorization": f"Bearer {token}"}
    with ExitStack() as opened:
        asking = opened.enter_context(httpx.Client(base_url=server.address, headers=signed_in, timeout=30))
        described = schemathesis.openapi.from_dict(asking.get("/openapi.json").json())
        described.config.update(base_url=server.address)
        described.config.generation.update(with_security_parameters=False)
        operations = [one.ok() for one in described.get_all_operations()]
        assert len(operations) >= 46
        for operation in operations:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _hold_to_the_description(operation, mode, signed_in)


def _hold_to_the_description(operation, mode: GenerationMode, signed_in: dict[str, str]) -> None:
    @settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def hold(case):
        case.call_and_validate(headers=signed_in, **HELD)
        assert case.call_and_validate(**HELD).status_code == 401

    with suppress(Unsatisfiable):  # an address of names alone: whatever is put there fits
        hold()
