"""Files stay small, say what they are for, and speak of the project alone."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 400
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()
    if (ROOT / name).is_file()
]  # fmt: skip
GENERATED = (
    "requirements/",
    "tests/golden/",
    "docs/answer.schema.json",
    "docs/examples/answers/",
    "LICENSE",
    "tests/browser/package-lock.json",
)
OWN = [path for path in TRACKED if not path.relative_to(ROOT).as_posix().startswith(GENERATED)]
PYTHON = [path for path in OWN if path.suffix == ".py"]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", OWN, ids=name)
def test_no_file_is_longer_than_one_can_read_in_one_go(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_every_module_opens_with_what_it_is_for(path):
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "no module docstring"


def test_source_modules_bear_the_name_of_one_idea():
    for path in PYTHON:
        assert path.stem not in ("utils", "helpers", "common", "manager", "misc", "base", "core"), name(path)


def test_lock_files_carry_hashes_and_no_addresses():
    for lock in ("requirements/run.txt", "requirements/dev.txt"):
        text = (ROOT / lock).read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index|--find-links|file:", text)
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pins and all("==" in line for line in pins)


def test_npm_locks_carry_integrity_and_no_addresses():
    lock = json.loads((ROOT / "tests/browser/package-lock.json").read_text())
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages and all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())
    wanted = json.loads((ROOT / "tests/browser/package.json").read_text())["devDependencies"]
    assert wanted == {name: packages[f"node_modules/{name}"]["version"] for name in wanted}


def test_nothing_holds_a_path_of_one_machine():
    for path in OWN:
        if path == Path(__file__):
            continue
        assert not re.search(r"(?:^|[\s\"'(=:])/(?:work|root|home/\w+)/", path.read_text(encoding="utf-8")), name(path)


def test_continuous_integration_runs_the_readmes_two_commands():
    commands = re.findall(r"^(make .+)$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert len(commands) == 2
    readme = (ROOT / "README.md").read_text()
    for command in commands:
        assert command in readme


def test_the_makefile_lists_every_target_it_offers():
    makefile = (ROOT / "Makefile").read_text()
    offered = set(re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split())
    described = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert offered == described
