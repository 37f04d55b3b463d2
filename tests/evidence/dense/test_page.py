"""The page about searching by meaning shows what happens, as far as a tiny model can stand in for a real one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from rootline import settings
from rootline.cli.main import main
from rootline.evidence import library as library_module
from rootline.evidence.dense import fused, model_folder, vectors

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "dense-search.md").read_text(encoding="utf-8")


def run(line: str):
    words = shlex.split(line.partition("  # ")[0])
    return CliRunner().invoke(main, words[words.index("rootline") + 1 :], prog_name="rootline")


@pytest.fixture
def library(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path))
    assert run("rootline evidence add docs/examples/library").exit_code == 0


def shown(variable: str) -> tuple[str, str]:
    """The command under which a block sets the variable, and what is printed."""
    block = next(one for one in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL) if variable in one)
    _, command, output = re.split(r"^(?:\$ export .*\n)?\$ (.*)\n", block, maxsplit=1, flags=re.MULTILINE)
    return command, output


def test_the_example_with_a_model_is_printed_so(library, monkeypatch, made_model):
    monkeypatch.setenv("ROOTLINE_DENSE_MODEL", str(made_model))
    command, output = shown("export ROOTLINE_DENSE_MODEL")
    result = run(command)
    assert (result.exit_code, result.stdout) == (0, output)


def test_the_example_of_an_error_is_printed_so(library, monkeypatch):
    command, output = shown("models/nowhere")
    monkeypatch.setenv("ROOTLINE_DENSE_MODEL", "models/nowhere")
    result = run(command)
    assert (result.exit_code, result.stderr) == (2, output)


def test_the_numbers_in_the_text_are_those_of_the_code():
    assert f"w = {fused.WEIGHT}" in PAGE
    assert f"best {fused.DEPTH} by words" in PAGE
    assert f"last {vectors.BATCH} documents" in PAGE
    assert f"`{vectors.FORM}/" in PAGE and f"`{model_folder.GRAPH}`" in PAGE
    assert f"make {library_module.FEW} documents for each answer" in PAGE


def test_nothing_is_named_where_nothing_is_set(monkeypatch):
    monkeypatch.setenv("ROOTLINE_DENSE_MODEL", "")
    assert settings.dense_model() is None
