"""Searching, opening at a place, linking and asking with a library, as a user meets them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from rootline.cli.main import main
from rootline.evidence.store.versions import Store
from tests.evidence.documents import ALL, OZONE_REVIEW, OZONE_TRIAL, TRACTION

ANKLE = str(Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain")


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("library")
    store = Store(folder)
    for one in ALL:
        store.add(one, "test")
    return str(folder)


def rootline(*words: str):
    return CliRunner().invoke(main, list(words), prog_name="rootline")


def test_search_shows_quotes_and_how_to_open_each_at_its_place(library):
    run = rootline("evidence", "search", "--library", library, "ozone", "injection", "effective", "--most", "1")
    assert run.exit_code == 0, run.output
    assert OZONE_TRIAL.quote(OZONE_TRIAL.passages[0]) in run.output
    words = re.search(r"rootline (evidence show \S+ --at \d+)", run.output)[1].split()
    opened = rootline(*words, "--library", library)
    assert OZONE_TRIAL.quote(OZONE_TRIAL.passages[0]) in opened.output
    assert opened.output.count("> ") == 1


def test_words_of_another_name_find_the_document(library):
    run = rootline("evidence", "search", "--library", library, "sciatica traction", "--most", "1")
    assert TRACTION.title in run.output


def test_filters_and_phrases_narrow(library):
    narrowed = rootline("evidence", "search", "--library", library, '"steroid injection" ozone')
    assert narrowed.output.count("rootline evidence show") == 1 and OZONE_REVIEW.title in narrowed.output
    for option in (["--type", "Systematic Review"], ["--year", "2001"], ["--year", "-2001"]):
        run = rootline("evidence", "search", "--library", library, "ozone", *option)
        assert OZONE_REVIEW.title in run.output and OZONE_TRIAL.title not in run.output, option
    retracted = rootline("evidence", "search", "--library", library, "ozone", "--standing", "retracted")
    assert "retracted" in retracted.output and OZONE_REVIEW.title not in retracted.output


def test_nothing_found_ends_with_1_and_a_wrong_year_with_2(library):
    assert rootline("evidence", "search", "--library", library, "xylophone").exit_code == 1
    wrong = rootline("evidence", "search", "--library", library, "ozone", "--year", "last")
    assert wrong.exit_code == 2 and "2015-2020" in wrong.output


@pytest.mark.parametrize("words", [["evidence", "search", "x"], ["evidence", "link", ANKLE], ["ask", "sciatica"]])
def test_a_library_that_is_named_must_be_there_and_none_is_made(tmp_path, words):
    run = rootline(*words, "--library", str(tmp_path / "nowhere"))
    assert run.exit_code == 2
    assert "no library" in run.output
    assert not (tmp_path / "nowhere").exists()


def test_without_a_library_an_answer_is_as_before(tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path / "nowhere"))
    answer = json.loads(rootline("ask", "--json", "Ozone injection for sciatica?").output)
    assert (answer["passages"], answer["library"]) == ([], None)
    assert rootline("evidence", "search", "ozone").exit_code == 2


def test_ask_quotes_the_library_and_can_be_replayed_as_of_a_day(library):
    asked = ["ask", "--json", "--library", library, "Ozone injection for sciatica?"]
    answer = json.loads(rootline(*asked).output)
    assert {one["document"] for one in answer["passages"]} == {OZONE_REVIEW.id, OZONE_TRIAL.id}
    before = json.loads(rootline(*asked, "--as-of", "2020-01-01").output)
    assert before["passages"] == [] and before["library"]["documents"] == 0


def test_a_question_outside_is_answered_by_quotes_with_0_and_refused_with_3(library):
    quoted = rootline("ask", "--library", library, "Asthma in adults of a city?")
    assert quoted.exit_code == 0 and "No pathway covers this" in quoted.output
    refused = rootline("ask", "--library", library, "How do I tune a xylophone?")
    assert refused.exit_code == 3 and "Searched" in refused.output


def test_a_place_that_no_passage_holds_is_an_error(library):
    run = rootline("evidence", "show", TRACTION.id, "--at", "999999", "--library", library)
    assert run.exit_code == 2 and "no passage" in run.output


def test_link_reports_each_point_and_what_is_not_there(library):
    run = rootline("evidence", "link", ANKLE, "--library", library)
    assert run.exit_code == 0
    assert "2 of 2 sources are not in the library" in run.output


@pytest.mark.parametrize("words", [["bench", "retrieval"], ["bench", "quoting"]])
def test_bench_refuses_what_is_no_test_set(tmp_path, words):
    folders = [str(tmp_path)] * (2 if "quoting" in words else 1)
    run = rootline(*words, *folders)
    assert run.exit_code == 2 and "not a retrieval test set" in run.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--year", "2030-2010", "ozone"], "runs backwards: write 2010-2030"),
        ([""], "holds no word to search for"),
        (["  ", '""'], "holds no word to search for"),
    ],
)
def test_a_search_that_can_find_nothing_is_an_error(words, told, library):
    run = rootline("evidence", "search", "--library", library, *words)
    assert run.exit_code == 2 and told in run.output
