"""A real `rootline serve` in its own process, for tests that speak HTTP or drive a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Server:
    """Where it answers, what it keeps, and what it has logged so far."""

    address: str
    state: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def logged(self) -> str:
        return self.log.read_text(encoding="utf-8")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, *options: str, port: int = 0, **environ: str) -> Iterator[Server]:
    """Start it, on a free port unless one is given, and wait until it is ready; end it as a user would."""
    port = port or free_port()
    log = folder / "log.txt"
    own = {"ROOTLINE_STATE": str(folder / "state"), "ROOTLINE_LIBRARY": str(folder / "library")}
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT / "src"), **environ}
    words = [sys.executable, "-m", "rootline", "serve", "--port", str(port), *options]
    with log.open("wb") as out:
        process = subprocess.Popen(words, stdout=out, stderr=out, cwd=ROOT, env=environment)
    server = Server(f"http://127.0.0.1:{port}", folder / "state", log, process)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _wait(server: Server) -> None:
    for _ in range(300):
        assert server.process.poll() is None, server.logged
        try:
            if httpx.get(f"{server.address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not become ready:\n{server.logged}")
