"""What the page on FHIR shows a server asked, it answers."""

from __future__ import annotations

import json
import re
import shlex

import httpx
import pytest

from tests.edges.fhir.test_pack import codings
from tests.repo.test_docs import DOCS, FENCE
from tests.server import serving

PAGE = (DOCS / "fhir-out.md").read_text(encoding="utf-8")
ASKED = [block for language, block in FENCE.findall(PAGE) if language == "sh"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("docs")) as running:
        yield running


def answered(server, command: str) -> httpx.Response:
    """What the server gives to a command as curl would send it."""
    words = shlex.split(command.replace("\\\n", " "))
    assert words[:2] == ["curl", "-s"]
    address = words[2].replace("http://127.0.0.1:8642", server.address)
    options = dict(zip(words[3::2], words[4::2], strict=True))
    if not options:
        return httpx.get(address)
    name, _, value = options["-H"].partition(": ")
    return httpx.post(address, content=options["-d"], headers={name: value})


def test_the_questions_and_the_plan_come_as_shown(server):
    questions, plan = (answered(server, one) for one in ASKED)
    assert questions.json()["resourceType"] == "Questionnaire"
    assert questions.json()["id"] == "lumbar-radiculopathy.patient"
    told = json.dumps(plan.json())
    shown = next(block for language, block in FENCE.findall(PAGE) if language == "json")
    for line in shown.splitlines():
        assert json.dumps(json.loads(line)) in told
    assert [one["resource"]["resourceType"] for one in plan.json()["entry"]] == re.findall(
        r"^\| (Composition|GuidanceResponse|CarePlan|RiskAssessment) \|", PAGE, re.MULTILINE
    )


def test_the_page_names_the_kinds_that_a_server_has(server):
    statement = httpx.get(f"{server.address}/fhir/metadata").json()
    kinds = {one["type"] for one in statement["rest"][0]["resource"]}
    named = set(re.findall(r"^\| ([A-Z]\w+) \|", PAGE, re.MULTILINE))
    assert named >= kinds - {"OperationDefinition"}
    assert list(codings(statement))
