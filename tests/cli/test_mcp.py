"""The command that serves agents says what is missing or in the way, and prints nothing on standard output."""

from __future__ import annotations

import socket
import sys

import pytest
from click.testing import CliRunner

from rootline.cli.main import main


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("rootline.edges.mcp", "mcp."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    result = CliRunner().invoke(main, ["mcp"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pip install 'rootline[mcp]'" in result.stderr


def test_a_taken_port_is_said():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(main, ["mcp", "--http", "--port", str(taken.getsockname()[1])])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot listen on 127.0.0.1" in result.stderr and "--port" in result.stderr


@pytest.mark.parametrize("words", [["mcp"], ["mcp", "--http"]])
def test_a_pack_that_is_not_there_is_said_before_anything_is_served(words):
    result = CliRunner().invoke(main, [*words, "--pack", "no-such-pack"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no topic pack is called `no-such-pack`" in result.stderr
