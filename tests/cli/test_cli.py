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


@pytest.mark.parametrize("command", [("ask", "Sciatica"), ("why", "urgent-weakness")])
def test_two_values_of_one_fact_are_refused_and_both_named(command):
    run = rootline(*command, "--fact", "saddle_numbness=yes", "-f", "saddle_numbness=no")
    assert run.returncode == 2 and run.stdout == ""
    assert "`saddle_numbness=yes` and `saddle_numbness=no` contradict each other" in run.stderr
    assert rootline(*command, "-f", "saddle_numbness=yes", "-f", "saddle_numbness=yes").returncode == 0


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
        (["ask", "--onset", "2026-01-01", "--fact", "symptom_duration=9 days", "sciatica"], "both say how long"),
        (["check", ""], "no topic pack is called"),
        (["check", "a" * 5000], "File name too long"),
        (["ask", "sciatica \udc80"], "control character"),
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
    assert "\nurgent-weakness: applies\n" in run.stdout
    assert "yes       foot drop" in run.stdout or "yes" in run.stdout
    assert "vadod-2022-lbp#image-deficit-red-flags" in run.stdout


def test_why_begins_with_the_urgency_of_the_whole_case():
    run = rootline("why", "stay-active", "--fact", "saddle_numbness=yes")
    assert run.stdout.startswith("EMERGENCY: now, within hours (")
    undecided = rootline("why", "stay-active", "--patient")
    first, *others = undecided.stdout.splitlines()
    assert "could be EMERGENCY" in first and others[0].startswith("- still open, emergency: ")


def test_why_knows_what_a_finding_tells_as_the_plan_does():
    run = rootline("why", "soon-assess", "--fact", "lowest_power=2")
    assert "\nsoon-assess: applies\n" in run.stdout
    assert "\n  yes       leg weakness\n" in run.stdout


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


def test_a_disk_that_is_full_is_said_without_a_traceback():
    with open("/dev/full", "w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "rootline", "ask", "--json", PATIENT], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert run.returncode == 2
    assert "No space left on device" in run.stderr and "Traceback" not in run.stderr


def test_an_emergency_outside_the_topic_is_never_left_without_what_to_do():
    run = rootline("ask", "--markdown", "Inversion tables? By the way I cannot pass urine since yesterday")
    assert run.returncode == 0
    assert run.stdout.startswith("**EMERGENCY: now") and "Emergency: possible cauda equina syndrome" in run.stdout


@pytest.mark.parametrize("damage", ["database", "index"])
def test_a_library_out_of_order_never_holds_up_a_plan(damage, tmp_path):
    if damage == "database":
        (tmp_path / "library.sqlite").write_bytes(b"not a database")
    else:
        assert rootline("evidence", "add", "--library", str(tmp_path), "docs/examples/library").returncode == 0
        assert rootline("evidence", "search", "--library", str(tmp_path), "leg").returncode == 0
        for path in (tmp_path / "search-1").iterdir():
            path.unlink()
        (tmp_path / "search-1").rmdir()
        (tmp_path / "search-1").write_text("a file in its place")
    run = rootline("ask", "--markdown", "--library", str(tmp_path), "Sciatica, numb between the legs. What to do?")
    assert run.returncode == 0 and "Traceback" not in run.stderr
    assert run.stdout.startswith("**EMERGENCY")
    assert "library could not be searched" in run.stdout
