"""`rootline book` writes the page and nothing else, and says what the checks gave."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from rootline.answers.reviewed import unreviewed
from rootline.book.content import collect
from rootline.book.render import render
from rootline.checks.proofs import Prover
from rootline.checks.properties import properties
from rootline.checks.vignettes import read_vignettes
from rootline.cli.main import main
from rootline.packs.load import load
from tests.book.conftest import EXAMPLE


@pytest.fixture(scope="module")
def page() -> str:
    pack = load(EXAMPLE)
    prover = Prover(pack)
    return render(collect(pack, [prover.prove(one) for one in properties(pack)]), unreviewed(pack))


def test_the_page_alone_goes_to_standard_output(page):
    result = CliRunner().invoke(main, ["book", str(EXAMPLE)])
    assert result.exit_code == 0
    assert result.stdout == page + "\n"
    pack = load(EXAMPLE)
    worked, claims = len(read_vignettes(pack, EXAMPLE)), len(properties(pack))
    assert worked > 20 and claims > 50
    assert result.stderr == (
        f"{worked} of {worked} worked patients as expected; {claims} of {claims} properties proved\n"
    )


def test_the_page_goes_to_a_file(tmp_path, page):
    file = tmp_path / "book.html"
    result = CliRunner().invoke(main, ["book", str(EXAMPLE), "--out", str(file)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert file.read_text(encoding="utf-8") == page


def test_a_file_that_cannot_be_written_is_an_error_with_its_reason(tmp_path):
    result = CliRunner().invoke(main, ["book", str(EXAMPLE), "--out", str(tmp_path / "no" / "book.html")])
    assert result.exit_code == 2
    assert "cannot be written: No such file or directory" in result.stderr
    assert "Name another file." in result.stderr


def test_without_the_solver_the_page_says_that_nothing_was_proved(tmp_path):
    """A fresh interpreter in which z3 cannot be imported."""
    hide = "import sys; sys.modules['z3'] = None; from rootline.cli.main import main; main(prog_name='rootline')"
    file = tmp_path / "book.html"
    run = subprocess.run(
        [sys.executable, "-c", hide, "book", str(EXAMPLE), "--out", str(file)], capture_output=True, text=True
    )
    assert run.returncode == 0
    assert "properties not proved: z3 is not installed" in run.stderr
    assert "not proved in this copy" in file.read_text(encoding="utf-8")
    run = subprocess.run([sys.executable, "-c", hide, "check", str(EXAMPLE)], capture_output=True, text=True)
    assert run.returncode == 2
    assert "proofs need z3" in run.stderr and "Traceback" not in run.stderr
