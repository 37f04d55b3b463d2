"""A client of CDS Hooks in a real Chromium, on another origin, drives the service as a hospital's system would.

It is a small client of our own (`cds_client.html`); the public sandbox is not among the packages that can be had.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from jwt.algorithms import ECAlgorithm
from playwright.sync_api import Browser, Page

from tests.edges.cds_hooks.tokens import ELLIPTIC, ISSUER, key_set
from tests.server import ROOT, Server, free_port, serving

EXAMPLE = json.loads((ROOT / "docs/examples/cds/order-sign.json").read_text())


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Client:
    server: Server
    page: Page

    def sign(self, order: str) -> None:
        self.page.fill("#order", order)
        self.page.click("#sign")
        self.page.wait_for_function("document.getElementById('state').textContent === 'answered'")


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    """Where the client is served from: another origin than the service."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(Path(__file__).parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def hooked(tmp_path_factory, home) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("hooked"), free_port()
    (folder / "keys.json").write_text(json.dumps(key_set()))
    (folder / "cds.yaml").write_text(
        f'address: "http://127.0.0.1:{port}"\norigins: ["{home}"]\nkeep cases: yes\n'
        f'clients:\n  "{ISSUER}": {{keys: keys.json}}\n'
    )
    with serving(folder, port=port, ROOTLINE_CDS=str(folder / "cds.yaml")) as server:
        yield server


@pytest.fixture
def client(browser: Browser, hooked: Server, home: str) -> Iterator[Client]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(15_000)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{home}/cds_client.html")
    record = [entry["resource"] for key in ("conditions", "medications") for entry in EXAMPLE["prefetch"][key]["entry"]]
    key = {"issuer": ISSUER, "kid": "e", "jwk": json.loads(ECAlgorithm.to_jwk(ELLIPTIC))}
    settings = {"base": hooked.address, "record": [EXAMPLE["prefetch"]["patient"], *record], "key": key}
    page.evaluate("(settings) => start(settings)", settings)
    yield Client(hooked, page)
    context.close()
    assert complaints == []


def test_the_client_discovers_the_services(client):
    client.page.wait_for_selector("#services li")
    assert client.page.locator("#services li").all_text_contents() == ["patient-view", "order-select", "order-sign"]


def test_a_contraindicated_order_is_shown_and_taken_out(client):
    client.sign("Ibuprofen 400 MG Oral Tablet")
    assert client.page.locator("section.critical h2").inner_text().startswith("NSAID: contraindicated here")
    assert client.page.locator("#orders li").count() == 1
    client.page.get_by_role("button", name="Remove the order for NSAID").click()
    client.page.wait_for_function("document.getElementById('state').textContent === 'accepted'")
    assert client.page.locator("#orders li").count() == 0
    told = (client.server.state / "cds" / "feedback.jsonl").read_text()
    assert '"accepted"' in told


def test_an_override_is_sent_with_its_reason(client):
    client.sign("Naproxen 500 MG Oral Tablet")
    client.page.get_by_role("button", name="Advised by a specialist").click()
    client.page.wait_for_function("document.getElementById('state').textContent === 'overridden'")
    assert '"specialist-advice"' in (client.server.state / "cds" / "feedback.jsonl").read_text()


def test_an_order_of_something_else_gets_no_card(client):
    client.sign("Metformin 500 MG Oral Tablet")
    assert client.page.locator("section").count() == 0


def test_the_patient_in_view_and_the_case_behind_the_link(client):
    client.page.click("#view")
    client.page.wait_for_function("document.getElementById('state').textContent === 'answered'")
    assert "Emergency not ruled out" in client.page.locator("section.warning h2").inner_text()
    client.page.click("a.link")
    client.page.get_by_role("heading", name="In short").wait_for()
    assert "EMERGENCY" in client.page.content()
    assert "sciatica" not in client.page.url and "example" not in client.page.url
