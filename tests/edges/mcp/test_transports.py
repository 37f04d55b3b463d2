"""The SDK's own client against the real server, over standard input and output and over HTTP."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from tests.edges.mcp.conftest import PATIENT, environment, talk
from tests.own_loop import run
from tests.server import ROOT

PAGE = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8")
FRESH = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_conversation_in_the_docs_runs_and_prints_what_is_shown(tmp_path):
    script = tmp_path / "conversation.py"
    launch = f"command={sys.executable!r}, args=['-m', 'rootline', 'mcp'], env={environment(tmp_path)!r}"
    program = blocks("python")[0]
    assert 'command="rootline", args=["mcp"]' in program
    script.write_text(program.replace('command="rootline", args=["mcp"]', launch))
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=100, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout == blocks("text")[1]
    assert done.stderr == ""


def test_the_configurations_in_the_docs_are_json_and_name_the_command_and_the_address():
    first, second = (json.loads(one)["mcpServers"]["rootline"] for one in blocks("json"))
    assert first == {"command": "rootline", "args": ["mcp"]}
    assert second["url"] == "http://127.0.0.1:8643/mcp"


def test_standard_output_holds_the_protocol_alone_and_a_failure_logs_no_words(tmp_path):
    with (tmp_path / "log").open("w") as log:
        arguments = ["-m", "rootline", "mcp"]
        server = StdioServerParameters(command=sys.executable, args=arguments, env=environment(tmp_path), cwd=ROOT)

        async def fails() -> None:
            async with Client(stdio_client(server, errlog=log)) as client:
                good = await client.call_tool("ask", {"question": PATIENT})
                bad = await client.call_tool("plan", {"facts": {"age": "Mrs Example"}})
                assert (good.is_error, bad.is_error) == (False, True)

        run(fails())
    assert (tmp_path / "log").read_text() == ""
    sent = "not json: Mrs Example\n" + json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}) + "\n"
    raw = subprocess.run(
        [sys.executable, *arguments], input=sent, capture_output=True, text=True, env=environment(tmp_path), timeout=60
    )
    assert raw.stdout and all(json.loads(line)["jsonrpc"] == "2.0" for line in raw.stdout.splitlines())
    assert "Example" not in raw.stderr


def test_the_same_answer_over_http(running, call):
    over = talk(lambda client: client.call_tool("ask", {"question": PATIENT}), running.address)
    assert over.structured_content == call("ask", question=PATIENT).structured_content
    assert "apixaban" not in running.log.read_text()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "rebound.example:{}"}, 421),
        ({"Host": "127.0.0.1.rebound.example"}, 421),
        ({"Host": "127.0.0.1:1"}, 421),
        ({"Origin": "http://rebound.example"}, 403),
        ({"Origin": "http://localhost:1"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:{}"}, 200),
        ({"Content-Type": "text/plain"}, 400),
    ],
)
def test_only_its_own_names_and_origins_are_answered(running, headers, status):
    told = {name: value.format(running.port) for name, value in headers.items()}
    response = httpx.post(running.address, json=FRESH, headers={**HEADERS, **told})
    assert response.status_code == status
    assert ("what_would_change" in response.text) == (status == 200)


def test_too_large_a_request_is_refused(running):
    response = httpx.post(running.address, content=b"x" * 5_000_000, headers=HEADERS)
    assert response.status_code == 413


DOUBLED = (
    '{"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "plan", '
    '"arguments": {"facts": {"saddle_numbness": "yes", "saddle_numbness": "no"}}}}'
)


UNREADABLE = {
    "cut off behind a key that stands twice": ('{"x": {"a": 1, "a": 2}', -32600),
    "no JSON beside a key that stands twice": (DOUBLED.replace('"id": 7', '"x": NaN, "id": 7'), -32700),
    "a number that is too long beside it": (DOUBLED.replace('"id": 7', f'"x": {"1" * 5000}, "id": 7'), -32700),
    "too deep": ("[" * 100_000, -32700),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_we_cannot_read_reaches_no_laxer_reader_over_http(running, kind):
    sent, code = UNREADABLE[kind]
    told = httpx.post(running.address, content=sent, headers=HEADERS)
    assert (told.status_code, told.json()["error"]["code"]) == (400, code)


def test_what_we_cannot_read_reaches_no_laxer_reader_over_standard_input_and_ends_nothing(tmp_path):
    words, env = [sys.executable, "-m", "rootline", "mcp"], environment(tmp_path)
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True) as process:
        for sent, code in UNREADABLE.values():
            process.stdin.write(f"{sent}\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["error"]["code"] == code


def test_a_key_that_stands_twice_is_refused_over_http(running):
    told = httpx.post(running.address, content=DOUBLED, headers=HEADERS)
    assert told.status_code == 400
    assert told.json()["id"] == 7 and "twice" in told.json()["error"]["message"]


def test_a_key_that_stands_twice_is_refused_over_standard_input(tmp_path):
    words, env = [sys.executable, "-m", "rootline", "mcp"], environment(tmp_path)
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True) as process:
        process.stdin.write(f"{DOUBLED}\n")
        process.stdin.flush()
        told = json.loads(process.stdout.readline())
    assert told["id"] == 7 and "twice" in told["error"]["message"]


def test_a_batch_is_refused_in_plain_words(running, tmp_path):
    told = httpx.post(running.address, content=json.dumps([FRESH]), headers=HEADERS)
    assert told.status_code == 400
    words, env = [sys.executable, "-m", "rootline", "mcp"], environment(tmp_path)
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True) as process:
        process.stdin.write(f"{json.dumps([FRESH])}\n")
        process.stdin.flush()
        line = json.loads(process.stdout.readline())
    for one in (told.json(), line):
        assert one["error"]["message"] == "this is a batch\n  Send one message at a time."


def test_it_listens_on_the_loopback_address_alone(running):
    listening = Path("/proc/net/tcp").read_text().splitlines()[1:]
    ports = [line.split()[1] for line in listening if line.split()[3] == "0A"]
    assert [one for one in ports if int(one.split(":")[1], 16) == running.port] == [f"0100007F:{running.port:04X}"]


def test_an_unexpected_failure_is_logged_by_its_place_alone(tmp_path):
    program = (
        "from rootline.edges.mcp import serve, tools\n"
        "from rootline.packs.load import load\n"
        "from rootline.settings import pack_folder\n"
        "def broken(*_, **__): raise ValueError('Mrs Example')\n"
        "tools.plan_of = broken\n"
        "serve.serve_stdio(load(pack_folder()))\n"
    )
    log = tmp_path / "log"

    async def breaks() -> str:
        server = StdioServerParameters(command=sys.executable, args=["-c", program], env=environment(tmp_path))
        with log.open("w") as out:
            async with Client(stdio_client(server, errlog=out)) as client:
                return (await client.call_tool("plan", {"facts": {"age": "61"}})).content[0].text

    assert run(breaks()) == "Error executing tool plan"
    assert "Example" not in log.read_text()
    assert "ValueError in broken" in log.read_text()
    assert os.linesep in log.read_text()
