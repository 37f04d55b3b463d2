"""A real `rootline mcp` in its own process, over HTTP, and the same server inside the test's own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from rootline.edges.mcp.serve import make_server
from tests.own_loop import run
from tests.server import ROOT

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"


@dataclass(frozen=True)
class Running:
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/mcp"


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ROOTLINE_LIBRARY": str(folder / "library")}


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("mcp")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "log.txt"
    words = [sys.executable, "-m", "rootline", "mcp", "--http", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(words, stdout=out, stderr=out, cwd=ROOT, env=environment(folder))
    try:
        _wait(process, port, log)
        yield Running(port, log)
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


Call = Callable[..., Any]


@pytest.fixture
def call(pack) -> Call:
    """Call a tool of the server in this process; gives its result."""

    def call(name: str, **arguments: Any) -> Any:
        return talk(lambda client: client.call_tool(name, arguments), make_server(pack))

    return call


def talk(say: Callable[[Client], Awaitable[Any]], server: Any) -> Any:
    """One conversation with a server, from opening to close."""

    async def conversation() -> Any:
        async with Client(server) as client:
            return await say(client)

    return run(conversation())
