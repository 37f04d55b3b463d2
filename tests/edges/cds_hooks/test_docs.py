"""docs/cds-hooks.md tells the truth: its commands, the card they give, its settings, its services."""

from __future__ import annotations

import ast
import json
import re
import shlex
from urllib.parse import urlsplit

import httpx
import pytest

from rootline.edges.cds_hooks.body import HOOKS
from rootline.edges.cds_hooks.config import read_config
from rootline.edges.cds_hooks.service import service_id
from tests.edges.cds_hooks.tokens import key_set
from tests.server import ROOT, serving

PAGE = (ROOT / "docs" / "cds-hooks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def block(language: str, holding: str) -> str:
    return next(text for kind, text in BLOCKS if kind == language and holding in text)


def test_the_commands_give_the_card_that_is_shown(tmp_path):
    serve, call = block("text", "curl").replace("\\\n", " ").splitlines()
    name, _, settings = serve.split()[0].partition("=")
    words = shlex.split(call)
    request, address = next(word for word in words if word.startswith("@"))[1:], words[-1]
    with serving(tmp_path, **{name: settings}) as server:
        body = (ROOT / request).read_bytes()
        path = urlsplit(address).path
        answered = httpx.post(server.address + path, content=body, headers={"Content-Type": "application/json"})
    (card,) = answered.json()["cards"]
    shown = json.loads(block("json", "summary"))
    assert {key: card[key] for key in shown} == shown
    assert f"{urlsplit(address).scheme}://{urlsplit(address).netloc}" == read_config(ROOT / settings).address


def test_the_settings_shown_can_be_read(tmp_path):
    (tmp_path / "ehr-keys.json").write_text(json.dumps(key_set()))
    (tmp_path / "cds.yaml").write_text(block("yaml", "clients"))
    assert read_config(tmp_path / "cds.yaml").clients


def test_every_setting_is_told_and_no_other():
    source = ast.parse((ROOT / "src/rootline/edges/cds_hooks/config.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    takes = [one for one in calls if one.func.attr in ("text", "texts", "flag", "mapping")]
    taken = {one.args[0].value for one in takes if isinstance(one.args[0], ast.Constant)}
    table = PAGE.partition("## Settings")[2].partition("```")[0]
    told = set(re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)) | {"keys", "algorithms"}
    assert told == taken


@pytest.mark.parametrize("hook", HOOKS)
def test_every_service_is_told(hook):
    assert f"| `{service_id(hook)}` | `{hook}` |" in PAGE
