"""`rootline diff` as a user meets it: folders and git revisions, three forms, exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain"


def rootline(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "rootline", *arguments], capture_output=True, text=True, cwd=folder)


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    """A git repository with two versions of the made-up pack."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(EXAMPLE, folder / "ankle-sprain")

    def git(*words: str) -> None:
        names = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *names, *words], cwd=folder, check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "one")
    path = folder / "ankle-sprain" / "rules" / "ankle.yaml"
    path.write_text(path.read_text().replace("any of: [stomach_ulcer, anticoagulant]", "any of: [stomach_ulcer]"))
    git("add", "-A")
    git("commit", "-qm", "two")
    return folder


def test_two_revisions_show_who_is_treated_otherwise_with_exit_code_1(repository):
    run = rootline("diff", "HEAD~1:ankle-sprain", "HEAD:ankle-sprain", folder=repository)
    assert run.returncode == 1
    assert "- **consider nsaid**: no before, open now\n  - smallest patient: on an anticoagulant" in run.stdout.lower()


def test_a_revision_and_a_folder_as_data_name_the_answers_affected(repository):
    run = rootline("diff", "--json", "HEAD~1:ankle-sprain", "ankle-sprain", folder=repository)
    found = json.loads(run.stdout)
    assert found["schema"] == "rootline.diff/1"
    nsaid = next(one for one in found["actions"] if one["what"] == "consider nsaid")
    assert nsaid["patient"] == {"anticoagulant": "yes"}
    assert {one["outcome"] for one in found["urgency"]} == {"unchanged"}
    assert any("nsaid-short" in one["statements"] for one in found["affected"])


def test_the_same_pack_is_unchanged_with_exit_code_0():
    run = rootline("diff", str(EXAMPLE), str(EXAMPLE))
    assert run.returncode == 0
    assert "none reads otherwise" in run.stdout


@pytest.mark.parametrize("old", ["HEAD~99:ankle-sprain", "HEAD:nowhere", "-x:ankle-sprain", "no-such-pack"])
def test_a_version_that_is_not_there_is_said_so(old, repository):
    run = rootline("diff", old, "ankle-sprain", folder=repository)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr and run.stdout == ""


def test_two_forms_at_once_are_refused():
    run = rootline("diff", "--json", "--markdown", str(EXAMPLE), str(EXAMPLE))
    assert run.returncode == 2
    assert "take one" in run.stderr and run.stdout == ""
