"""The same case gives the same answer: across runs, hash seeds and ways of saying it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from rootline.answers.ask import ask
from tests.invariants.cases import PACK

CASE = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"
PARTLY_KNOWN = "Sciatica for over 6 weeks with a foot drop, in her 60s"

# Each group says one thing in several ways.
REWORDINGS = {
    "saddle numbness with sciatica": [
        "Sciatica for 2 weeks with saddle numbness.",
        "2-week history of left leg pain, saddle anaesthesia present.",
        "My leg has hurt for two weeks, shooting pain, and I'm numb between my legs.",
        "Leg pain x 2/52 + saddle paraesthesia",
    ],
    "foot drop that is getting worse": [
        "Sciatica, foot drop getting worse.",
        "Leg pain with worsening foot drop",
        "Radicular pain; progressive foot drop.",
        "My leg hurts, my foot drags on the floor and the weakness is getting worse.",
    ],
    "fever with back pain": [
        "Back pain and fever.",
        "Febrile with low back pain",
        "My back hurts and I have a high temperature.",
        "LBP, pyrexial, rigors",
    ],
}


def run_json(seed: str, text: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "rootline", "ask", "--json", text]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("text", [CASE, PARTLY_KNOWN])
def test_answers_are_byte_identical_across_runs_and_hash_seeds(text):
    first = run_json("0", text)
    assert json.loads(first)["urgency"]["at_least"] == "urgent"
    assert [run_json(seed, text) for seed in ("0", "1", "2", "4242")] == [first] * 4


@pytest.mark.parametrize("name", REWORDINGS)
def test_rewording_changes_neither_urgency_nor_plain_red_flag_actions(name):
    told = [ask(text, PACK) for text in REWORDINGS[name]]
    assert {answer.urgency.at_least for answer in told} == {told[0].urgency.at_least}
    assert told[0].urgency.at_least in ("emergency", "urgent")
    plain = [{one.id for one in answer.sections[0].statements if one.status == "applies"} for answer in told]
    assert all(found == plain[0] for found in plain)


def test_asking_writes_nothing_to_standard_error_and_nothing_to_disk(tmp_path):
    environment = {**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-B", "-m", "rootline", "ask", CASE]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    assert list(tmp_path.iterdir()) == []
