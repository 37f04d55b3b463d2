"""A user's library with a sentence model named: brought up to date, replayed, refused; and without one, untouched."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from rootline.cli.main import main
from rootline.errors import EvidenceError
from rootline.evidence import library as module
from rootline.evidence.dense.embed import Embedder
from rootline.evidence.dense.opening import open_model
from rootline.evidence.dense.vectors import FORM, Vectors
from rootline.evidence.library import open_library
from rootline.evidence.search.interface import Question
from rootline.evidence.search.unsearchable import open_for_answers
from rootline.evidence.store.versions import Store
from rootline.settings import LIBRARY_FILE
from tests.evidence.dense.tiny_model import change, make_model
from tests.evidence.documents import ALL, OZONE_TRIAL, TRACTION, document
from tests.evidence.search.test_index import run_read_only


@pytest.fixture
def folder(tmp_path) -> Path:
    store = Store(tmp_path / "library")
    for one in ALL:
        store.add(one, "test")
    return tmp_path / "library"


@pytest.fixture
def named(model, monkeypatch) -> Path:
    """The setting is on."""
    monkeypatch.setenv("ROOTLINE_DENSE_MODEL", str(model))
    return model


def loaded() -> Embedder:
    return open_model(Path(os.environ["ROOTLINE_DENSE_MODEL"]))


def all_of_it(*_: object) -> None:
    """Watches, so that all is taken in."""


def found(folder: Path, text: str) -> list[str]:
    return [hit.id for hit in open_library(folder, told=all_of_it).search.rank(Question(text), 20)]


def rootline(*words: str):
    return CliRunner().invoke(main, list(words), prog_name="rootline")


def test_without_the_setting_nothing_of_it_is_made_and_nothing_is_imported(folder):
    code = (
        "import sys\nfrom rootline.cli.main import main\n"
        "try:\n    main(sys.argv[1:], prog_name='rootline')\n"
        "finally:\n    print([one for one in ('numpy', 'onnxruntime', 'tokenizers') if one in sys.modules])"
    )
    for words in (["ask", "Was traction pooled in trials?"], ["evidence", "search", "traction"]):
        command = [sys.executable, "-c", code, *words, "--library", str(folder)]
        run = subprocess.run(command, capture_output=True, text=True)
        assert TRACTION.title in " ".join(run.stdout.split()), run.stderr
        assert run.stdout.splitlines()[-1] == "[]"
    assert not (folder / FORM).exists()
    assert open_library(folder).model == ""


def test_with_it_other_words_for_the_same_are_found(folder, named):
    assert found(folder, "pulling") == [TRACTION.id]
    run = rootline("evidence", "search", "--library", str(folder), "pulling")
    assert run.exit_code == 0
    assert f"{TRACTION.title} (systematic review, 2004, current, RESULTS, none of the words)" in run.output
    assert TRACTION.quote(TRACTION.passages[0]) in run.output


def test_an_answer_is_refused_as_before_and_says_which_model_ranked(folder, named, monkeypatch):
    asked = ["ask", "--json", "--library", str(folder), "Was pulling tried?"]
    with_model = rootline(*asked)
    answer = json.loads(with_model.stdout)
    assert (with_model.exit_code, answer["passages"], answer["library"]["best"]) == (3, [], 0.0)
    assert answer["library"]["model"] == open_library(folder).model != ""
    monkeypatch.delenv("ROOTLINE_DENSE_MODEL")
    by_words = json.loads(rootline(*asked).stdout)
    assert by_words["library"] == answer["library"] | {"model": ""}


def test_an_answer_made_with_a_model_is_verified_with_it_and_undecided_without(folder, named, monkeypatch, tmp_path):
    asked = rootline("ask", "--json", "--library", str(folder), "Was traction pooled in trials?")
    assert json.loads(asked.stdout)["passages"]
    (tmp_path / "answer.json").write_text(asked.stdout)
    verify = ["verify", str(tmp_path / "answer.json"), "--library", str(folder)]
    assert rootline(*verify).exit_code == 0
    monkeypatch.delenv("ROOTLINE_DENSE_MODEL")
    assert rootline(*verify).exit_code == 3


def test_what_the_store_gains_is_taken_in_and_only_that(folder, named, monkeypatch):
    assert found(folder, "podagra") == [ALL[-2].id]
    made: list[str] = []
    passage = loaded().passage
    monkeypatch.setattr(loaded(), "passage", lambda text: made.append(text) or passage(text), raising=False)
    Store(folder).add(document(60, "Gout again", "Gout."), "test")
    assert found(folder, "podagra") == [ALL[-2].id, "pmid:990000060"]
    assert made == ["Gout again\nGout."]


def test_a_changed_model_is_noticed_and_its_vectors_made_anew(folder, named, tmp_path):
    before = open_library(folder, told=all_of_it).model
    shutil.rmtree(named)
    make_model(named, shift=1.0)
    after = open_library(folder, told=all_of_it)
    assert after.model != before
    assert {one.name for one in (folder / FORM).iterdir()} == {before[:16], after.model[:16]}
    assert after.search.rank(Question("pulling"), 1)[0].id == TRACTION.id


def test_vectors_ahead_of_their_store_are_those_of_another_library(folder, named):
    found(folder, "pulling")
    for file in folder.glob("library.sqlite*"):
        file.unlink()
    Store(folder).add(OZONE_TRIAL, "test")
    assert found(folder, "pulling") == []
    assert found(folder, "o3") == [OZONE_TRIAL.id]


def test_where_nobody_watches_an_answer_waits_for_a_few_and_says_how_many_are_missing(folder, named, monkeypatch):
    monkeypatch.setattr(module, "FEW", 5)
    behind = [open_for_answers(folder).behind for _ in range(4)]
    assert behind == [len(ALL) - 5, len(ALL) - 10, 0, 0]


def test_who_watches_hears_how_far_it_is(folder, named):
    heard: list[tuple[str, int, int]] = []
    open_library(folder, told=lambda *said: heard.append(said))
    assert heard == [("vectors", number, len(ALL)) for number in range(1, len(ALL) + 1)]


def test_while_another_process_makes_vectors_words_are_searched_and_the_missing_are_counted(folder, named):
    vectors = Vectors(loaded(), folder)

    def documents():
        yield 1, ALL[0]
        opened = open_library(folder, told=all_of_it)
        assert opened.behind == len(ALL)
        assert opened.search.rank(Question("traction"), 1)[0].id == TRACTION.id

    vectors.add(documents())


def test_the_library_as_of_a_day_is_ranked_with_the_model_too_and_makes_nothing_twice(folder, named, monkeypatch):
    open_library(folder, told=all_of_it)
    monkeypatch.setattr(loaded(), "passage", lambda text: pytest.fail("made again"), raising=False)
    moment = datetime.now(UTC)
    then = open_library(folder, moment)
    assert then.search.rank(Question("pulling"), 1)[0].id == TRACTION.id
    assert then.model


@pytest.mark.parametrize("are_made", [True, False])
def test_a_library_on_a_read_only_file_system_is_ranked_with_the_model_too(folder, named, are_made):
    if are_made:
        open_library(folder, told=all_of_it)
    with closing(sqlite3.connect(folder / LIBRARY_FILE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in folder.glob(f"{LIBRARY_FILE}-*"):
        file.unlink()
    before = {one: one.stat().st_mtime_ns for one in folder.rglob("*")}
    run = run_read_only(folder, "search pulling")
    assert (run.returncode, TRACTION.title in run.stdout) == (0, True), run.stderr
    assert {one: one.stat().st_mtime_ns for one in folder.rglob("*")} == before


def broken(model: Path, how: str) -> str:
    if how == "gone":
        shutil.rmtree(model)
        return "there is no such folder"
    if how == "no graph":
        (model / "onnx" / "model.onnx").unlink()
        return "`onnx/model.onnx` is missing"
    change(model / "1_Pooling" / "config.json", pooling_mode="max")
    return "pools by max"


@pytest.mark.parametrize("how", ["gone", "no graph", "another pooling"])
def test_a_model_that_cannot_be_used_is_said_and_never_passed_over(folder, named, how):
    said = broken(named, how)
    with pytest.raises(EvidenceError, match=said):
        open_library(folder)
    search = rootline("evidence", "search", "--library", str(folder), "traction")
    assert (search.exit_code, TRACTION.title in search.output) == (2, False)
    assert said in search.output
    answer = json.loads(rootline("ask", "--json", "--library", str(folder), "Sciatica: was traction pooled?").stdout)
    assert answer["passages"] == []
    assert said in answer["library"]["trouble"]
    assert answer["sections"], "the plan does not wait for the library"


@pytest.mark.parametrize("library", ["numpy", "onnxruntime", "tokenizers"])
def test_without_the_extra_the_way_to_it_is_named(folder, named, library):
    code = (
        f"import sys\nsys.modules['{library}'] = None\n"
        "from rootline.cli.main import main\nmain(sys.argv[1:], prog_name='rootline')"
    )
    command = [sys.executable, "-c", code, "evidence", "search", "--library", str(folder), "traction"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 2
    assert f"the sentence model: `{library}` is not installed" in run.stderr
    assert "pip install 'rootline[dense]'" in run.stderr
    assert TRACTION.title not in run.stdout
