"""Vectors on disk: made once, killed in the middle, damaged, locked by another, read while they are written."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rootline.errors import BusyError, EvidenceError
from rootline.evidence.dense import vectors as module
from rootline.evidence.dense.embed import Embedder
from rootline.evidence.dense.model_folder import read_model_folder
from rootline.evidence.dense.vectors import FORM, Vectors
from tests.evidence.dense.tiny_model import make_model
from tests.evidence.documents import document

NAMES = ("sciatica", "traction", "ozone", "rest", "asthma", "gout", "walking")


def numbered(first: int, end: int):
    """Documents, each about one thing in turn."""
    return [(n, document(n, f"Made-up {n}", f"We looked at {NAMES[n % 7]}.")) for n in range(first, end)]


def ids(vectors: Vectors, text: str) -> list[str]:
    return [hit.id for hit in vectors.near(text).best(1000)]


def about(name: str, end: int) -> list[str]:
    return [one.id for n, one in numbered(1, end) if NAMES[n % 7] == name]


class Counting(Embedder):
    """How many passages went through the model."""

    count = 0

    def passage(self, text):
        self.count += 1
        return super().passage(text)


@pytest.fixture
def counting(made_model) -> Counting:
    return Counting(read_model_folder(made_model))


@pytest.fixture
def folder(tmp_path, embedder) -> Path:
    return tmp_path / FORM / embedder.model.sha256[:16]


def files(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def test_the_nearest_passage_of_each_document_is_found_whatever_its_words(embedder):
    vectors = Vectors(embedder)
    one = document(1, "Made-up", "A: We saw gout.", "B: Pulling was tried.", "C: We saw asthma.")
    assert vectors.add([(1, one), *numbered(2, 9)]) == 8
    hits = vectors.near("traction").best(2)
    assert [hit.id for hit in hits] == [one.id, "pmid:990000008"]
    assert one.text[hits[0].start : hits[0].end] == "Pulling was tried."
    assert vectors.near("traction").of(one.id) == pytest.approx(hits[0].score)
    assert vectors.near("traction").of("pmid:990000002") == 0
    assert vectors.near("traction").of("pmid:1") == vectors.near("traction").of("x" * 500) == 0


def test_what_has_no_likeness_is_not_among_the_nearest_and_equals_stand_by_id(embedder):
    vectors = Vectors(embedder)
    vectors.add(reversed(numbered(1, 30)))
    assert ids(vectors, "ischialgia") == about("sciatica", 30)
    assert ids(vectors, "xylophone") == []
    assert [hit.id for hit in vectors.near("ischialgia").best(2)] == about("sciatica", 30)[:2]


def test_a_document_without_text_is_found_by_its_title(embedder):
    vectors = Vectors(embedder)
    vectors.add([(1, document(1, "Gout"))])
    assert [(hit.start, hit.end) for hit in vectors.near("podagra").best(1)] == [(0, 0)]


def test_what_was_made_is_there_when_it_is_opened_again_and_only_what_is_new_is_made(tmp_path, counting):
    Vectors(counting, tmp_path).add(numbered(1, 100))
    made = counting.count
    vectors = Vectors(counting, tmp_path)
    assert vectors.sequence() == 99
    assert ids(vectors, "ischialgia") == about("sciatica", 100)
    vectors.add(numbered(100, 110))
    assert counting.count == made + 10
    assert ids(Vectors(counting, tmp_path), "ischialgia") == about("sciatica", 110)


def test_parts_stay_few_and_nothing_else_lies_about(tmp_path, embedder, folder):
    vectors = Vectors(embedder, tmp_path)
    for first in range(1, 400, 10):
        vectors.add(numbered(first, first + 10))
    state = json.loads((folder / "state.json").read_text())
    assert len(state["parts"]) <= 6
    named = {f"{name}.{kind}.npy" for name, *_ in state["parts"] for kind in ("ids", "firsts", "rows", "vectors")}
    assert files(folder) == named | {"state.json", "writer.lock"}
    assert ids(vectors, "ischialgia") == about("sciatica", 401)


def test_a_revised_document_counts_as_it_is_now_and_only_changed_passages_are_made_again(tmp_path, counting):
    vectors = Vectors(counting, tmp_path)
    one = document(7, "Made-up", "A: We saw gout.", "B: We saw rest.")
    vectors.add([*numbered(1, 7), (7, one), *numbered(8, 50)])
    made = counting.count
    vectors.add([(50, document(7, "Made-up", "A: We saw gout.", "B: We saw walking."))])
    assert counting.count == made + 1
    vectors.add([(51, replace(document(7, "Made-up", "A: We saw gout.", "B: We saw walking."), standing="retracted"))])
    assert counting.count == made + 1
    for opened in (vectors, Vectors(counting, tmp_path)):
        assert one.id in ids(opened, "ambulation") and one.id in ids(opened, "podagra")
        assert one.id not in ids(opened, "lying")
        assert opened.sequence() == 51


def test_a_deleted_document_goes_also_when_it_is_the_last(tmp_path, embedder):
    vectors = Vectors(embedder, tmp_path)
    vectors.add([(1, document(1, "Gout"))])
    vectors.add([(2, replace(document(1, "Gout"), standing="deleted"))])
    for opened in (vectors, Vectors(embedder, tmp_path)):
        assert (ids(opened, "podagra"), opened.sequence()) == ([], 2)
        assert opened.near("podagra").of("pmid:990000001") == 0
    vectors.add([(3, document(1, "Gout"))])
    assert ids(Vectors(embedder, tmp_path), "podagra") == ["pmid:990000001"]


def test_any_history_of_changes_ends_in_the_same_vectors(tmp_path, embedder, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 3)
    chance = np.random.default_rng(5)
    vectors, held = Vectors(embedder, tmp_path), dict[str, str]()
    for sequence in range(1, 120):
        number, name = int(chance.integers(1, 40)), str(chance.choice(NAMES))
        one = document(number, "Made-up", f"We looked at {name}.")
        is_deleted = chance.random() < 0.2
        vectors.add([(sequence, replace(one, standing="deleted") if is_deleted else one)])
        held[one.id] = "" if is_deleted else name
    for name in NAMES:
        expected = sorted(id_ for id_, now in held.items() if now == name)
        assert ids(vectors, name) == ids(Vectors(embedder, tmp_path), name) == expected


def test_another_model_makes_its_own_and_the_first_one_keeps_its(tmp_path, counting):
    Vectors(counting, tmp_path / "library").add(numbered(1, 20))
    other = Embedder(read_model_folder(make_model(tmp_path / "other", shift=0.5)))
    second = Vectors(other, tmp_path / "library")
    assert (second.sequence(), ids(second, "ischialgia")) == (0, [])
    second.add(numbered(1, 20))
    assert second.near("ischialgia").of("pmid:990000001") > 0
    made = counting.count
    first = Vectors(counting, tmp_path / "library")
    assert (first.sequence(), first.near("ischialgia").of("pmid:990000001")) == (19, 0)
    assert counting.count == made


def test_what_another_holds_already_is_not_made_again(tmp_path, counting):
    kept = Vectors(counting, tmp_path)
    kept.add(numbered(1, 20))
    made = counting.count
    then = Vectors(counting, like=kept)
    then.add([*numbered(1, 10), (10, document(10, "Made-up 10", "We looked at gout."))])
    assert counting.count == made + 1
    assert ids(then, "ischialgia") == about("sciatica", 10)


def test_a_reader_sees_one_state_while_a_writer_works(tmp_path, embedder):
    writer = Vectors(embedder, tmp_path)
    writer.add(numbered(1, 50))
    reader, seen = Vectors(embedder, tmp_path), []

    def watched():
        for number, one in numbered(50, 400):
            if number % 50 == 0:
                seen.append((reader.sequence(), ids(reader, "ischialgia")))
                opened = Vectors(embedder, tmp_path)
                assert ids(opened, "ischialgia") == about("sciatica", opened.sequence() + 1)
            yield number, one

    writer.add(watched())
    assert seen == [(49, about("sciatica", 50))] * 7
    assert Vectors(embedder, tmp_path).sequence() == 399


def test_a_second_writer_is_told_to_wait_and_goes_on_from_the_latest_state(tmp_path, embedder):
    first, second = Vectors(embedder, tmp_path), Vectors(embedder, tmp_path)

    def documents():
        yield from numbered(1, 30)
        with pytest.raises(BusyError, match="another process is adding"):
            second.add(numbered(1, 5))

    first.add(documents())
    second.add(numbered(30, 40))
    assert ids(Vectors(embedder, tmp_path), "ischialgia") == about("sciatica", 40)


ENDLESS = """
import sys
from pathlib import Path
from rootline.evidence.dense.opening import open_model
from rootline.evidence.dense.vectors import Vectors
from tests.evidence.dense.test_vectors import numbered
def documents():
    for number in range(1, 10**9):
        print(number, flush=True)
        yield from numbered(number, number + 1)
Vectors(open_model(Path(sys.argv[1])), Path(sys.argv[2])).add(documents())
"""


@pytest.mark.parametrize("reached", [40, 333, 777])
def test_killed_at_any_point_nothing_is_lost_that_was_committed_and_it_goes_on(tmp_path, made_model, embedder, reached):
    command = [sys.executable, "-c", ENDLESS, str(made_model), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        for line in writer.stdout:
            if int(line) >= reached:
                break
        writer.send_signal(signal.SIGKILL)
    vectors = Vectors(embedder, tmp_path)
    held = vectors.sequence()
    assert held >= reached - 2 * module.BATCH and held % module.BATCH == 0
    assert ids(vectors, "ischialgia") == about("sciatica", held + 1)
    vectors.add(numbered(held + 1, held + 100))
    assert ids(Vectors(embedder, tmp_path), "ischialgia") == about("sciatica", held + 100)


@pytest.mark.parametrize("kind", ["ids", "firsts", "rows", "vectors", "state"])
@pytest.mark.parametrize("how", ["noise", "cut short", "removed", "emptied"])
def test_what_is_damaged_is_made_anew(tmp_path, embedder, folder, kind, how):
    Vectors(embedder, tmp_path).add(numbered(1, 50))
    (file,) = folder.glob("state.json" if kind == "state" else f"*.{kind}.npy")
    data = bytearray(file.read_bytes())
    if how == "noise":
        data[-9] ^= 0x5A
    spoilt = {"noise": data, "cut short": data[:-7], "emptied": b""}
    file.write_bytes(spoilt[how]) if how in spoilt else file.unlink()
    vectors = Vectors(embedder, tmp_path)
    assert (vectors.sequence(), ids(vectors, "ischialgia")) == (0, [])
    vectors.add(numbered(1, 50))
    assert ids(Vectors(embedder, tmp_path), "ischialgia") == about("sciatica", 50)


def test_what_is_thrown_away_is_away(tmp_path, embedder, folder):
    vectors = Vectors(embedder, tmp_path)
    vectors.add(numbered(1, 50))
    reader = Vectors(embedder, tmp_path)
    vectors.clear()
    assert (vectors.sequence(), Vectors(embedder, tmp_path).sequence()) == (0, 0)
    assert files(folder) == {"state.json", "writer.lock"}
    assert ids(reader, "ischialgia") == about("sciatica", 50)


def test_a_file_where_the_folder_should_be_is_named(tmp_path, embedder):
    (tmp_path / FORM).write_text("x")
    with pytest.raises(EvidenceError, match=rf"{FORM}/.*: the vectors cannot be written: "):
        Vectors(embedder, tmp_path).add(numbered(1, 2))
