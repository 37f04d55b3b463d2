"""The description of the desk's API is valid, complete and kept to, whoever asks: no call ends in a server error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from rootline.desk.opening import make_desk
from rootline.desk.people.api_tokens import make_token
from rootline.desk.people.permissions import SCOPES
from rootline.desk.people.store import People
from tests.desk.conftest import EXAMPLE, fresh
from tests.desk.people.conftest import join
from tests.edges.desk.at_desk.conftest import PEOPLE
from tests.edges.desk_api.conftest import V1, submitted
from tests.server import serving

# Each kind of token, and none. The same calls are made by each.
KINDS = {
    "": (),
    "reader": ("read", "feedback"),
    "author": ("read", "submit"),
    "reviewer": ("review",),
    "chair": tuple(SCOPES),
}
HELD = {"excluded_checks": [positive_data_acceptance, ignored_auth]}  # who may, and what is there, are other tests


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def programs(request, tmp_path_factory) -> Iterator[list[httpx.Client]]:
    """A program for each kind of token, at a server whose desk holds the pack and an answer."""
    folder = tmp_path_factory.mktemp("contract")
    url = fresh(request, request.param, folder)
    desk = make_desk(url)
    people = People(desk.engine)
    for login, who in PEOPLE.items():
        join(people, login, *who)
    tokens = {login: make_token(people, login, "x", scopes, 1) if login else "" for login, scopes in KINDS.items()}
    with serving(folder, "--pack", str(EXAMPLE), ROOTLINE_DESK=url) as server, ExitStack() as opened:
        asking = [
            opened.enter_context(httpx.Client(base_url=server.address, headers=bearer(one), timeout=30))
            for one in tokens.values()
        ]
        for piece in ("ankle-sprain", "ankle-sprain/first-steps/clinician"):
            submitted(asking[2], piece)
        yield asking
        assert "Traceback" not in server.logged and "failed" not in server.logged
    desk.close()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def test_whatever_is_sent_the_answer_is_one_of_those_described(programs):
    described = schemathesis.openapi.from_url(f"{programs[0].base_url}/openapi.json")
    described.config.generation.update(with_security_parameters=False)  # each token in its turn
    operations = [one.ok() for one in described.get_all_operations() if one.ok().path.startswith(f"{V1}/")]
    assert len(operations) >= 19
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _hold_to_the_description(operation, mode, programs)


def _hold_to_the_description(operation, mode: GenerationMode, programs: list[httpx.Client]) -> None:
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def hold(case):
        for asking in programs:
            headers = {name: value for name, value in asking.headers.items() if name == "authorization"}
            case.call_and_validate(headers=headers, **HELD)
        if mode is GenerationMode.POSITIVE:  # once more, at what is there
            _aim(case, programs[-1])
            for asking in programs:
                headers = {name: value for name, value in asking.headers.items() if name == "authorization"}
                case.call_and_validate(headers=headers, **HELD)

    with suppress(Unsatisfiable):  # an address of names alone: whatever is put there fits
        hold()


def _aim(case, asking: httpx.Client) -> None:
    """Have the call meet what is there, as its sender would read it."""
    editions = {one["id"]: one for one in asking.get(f"{V1}/editions").json().get("items", ())}
    edition = editions.get(2, {"sha256": "0" * 64, "version": 1})
    real = {"sha256": edition["sha256"], "seen": edition["version"], "piece": "ankle-sprain/first-steps/clinician"}
    for name in set(case.path_parameters or {}) & {"edition", "number"}:
        case.path_parameters[name] = 2 if name == "edition" else 1
    if isinstance(case.body, dict):
        case.body = {name: real.get(name, value) for name, value in case.body.items()}


def test_the_description_with_a_desk_is_valid_openapi_3_1_and_tells_of_tokens(programs):
    described = programs[0].get("/openapi.json").json()
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    operations = {
        (method, path): one for path, methods in described["paths"].items() for method, one in methods.items()
    }  # fmt: skip
    assert len({one["operationId"] for one in operations.values()}) == len(operations)
    for (_, path), one in operations.items():
        is_desk = path.startswith(f"{V1}/")
        assert bool(one.get("security")) == is_desk, path
        if is_desk:
            assert one["description"] and one["summary"] and one["tags"] == ["desk"]
            assert {"401", "403", "429", "500", "503"} <= set(one["responses"])
