"""One running server for all tests of the web, and what they send to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest

from rootline.answers.conversation import Conversation, Step, to_data
from tests.server import Server, serving

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("web")) as running:
        yield running


@pytest.fixture
def web(server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, timeout=30, follow_redirects=True) as client:
        yield client


def case(question: str = PATIENT, *steps: Step, audience: str = "clinician") -> str:
    """The hidden field that carries a conversation."""
    return json.dumps(to_data(Conversation(question, audience, steps=steps)))


def token(html: str) -> str:
    """The token in a page's form."""
    return re.search(r'name="token" value="([^"]+)"', html)[1]
