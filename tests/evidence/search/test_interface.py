"""What every search must do, whatever index stands behind it. A further implementation gets a line in `MADE`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.evidence.dense.fused import FusedSearch
from rootline.evidence.dense.opening import open_model
from rootline.evidence.dense.vectors import Vectors
from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Question, Search
from tests.evidence.documents import ALL, DISC, OZONE_RETRACTED, OZONE_REVIEW, OZONE_TRIAL, TRACTION, document

MADE = {
    "tantivy on disk": lambda folder, model: TantivySearch(folder),
    "tantivy in memory": lambda folder, model: TantivySearch(),
    "fused on disk": lambda folder, model: FusedSearch(TantivySearch(folder), Vectors(open_model(model()), folder)),
    "fused in memory": lambda folder, model: FusedSearch(TantivySearch(), Vectors(open_model(model()))),
}


@pytest.fixture(params=MADE, name="make")
def make_(request, tmp_path):
    return lambda: MADE[request.param](tmp_path, lambda: request.getfixturevalue("made_model"))


@pytest.fixture
def search(make) -> Search:
    made = make()
    assert made.add(enumerate(ALL, start=1)) == len(ALL)
    return made


def ids(search: Search, text: str = "", **fields) -> list[str]:
    return [hit.id for hit in search.rank(Question(text, **fields), 20)]


def test_an_empty_search_finds_nothing(make):
    search = make()
    assert (search.count(), search.sequence(), ids(search, "sciatica")) == (0, 0, [])


def test_all_that_was_taken_in_is_counted_and_the_sequence_kept(search):
    assert (search.count(), search.sequence()) == (len(ALL), len(ALL))


def test_title_text_and_mesh_are_searched_and_the_best_comes_first(search):
    assert ids(search, "traction")[0] == TRACTION.id
    assert set(ids(search, "ozone")[:3]) == {OZONE_REVIEW.id, OZONE_TRIAL.id, OZONE_RETRACTED.id}
    assert OZONE_TRIAL.id in ids(search, "intradiscal sciatica")[:1]


def test_words_are_found_in_another_form_and_in_any_case(search):
    assert ids(search, "INJECTIONS of ozones")[0] in (OZONE_REVIEW.id, OZONE_TRIAL.id, OZONE_RETRACTED.id)


def test_a_misspelt_word_still_finds_its_document(search):
    assert ids(search, "mechnical tractoin")[0] == TRACTION.id


def test_words_that_ask_tell_nothing(search):
    assert search.words("What is the effect of ozone, and how does it do that?") == ["effect", "ozon"]


def test_a_phrase_must_stand_side_by_side(search):
    assert ids(search, phrases=("steroid injection",)) == [OZONE_REVIEW.id]
    assert ids(search, phrases=("injection steroid",)) == []
    assert ids(search, "ozone", phrases=("adults of a city",)) == []


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((2002, 2002), {OZONE_TRIAL.id}),
        ((2002, None), {OZONE_TRIAL.id, OZONE_RETRACTED.id}),
        ((None, 2001), {OZONE_REVIEW.id}),
        ((None, None), {OZONE_REVIEW.id, OZONE_TRIAL.id, OZONE_RETRACTED.id}),
    ],
)
def test_years_are_filtered_with_both_ends(search, years, expected):
    assert set(ids(search, "ozone injection", years=years)) & {f"pmid:{990_000_000 + n}" for n in (1, 2, 3)} == expected


def test_types_and_standings_are_filtered(search):
    assert ids(search, "ozone", types=("systematic review", "meta-analysis"))[0] == OZONE_REVIEW.id
    assert ids(search, "ozone", standings=("retracted",)) == [OZONE_RETRACTED.id]
    assert ids(search, types=("meta-analysis",)) == [TRACTION.id]


def test_a_filter_changes_no_score(search):
    plain = {hit.id: hit.score for hit in search.rank(Question("ozone injection"), 20)}
    filtered = search.rank(Question("ozone injection", years=(2001, 2002)), 20)
    assert filtered
    assert all(hit.score == pytest.approx(plain[hit.id]) for hit in filtered)


def test_another_name_for_the_same_thing_finds_the_document(search):
    assert ids(search, "slipped disc") != [DISC.id]
    found = search.rank(Question("slipped disc", same=(("slipped disc", "herniated disk"),)), 20)
    assert found[0].id == DISC.id


def test_a_newer_version_takes_the_place_of_the_older(search):
    newer = replace(OZONE_TRIAL, title="Acupuncture: a made-up trial", text="Needles.", passages=())
    search.add([(99, newer)])
    assert ids(search, "acupuncture") == [OZONE_TRIAL.id]
    assert OZONE_TRIAL.id not in ids(search, "intradiscal")
    assert (search.count(), search.sequence()) == (len(ALL), 99)


def test_a_deleted_document_is_not_found(search):
    search.add([(99, replace(TRACTION, standing="deleted"))])
    assert TRACTION.id not in ids(search, "traction")
    assert search.count() == len(ALL) - 1


def test_a_long_document_is_found_by_its_best_part_and_once(make):
    filler = "Nothing of note was written on this page about anything at all. " * 20
    long = document(50, "A long guideline", *[filler] * 12, "Ozone was not looked at.", *[filler] * 12)
    search = make()
    search.add([(1, long)])
    (hit,) = search.rank(Question("ozone"), 5)
    assert "Ozone was not looked at." in long.text[hit.start : hit.end]
    assert hit.end - hit.start < len(long.text) / 2


def test_rare_words_tell_more_than_common_ones(search):
    weights = search.weights(["ozon", "adult", "nowher"])
    assert weights["adult"] < weights["ozon"] < weights["nowher"]


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=2))
def test_no_text_breaks_a_search(shared_search, text, phrases):
    for hit in shared_search.rank(Question(text, tuple(phrases), same=((text, "sciatica"),)), 3):
        assert 0 <= hit.start <= hit.end


@pytest.fixture(scope="module")
def shared_search() -> Search:
    search = TantivySearch()
    search.add(enumerate(ALL, start=1))
    return search
