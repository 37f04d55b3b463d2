"""The description is valid, complete and kept to: nothing that fits it is answered outside it, and nothing breaks."""

from __future__ import annotations

from contextlib import suppress

import httpx
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.edges.rest.conftest import V1


def test_whatever_is_sent_the_answer_is_one_of_those_described(server):
    described = schemathesis.openapi.from_url(f"{server.address}/openapi.json")
    operations = [one.ok() for one in described.get_all_operations()]
    assert len(operations) >= 27
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _hold_to_the_description(operation, mode)


def _hold_to_the_description(operation, mode: GenerationMode) -> None:
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def hold(case):
        # which facts there are, and which words can be read, is not said by the description
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    with suppress(Unsatisfiable):  # an address of names alone: whatever is put there fits
        hold()


def test_the_description_is_valid_openapi_3_1(web):
    described = web.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []


def test_every_operation_tells_what_it_does_and_all_of_its_errors(web):
    operations = [one for path in web.get("/openapi.json").json()["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    for one in operations:
        assert one["description"] and one["summary"] and one["tags"]
        errors = {status: told for status, told in one["responses"].items() if status >= "4"}
        assert {"429", "500", "503"} <= set(errors)
        assert all(list(told["content"]) == ["application/problem+json"] for told in errors.values())


def test_every_example_is_true(web):
    """Each request that the description shows is answered."""
    described = web.get("/openapi.json").json()
    shapes, shown = described["components"]["schemas"], 0
    for path, methods in described["paths"].items():
        body = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        name = body.get("schema", {}).get("$ref", "").rpartition("/")[2]
        for example in shapes.get(name, {}).get("examples", ()):
            assert web.post(path, json=example).status_code == 200, (path, example)
            shown += 1
    assert shown >= 7


def test_the_names_without_a_version_are_the_newest(web):
    sent = {"question": "Sciatica for 3 weeks, which painkiller?"}
    assert web.post("/api/ask", json=sent).json() == web.post(f"{V1}/ask", json=sent).json()
    facts = {"facts": {"foot_drop": "complete"}}
    assert web.post("/api/plan", json=facts).json() == web.post(f"{V1}/plan", json=facts).json()


def test_head_tells_what_get_would_without_its_body(server, web):
    paths = [path for path, methods in web.get("/openapi.json").json()["paths"].items() if "get" in methods]
    plain = [path for path in paths if "{" not in path]
    assert len(plain) >= 7
    for path in (*plain, "/", "/sources", "/healthz", "/metrics", "/openapi.json", f"{V1}/nothing", f"{V1}/ask"):
        got, head = web.get(path), web.head(path)
        assert head.status_code == got.status_code and head.content == b"", path
        assert head.headers["content-type"] == got.headers["content-type"]
        if path != "/metrics":  # it counts what was just asked
            assert head.headers["content-length"] == got.headers["content-length"], path
    with httpx.Client(base_url=server.address) as same_connection:
        assert [same_connection.head("/").status_code for _ in range(3)] == [200] * 3
