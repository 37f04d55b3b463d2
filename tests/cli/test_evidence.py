"""The library's commands as a user meets them: counts, exit codes, standard input, and no traceback."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from rootline.evidence.trials.invented import write_pubmed

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "library"


@pytest.fixture
def run(tmp_path):
    def evidence(*words: str, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "rootline", "evidence", words[0], "--library", str(tmp_path / "library")]
        return subprocess.run([*command, *words[1:]], input=data, capture_output=True)

    return evidence


def test_standard_input_is_recognised_and_said_to_be_where_it_came_from(run):
    result = run("add", "-", data=(EXAMPLES / "made-up.nbib").read_bytes())
    assert (result.returncode, result.stdout) == (0, b"1 files: 1 new, 0 revised, 0 same, 0 deleted, 0 broken\n")
    for id_ in ("pmid:99000001", "PMID: 99000001", "99000001"):
        assert b"nbib from standard input" in run("show", id_).stdout


def test_troubles_go_to_standard_error_with_exit_code_1_and_the_rest_goes_in(run, tmp_path):
    (tmp_path / "some.ris").write_text("TY  - JOUR\nER  - \nTY  - JOUR\nTI  - Made up\nER  - \n")
    (tmp_path / "two\nlines.txt").write_bytes(b"a\0b")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    result = run("add", str(tmp_path / "some.ris"), str(tmp_path / "two\nlines.txt"), str(tmp_path / "picture.png"))
    assert result.returncode == 1
    assert result.stdout == b"3 files: 1 new, 0 revised, 0 same, 0 deleted, 3 broken\n"
    troubles = result.stderr.decode()
    assert "some.ris: entry at line 1: has no title" in troubles
    assert "two\\nlines.txt: holds a NUL byte at 1: it is not text" in troubles
    assert "picture.png: is in none of the formats that are read\n  Read are PubMed XML" in troubles
    assert "Traceback" not in troubles


def test_files_of_other_kinds_in_a_folder_are_counted_and_no_trouble(run, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "made-up.xml.gz.md5").write_text("0")
    (folder / "made-up.txt").write_text("Made up\n\nWords.")
    result = run("add", str(folder))
    assert result.returncode == 0
    assert "1 files of other kinds, or linked from outside, passed over, such as" in result.stdout.decode()


def test_a_bar_with_rate_and_time_left_is_shown_on_a_terminal_only(tmp_path):
    write_pubmed(tmp_path / "some.xml", 1200)
    command = [sys.executable, "-m", "rootline", "evidence", "add", str(tmp_path / "some.xml"), "--library"]
    own, other = pty.openpty()
    screen = {**os.environ, "COLUMNS": "120", "TERM": "xterm"}
    words = [*command, str(tmp_path / "a")]
    with subprocess.Popen(words, stderr=other, stdout=subprocess.DEVNULL, env=screen) as process:
        os.close(other)
        shown = b""
        with suppress(OSError):  # the end of a terminal's other side
            while part := os.read(own, 65_536):
                shown += part
        assert process.wait() == 0
    os.close(own)
    text = re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", shown)
    assert re.search(rb"some\.xml .* MB [0-9,]+ records/s [0-9]:[0-9]{2}:[0-9]{2}", text)
    assert subprocess.run([*command, str(tmp_path / "b")], capture_output=True).stderr == b""


def test_nothing_that_a_document_says_is_printed_while_it_is_imported(run):
    result = run("add", *map(str, sorted(EXAMPLES.iterdir())))
    assert result.stderr == b"" and b"Made-up" not in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "nothing-here.xml"], "nothing-here.xml: no such file or folder"),
        (["add"], "Missing argument"),
        (["show", "pmid:1"], "the library holds no `pmid:1`"),
        (["list", "--as-of", "yesterday"], "does not match the format"),
        (["watch", "nothing-here"], "does not exist"),
        (["list", "--as-of", "2999-01-01"], "--as-of 2999-01-01: is a day that has not come yet\n  Name today"),
        (["standing", "--pack", "knee"], "no topic pack is called `knee`"),
    ],
)
def test_bad_input_ends_with_exit_code_2_and_a_clear_message(run, tmp_path, words, said):
    (tmp_path / "empty").mkdir()
    run("add", str(tmp_path / "empty"))
    result = run(*words)
    assert result.returncode == 2
    assert said in result.stderr.decode() and "Traceback" not in result.stderr.decode()


@pytest.mark.parametrize("words", [["list"], ["show", "pmid:1"], ["standing"]])
def test_what_looks_into_a_library_makes_none(run, tmp_path, words):
    result = run(*words)
    assert result.returncode == 2 and b"there is no library in `" in result.stderr
    assert not (tmp_path / "library").exists()


def test_a_library_that_cannot_be_is_exit_code_2(tmp_path):
    (tmp_path / "file").write_text("x")
    command = [sys.executable, "-m", "rootline", "evidence", "add", "--library", str(tmp_path / "file")]
    result = subprocess.run([*command, str(EXAMPLES)], capture_output=True, text=True)
    assert result.returncode == 2 and "ROOTLINE_LIBRARY" in result.stderr


def test_today_is_part_of_as_of_today(run):
    from datetime import date

    run("add", str(EXAMPLES / "made-up.txt"))
    assert run("list", "--as-of", f"{date.today():%Y-%m-%d}").stdout.endswith(b"1 documents\n")


def test_the_library_is_where_the_environment_says_else_where_a_users_data_belongs(tmp_path, monkeypatch):
    from rootline.settings import library_folder

    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path))
    assert library_folder() == tmp_path
    monkeypatch.delenv("ROOTLINE_LIBRARY")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert library_folder().parts[-2:] == ("rootline", "library")


UPDATES = EXAMPLES.parent / "library-updates"
TURNED = b"pmid:99000001: current -> retracted"


@pytest.fixture
def watched(run, tmp_path):
    """A library that was watched once, when nothing was withdrawn, and a folder for what comes."""
    folder = tmp_path / "updates"
    folder.mkdir()
    run("add", str(EXAMPLES / "made-up.xml"))
    assert run("watch", str(folder)).returncode == 0
    return folder


def test_what_was_not_told_before_a_kill_is_told_the_next_time(run, watched, tmp_path):
    (watched / "update.xml").write_bytes((UPDATES / "made-up-update.xml").read_bytes())
    killed = (
        "import os, rootline.answers.standing_report as report\n"
        "report.change_report = lambda *_: os._exit(9)\n"
        "from rootline.cli.main import main\n"
        f"main(['evidence', 'watch', '--library', {str(tmp_path / 'library')!r}, {str(watched)!r}])\n"
    )
    assert subprocess.run([sys.executable, "-c", killed], capture_output=True).returncode == 9
    assert run("list").stdout.count(b"retracted") == 1
    told = run("watch", str(watched))
    assert told.returncode == 1 and TURNED in told.stdout
    again = run("watch", str(watched))
    assert again.returncode == 0 and TURNED not in again.stdout


def test_a_kill_in_the_very_first_watch_loses_nothing_either(run, tmp_path):
    run("add", str(EXAMPLES / "made-up.xml"))
    killed = (
        "import os, rootline.answers.standing_report as report\n"
        "report.change_report = lambda *_: os._exit(9)\n"
        "from rootline.cli.main import main\n"
        f"main(['evidence', 'watch', '--library', {str(tmp_path / 'library')!r}, {str(UPDATES)!r}])\n"
    )
    assert subprocess.run([sys.executable, "-c", killed], capture_output=True).returncode == 9
    assert TURNED in run("watch", str(UPDATES)).stdout


def test_watch_tells_what_a_plain_import_changed_since(run, watched):
    run("add", str(UPDATES))
    told = run("watch", str(watched))
    assert told.returncode == 1 and TURNED in told.stdout
    assert run("watch", str(watched)).returncode == 0


def test_no_made_up_record_of_the_examples_bears_the_number_of_another():
    numbers = [
        *re.findall(r"<MedlineCitation.*?<PMID[^>]*>(\d+)<", (UPDATES / "made-up-update.xml").read_text(), re.DOTALL),
        *re.findall(r"^PMID- (\d+)", (EXAMPLES.parent / "ankle-guideline.nbib").read_text(), re.MULTILINE),
    ]
    assert len(numbers) == len(set(numbers)) == 2
