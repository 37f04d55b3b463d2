"""The page on the desk's API is true: addresses, actions, filters and calls, both ways, and its examples run."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from rootline.client.desk import DeskClient
from rootline.desk.opening import make_desk
from rootline.desk.people.api_tokens import make_token
from rootline.desk.people.store import People
from rootline.edges.desk_api.join import PREFIX
from tests.desk.people.conftest import join
from tests.edges.desk.at_desk.conftest import PEOPLE
from tests.edges.desk_api.test_matrix import ROWS
from tests.repo.test_http_docs import first_column
from tests.server import Server, serving

TEXT = (Path(__file__).parents[2] / "docs" / "desk-api.md").read_text(encoding="utf-8")
OWN_ADDRESS = "http://127.0.0.1:8642"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[tuple[Server, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("desk-docs")
    url = f"sqlite:///{folder / 'desk.sqlite'}"
    people = People(make_desk(url).engine)
    tokens = {}
    for login, name, scopes in (("author", "ANN", ("read", "submit")), ("reviewer", "BEN", ("read", "review"))):
        join(people, login, *PEOPLE[login])
        tokens[name] = make_token(people, login, "the docs", scopes, 1)
    with serving(folder, ROOTLINE_DESK=url) as server:
        yield server, tokens


def rows() -> list[list[str]]:
    lines = [one for one in TEXT.splitlines() if one.startswith("| `") and "/api/v1/desk/" in one]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_address_is_told_with_the_action_it_stands_for(site):
    told = {tuple(cells[0].strip("`").split(" ")): cells[1] for cells in rows()}
    assert told == {(method, PREFIX + path): action for (method, path), action in ROWS.items()}
    paths = httpx.get(f"{site[0].address}/openapi.json").json()["paths"]
    offered = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert {one for one in offered if one[1].startswith(PREFIX)} == set(told)


def test_every_filter_and_every_key_of_an_act_is_told(site):
    described = httpx.get(f"{site[0].address}/openapi.json").json()
    told = {cells[0]: cells[2] for cells in rows()}
    for path, methods in described["paths"].items():
        for method, one in methods.items() if path.startswith(PREFIX) else ():
            line = told[f"`{method.upper()} {path}`"]
            names = [each["name"] for each in one.get("parameters", ()) if each["in"] == "query"]
            for name in set(names) - {"limit", "offset"}:
                assert f"`{name}`" in line, (path, name)
    for name in ("sha256", "seen", "version", "declares", "why", "how", "statement"):
        assert f"`{name}`" in TEXT


def test_every_call_of_the_client_is_told_and_no_other():
    calls = {name for name in vars(DeskClient) if not name.startswith("_")}
    assert set(first_column(TEXT, "call of `Client.desk`")) == calls


def test_the_commands_are_answered(site):
    server, tokens = site
    (block,) = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    script = block.replace(OWN_ADDRESS, server.address).replace("rootline_…", tokens["BEN"])
    script = re.sub(r"^(curl .*?[^\\])$", r"\1; echo", script, flags=re.MULTILINE | re.DOTALL)
    printed = subprocess.run(["bash", "-ec", script], capture_output=True, text=True, check=True, timeout=60).stdout
    piece, queue, given = [json.loads(line) for line in printed.splitlines() if line]
    assert piece["review"]["state"] == "submitted" and queue["total"] == 0 and given["kind"] == "unclear"
    httpx.post(
        f"{server.address}{PREFIX}/feedback/{given['id']}/settle", json={"how": "Read."},
        headers={"Authorization": f"Bearer {tokens['BEN']}"},
    ).raise_for_status()  # fmt: skip


def test_the_example_prints_what_is_shown(site):
    server, tokens = site
    code = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)[1].replace(OWN_ADDRESS, server.address)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "desk-api.md", "exec"), dict(tokens))
    assert printed.getvalue() == re.findall(r"```text\n(.*?)```", TEXT, re.DOTALL)[-1]
