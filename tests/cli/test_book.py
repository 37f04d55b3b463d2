"""`rootline book` writes the page and nothing else, and says what the checks gave."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from rootline.book.content import collect
from rootline.book.render import render
from rootline.cli.main import main
from rootline.packs.load import load
from tests.book.conftest import EXAMPLE


@pytest.fixture(scope="module")
def page() -> str:
    return render(collect(load(EXAMPLE)))


def test_the_page_alone_goes_to_standard_output(page):
    result = CliRunner().invoke(main, ["book", str(EXAMPLE)])
    assert result.exit_code == 0
    assert result.stdout == page + "\n"
    assert result.stderr == "3 of 3 worked patients as expected; properties not proved\n"


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
