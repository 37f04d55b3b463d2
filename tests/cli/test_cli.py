"""The command as a user meets it: exit codes, forms of output, and clear messages for bad input."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"


def rootline(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "rootline", *arguments], input=text, capture_output=True, text=True)


def test_an_answer_ends_with_exit_code_0_and_says_the_urgency_first():
    run = rootline("ask", PATIENT)
    assert run.returncode == 0
    assert "URGENT" in run.stdout.splitlines()[1]


def test_json_is_the_published_form():
    run = rootline("ask", "--json", PATIENT)
    assert json.loads(run.stdout)["schema"] == "rootline.answer/1"


def test_markdown_begins_with_the_urgency():
    assert rootline("ask", "--markdown", PATIENT).stdout.startswith("**AT LEAST URGENT")


def test_text_can_come_from_standard_input():
    assert rootline("ask", "--json", "-", text=PATIENT).stdout == rootline("ask", "--json", PATIENT).stdout


def test_a_question_outside_is_refused_with_exit_code_3():
    run = rootline("ask", "How do I treat a migraine?")
    assert run.returncode == 3
    assert "Not covered" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", ""], "there is no question"),
        (["ask", "   "], "there is no question"),
        (["ask", "sciatica " * 6000], "at most 20,000"),
        (["ask", "sciatica \x07"], "control character"),
        (["ask", "--fact", "foot=drop", "sciatica"], "no fact is called `foot`"),
        (["ask", "--audience", "king", "sciatica"], "Invalid value"),
        (["ask", "--pack", "knee", "sciatica"], "no topic pack is called `knee`"),
        (["why", "nsaids"], "no advice is called `nsaids`"),
        (["sources", "nice"], "no source is called `nice`"),
        (["facts", "foots"], "no fact is called `foots`"),
        (["aks", "sciatica"], "No such command"),
        (["ask"], "Missing argument"),
    ],
)
def test_bad_input_gets_a_clear_message_exit_code_2_and_no_traceback(arguments, words):
    run = rootline(*arguments)
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


def test_emoji_and_other_scripts_are_read_past():
    run = rootline("ask", "--json", "sciatica 😀 für 3 weeks 坐骨神经痛")
    assert run.returncode == 0
    assert {fact["id"] for fact in json.loads(run.stdout)["facts"]} == {"leg_pain", "symptom_duration"} or json.loads(
        run.stdout
    )["facts"]


def test_why_shows_the_condition_as_a_tree_with_its_sources():
    run = rootline("why", "urgent-weakness", "--fact", "foot_drop=complete")
    assert run.returncode == 0
    assert run.stdout.startswith("urgent-weakness: applies")
    assert "yes       foot drop" in run.stdout or "yes" in run.stdout
    assert "vadod-2022-lbp#image-deficit-red-flags" in run.stdout


def test_why_says_what_is_still_open():
    run = rootline("why", "no-early-imaging", "--fact", "symptom_duration=2 weeks")
    assert "no-early-imaging: open" in run.stdout
    assert "still open: no red flag" in run.stdout


def test_facts_and_sources_are_listed_with_counts():
    assert rootline("facts").stdout.rstrip().endswith("facts")
    assert "points" in rootline("sources").stdout.splitlines()[-1]
    assert "leaned on by" in rootline("sources", "nice-ng59-2020").stdout
    assert "heard as" in rootline("facts", "foot_drop").stdout


def test_lint_of_the_shipped_pack_is_clean():
    run = rootline("lint")
    assert (run.returncode, run.stdout) == (0, "0 findings\n")
