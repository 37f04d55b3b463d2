"""The pages on HTTP and the client are true: addresses, keys, statuses and calls, both ways, and examples that run."""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from rootline.client import Client
from rootline.client.shapes import Listed, PlanAsked, Problem, Question, WhyAsked
from rootline.edges.rest.problem import _DESCRIBED, TOLD
from rootline.errors import RootlineError
from tests.server import Server, serving

DOCS = Path(__file__).parents[2] / "docs"
HTTP = (DOCS / "http.md").read_text(encoding="utf-8")
CLIENT = (DOCS / "client.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("docs")) as running:
        yield running


def first_column(text: str, headed: str) -> list[str]:
    """What stands in backticks in the first column of the table with this head."""
    table = re.search(rf"^\| {headed} \|.*?\n\n", text + "\n\n", re.MULTILINE | re.DOTALL)[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:] if line]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell) or [cell.strip()]]


def test_every_address_is_told_and_no_other(server):
    paths = httpx.get(f"{server.address}/openapi.json").json()["paths"]
    offered = [f"{method.upper()} {path}" for path, methods in paths.items() for method in methods]
    assert sorted(first_column(HTTP, "call")) == sorted(offered)


def test_every_filter_is_told(server):
    paths = httpx.get(f"{server.address}/openapi.json").json()["paths"]
    told = {line.split("|")[1]: line for line in HTTP.splitlines() if line.startswith("| `")}
    for path, methods in paths.items():
        for one in methods.get("get", {}).get("parameters", ()):
            if one["in"] == "query" and one["name"] not in ("limit", "offset"):
                (line,) = [line for calls, line in told.items() if f"`GET {path}`" in calls]
                assert f"`{one['name']}`" in line, (path, one["name"])


def test_every_key_of_a_patient_is_told_and_no_other():
    keys = {*Question.model_fields, *WhyAsked.model_fields, *PlanAsked.model_fields}
    assert set(first_column(HTTP, "key")) == keys


def test_every_status_is_told_and_no_other():
    assert {int(status) for status in first_column(HTTP, "status")} == {*_DESCRIBED, *TOLD}
    for name in (*Problem.model_fields, *Listed.model_fields):
        assert f"`{name}`" in HTTP


def test_the_examples_are_answered(server):
    shown = re.findall(r"curl -s http://127\.0\.0\.1:8642(\S+) .*?-d '(.*?)'", HTTP, re.DOTALL)
    assert len(shown) >= 2
    for path, body in shown:
        assert httpx.post(f"{server.address}{path}", json=json.loads(body), timeout=30).status_code == 200


def test_the_clients_example_prints_what_is_shown(server):
    code = re.search(r"```python\n(.*?)```", CLIENT, re.DOTALL)[1].replace("http://127.0.0.1:8642", server.address)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "client.md", "exec"), {})
    assert printed.getvalue() == re.search(r"```text\n(.*?)```", CLIENT, re.DOTALL)[1]


def test_every_call_and_error_of_the_client_is_told_and_no_other():
    assert set(first_column(CLIENT, "call")) == {name for name in vars(Client) if not name.startswith("_")}
    assert set(first_column(CLIENT, "error")) <= {one.__name__ for one in kinds(RootlineError)}


def kinds(error: type[RootlineError]) -> Iterator[type[RootlineError]]:
    yield error
    for one in error.__subclasses__():
        yield from kinds(one)
