"""`rootline verify` as a user meets it: an answer made, saved or piped, altered, and files that are no answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"
ANSWERS = Path(__file__).parents[2] / "docs" / "examples" / "answers"


def rootline(*arguments: str, text: str | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rootline", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, env={**os.environ, **settings})


@pytest.fixture(scope="module")
def answer() -> str:
    flags = ["--onset", "2026-10-01", "--fact", "egfr=28", "--fact", "anticoagulant=unknown"]
    return rootline("ask", "--json", *flags, PATIENT).stdout


def test_an_answer_from_a_pipe_is_verified(answer):
    run = rootline("verify", "-", text=answer)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("verified: 0 findings in ")


def test_an_altered_answer_is_refuted_with_place_and_words(answer, tmp_path):
    file = tmp_path / "answer.json"
    file.write_text(answer.replace("10 days", "20 days"), encoding="utf-8")
    run = rootline("verify", str(file))
    assert run.returncode == 1
    assert "trace_id\n" in run.stdout
    assert run.stdout.splitlines()[-1].startswith("refuted: ")


def test_findings_are_data_on_request_and_all_of_them(answer):
    data = json.loads(answer)
    for section in data["sections"]:
        for statement in section["statements"]:
            statement["strength"] = "very strong"
    text = json.dumps(data)
    found = json.loads(rootline("verify", "--json", "-", text=text).stdout)
    assert found["outcome"] == "refuted"
    assert {one["weight"] for one in found["findings"]} == {"refuted"}
    shown = rootline("verify", "-", text=text).stdout
    assert f"… and {len(found['findings']) - 20} more: `--json` lists all" in shown


def test_without_its_pack_it_is_undecided():
    run = rootline("verify", str(ANSWERS / "ankle.json"))
    assert run.returncode == 3
    assert "the pack `ankle-sprain` is not at hand" in run.stdout


def test_a_file_never_leads_to_a_pack_of_its_own(tmp_path):
    data = json.loads((ANSWERS / "ankle.json").read_text(encoding="utf-8"))
    data["pack"]["id"] = str(ANSWERS.parent / "ankle-sprain")
    run = rootline("verify", "-", text=json.dumps(data))
    assert run.returncode == 3 and "is not at hand" in run.stdout


def test_packs_are_looked_up_in_the_folder_that_is_set():
    run = rootline("verify", str(ANSWERS / "ankle.json"), ROOTLINE_PACKS=str(ANSWERS.parent))
    assert (run.returncode, run.stdout.partition(":")[0]) == (0, "verified")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1, column 1: this is not JSON"),
        ("sciatica", "this is not JSON"),
        ("{}", "question: it is no answer of the form rootline.answer/1"),
        ('{"schema": "rootline.answer/9"}', "schema: it is no answer"),
    ],
)
def test_what_is_no_answer_ends_with_a_clear_message(text, words):
    run = rootline("verify", "-", text=text)
    assert (run.returncode, run.stdout) == (2, "")
    assert words in run.stderr and "Traceback" not in run.stderr


def test_a_file_that_is_not_there_is_named():
    run = rootline("verify", "no-such-answer.json")
    assert run.returncode == 2 and "no-such-answer.json" in run.stderr
