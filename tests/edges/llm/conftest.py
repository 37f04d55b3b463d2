"""A language model played by a real local server: what it replies is up to each test."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from rootline.settings import LanguageModel


class Played:
    """The model: `say` makes its reply from what it was asked; `raw`, where set, is sent instead as it is."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/v1"
        self.sent = 0
        self.asked: list[dict[str, Any]] = []
        self.say: Callable[[dict[str, Any]], Any] = lambda _: {}
        self.raw: Callable[[BaseHTTPRequestHandler], None] | None = None

    def named(self, **others: Any) -> LanguageModel:
        return LanguageModel(self.address, "played", **others)

    def offers(self, change: Callable[[str], str]) -> None:
        """Reply to every sentence with a change of it."""
        self.say = lambda data: {"sentences": {id_: change(one["text"]) for id_, one in data["sentences"].items()}}


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        played: Played = self.server.played
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        played.asked.append({"path": self.path, "headers": dict(self.headers), **body})
        if played.raw:
            played.raw(self)
            return
        data = json.loads(body["messages"][1]["content"])
        said = played.say(data)
        content = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        send(self, json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode())

    def log_message(self, *_: object) -> None:
        pass


def send(handler: BaseHTTPRequestHandler, data: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


@pytest.fixture
def played(monkeypatch) -> Iterator[Played]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.played = Played(server.server_port)
    monkeypatch.setenv("ROOTLINE_LLM", server.played.address)
    monkeypatch.setenv("ROOTLINE_LLM_MODEL", "played")
    monkeypatch.delenv("ROOTLINE_LLM_KEY", raising=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.played
    server.shutdown()
    thread.join()
    server.server_close()
