"""One running server with a library for all tests of the API."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from click.testing import CliRunner

from rootline.cli.main import main
from tests.server import ROOT, Server, serving

V1 = "/api/v1"


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("rest")
    words = ["evidence", "add", str(ROOT / "docs" / "examples" / "library"), "--library", str(folder / "library")]
    added = CliRunner().invoke(main, words)
    assert added.exit_code == 0, added.output
    with serving(folder) as running:
        yield running


@pytest.fixture
def web(server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, timeout=30) as client:
        yield client
