"""`rootline export`: the text on standard output or in a file, and what cannot be written."""

from __future__ import annotations

import json
import re
import subprocess

from click.testing import CliRunner

from rootline.cli.main import main
from tests.cql.official import FOLDER
from tests.repo.test_docs import DOCS, EXAMPLE


def rootline(*words: str):
    return CliRunner().invoke(main, list(words), prog_name="rootline")


def test_a_pack_is_printed_as_cql_and_as_elm():
    cql, elm = rootline("export", "cql", str(EXAMPLE)), rootline("export", "elm", str(EXAMPLE))
    assert (cql.exit_code, elm.exit_code) == (0, 0)
    assert "\nlibrary AnkleSprain version '0.1.0'\n" in cql.stdout
    assert json.loads(elm.stdout)["library"]["identifier"] == {"id": "AnkleSprain", "version": "0.1.0"}


def test_without_a_name_it_is_the_shipped_pack():
    assert "library LumbarRadiculopathy version" in rootline("export", "cql").stdout


def test_the_same_text_goes_to_a_file(tmp_path):
    for form in ("cql", "elm"):
        file = tmp_path / f"library.{form}"
        result = rootline("export", form, str(EXAMPLE), "--out", str(file))
        assert (result.exit_code, result.output) == (0, "")
        assert file.read_text(encoding="utf-8") == rootline("export", form, str(EXAMPLE)).stdout


def test_a_file_that_cannot_be_written_and_a_pack_that_is_not_there_are_named(tmp_path):
    result = rootline("export", "cql", str(EXAMPLE), "--out", str(tmp_path / "no" / "folder"))
    assert result.exit_code == 2
    assert "cannot be written: No such file or directory" in result.stderr
    result = rootline("export", "elm", "ankle-sprian")
    assert result.exit_code == 2
    assert "no topic pack is called `ankle-sprian`" in result.stderr


def test_the_program_in_the_docs_prints_what_the_docs_say(tmp_path):
    library = tmp_path / "library.json"
    rootline("export", "elm", str(EXAMPLE), "--out", str(library))
    page = (DOCS / "export.md").read_text(encoding="utf-8")
    program, shown = re.search(r"```js\n(.*?)```.*?```text\n(.*?)```", page, re.DOTALL).groups()

    def printed(program: str) -> subprocess.CompletedProcess[str]:
        words = ["node", "--input-type=module", "-"]
        program = program.replace("library.json", str(library))
        return subprocess.run(words, input=program, cwd=FOLDER, capture_output=True, text=True)

    assert printed(program).stdout == shown
    assert "no such fact: ankel_pain" in printed(program.replace("ankle_pain:", "ankel_pain:")).stderr
    assert "cannot have" in printed(program.replace("midfoot", "Midfoot")).stderr
