"""Answers to draw from: a patient at each rung, a general question, and one that is refused."""

from __future__ import annotations

import pytest

from rootline.answers.ask import ask
from rootline.answers.model import Answer
from rootline.packs.load import load
from rootline.settings import pack_folder

QUESTIONS = {
    "foot drop": "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban",
    "general": "What is the initial management for patients with lumbosacral radiculopathy?",
    "saddle": "leg pain with saddle numbness",
    "s1": "45, leg pain 3 weeks, ankle jerk absent, weak plantarflexion, no red flags",
}


@pytest.fixture(scope="session")
def pack():
    return load(pack_folder())


@pytest.fixture(scope="session")
def refused(pack) -> Answer:
    return ask("How do I bake bread?", pack)


ASKED = [(name, audience) for name in QUESTIONS for audience in ("clinician", "patient")]


@pytest.fixture(scope="session", params=ASKED, ids=" ".join)
def answer(request, pack) -> Answer:
    name, audience = request.param
    return ask(QUESTIONS[name], pack, audience)


@pytest.fixture(scope="session")
def foot_drop(pack) -> Answer:
    return ask(QUESTIONS["foot drop"], pack)


@pytest.fixture(scope="session")
def general(pack) -> Answer:
    return ask(QUESTIONS["general"], pack)


@pytest.fixture(scope="session")
def s1(pack) -> Answer:
    return ask(QUESTIONS["s1"], pack)
