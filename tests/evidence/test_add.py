"""An import loses nothing and takes nothing twice, wherever it is stopped; what could not be read is named."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from rootline.evidence.add import BATCH_RECORDS, add, not_yet_taken
from rootline.evidence.intake.opening import hash_of
from rootline.evidence.store.resume import taken
from rootline.evidence.store.versions import Store
from rootline.evidence.trials.invented import FIRST_PMID, write_pubmed
from rootline.settings import LIBRARY_FILE
from tests.evidence.intake.test_formats import GOOD
from tests.evidence.strategies import EXAMPLES, article_set, packed


class Ear:
    """An onlooker that keeps what it is told."""

    def __init__(self):
        self.troubles, self.positions = [], []

    def begins(self, name, size):
        self.positions.append((name, size))

    def has_read(self, consumed, records):
        self.positions.append((consumed, records))

    def is_told(self, trouble):
        self.troubles.append(trouble)


def take(store, *paths):
    ear = Ear()
    return add(store, [(path, path.name) for path in paths], ear), ear


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "library")


def test_the_examples_go_in_and_go_in_only_once(store):
    files = sorted(EXAMPLES.iterdir())
    counts, ear = take(store, *files)
    assert counts["broken"] == 0 and ear.troubles == []
    assert counts["new"] == len([one for one in store.documents() if one.standing != "deleted"]) == 8
    again, ear = take(store, *files)
    assert (again["new"], again["revised"], again["same"]) == (0, 0, counts["new"] + counts["revised"] + counts["same"])
    assert ear.positions == []


def test_a_broken_record_is_named_each_time_and_the_rest_goes_in_once(store, tmp_path):
    path = tmp_path / "some.xml"
    path.write_text(article_set(GOOD, "<PubmedArticle><b></PubmedArticle>", GOOD.replace("9000001", "9000002")))
    for new in (2, 0):
        counts, ear = take(store, path)
        assert (counts["new"], counts["broken"]) == (new, 1)
        (trouble,) = ear.troubles
        assert trouble.startswith("some.xml: record 2 (byte ") and "not well-formed" in trouble
    assert len(list(store.documents())) == 2


def test_what_a_record_says_is_not_told_when_it_is_broken(store, tmp_path):
    (tmp_path / "a.xml").write_text(article_set("<PubmedArticle>secret words<b></PubmedArticle>"))
    (tmp_path / "a.ris").write_text("TY  - JOUR\nAB  - secret words\nER  - \nsecret words")
    (tmp_path / "a.nbib").write_text("PMID- 99000001\nsecret words\n")
    (tmp_path / "a.bib").write_text("@article{a, title={x}, secret words}\n@article{secret words")
    _, ear = take(store, *sorted(tmp_path.glob("a.*")))
    assert len(ear.troubles) >= 4 and not [one for one in ear.troubles if "secret" in one]


def test_a_damaged_gzip_file_gives_all_records_before_the_damage_and_says_where_it_is(store, tmp_path):
    write_pubmed(tmp_path / "whole.xml", 20)
    data = bytearray(packed((tmp_path / "whole.xml").read_bytes()))
    middle = len(data) // 2
    data[middle : middle + 40] = b"\xff" * 40
    (tmp_path / "damaged.xml.gz").write_bytes(data)
    counts, ear = take(store, tmp_path / "damaged.xml.gz")
    assert counts["broken"] == 1 and 5 < counts["new"] == len(list(store.documents())) < 15
    place = int(ear.troubles[0].split("is damaged at byte ")[1].split(":")[0])
    assert middle - 1000 < place < middle + 1000
    counts, _ = take(store, tmp_path / "damaged.xml.gz")
    assert (counts["new"], counts["broken"]) == (0, 1) and counts["same"] > 5


def test_a_file_that_breaks_off_gives_what_came_before_and_goes_on_when_whole(store, tmp_path):
    whole = tmp_path / "whole.xml"
    write_pubmed(whole, BATCH_RECORDS + 20)
    cut = tmp_path / "cut.xml.gz"
    cut.write_bytes(packed(whole.read_bytes())[:-3000])
    counts, ear = take(store, cut)
    kept = len(list(store.documents()))
    assert counts["broken"] == 1 and "breaks off" in ear.troubles[0] and "Download or copy it again" in ear.troubles[0]
    assert 0 < counts["new"] == kept < BATCH_RECORDS + 20
    counts, _ = take(store, cut, whole)
    assert (counts["broken"], counts["new"], counts["same"]) == (1, BATCH_RECORDS + 20 - kept, 2 * kept)
    assert len(list(store.documents())) == BATCH_RECORDS + 20


def test_only_files_that_are_not_in_the_library_as_a_whole_are_new(store, tmp_path):
    (tmp_path / "a.xml").write_text(article_set(GOOD))
    (tmp_path / "b.xml").write_text(article_set(GOOD)[:-30])
    take(store, tmp_path / "a.xml", tmp_path / "b.xml")
    assert not_yet_taken(store, sorted(tmp_path.glob("*.xml"))) == [tmp_path / "b.xml"]


def test_how_far_a_file_is_read_is_told_after_each_batch(store, tmp_path):
    path = tmp_path / "some.xml"
    write_pubmed(path, 2 * BATCH_RECORDS + 1)
    _, ear = take(store, path)
    size = path.stat().st_size
    assert ear.positions[0] == ("some.xml", size) and ear.positions[-1] == (size, 2 * BATCH_RECORDS + 1)
    assert [records for _, records in ear.positions[1:]] == [BATCH_RECORDS, 2 * BATCH_RECORDS, 2 * BATCH_RECORDS + 1]


def rows(path):
    try:
        with sqlite3.connect(f"file:{path / LIBRARY_FILE}?mode=ro", uri=True) as connection:
            return connection.execute("SELECT count(*) FROM rendition").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def test_killed_at_any_point_and_run_again_nothing_is_lost_and_nothing_is_there_twice(tmp_path):
    file, library = tmp_path / "many.xml", tmp_path / "library"
    count = 12 * BATCH_RECORDS + 7
    write_pubmed(file, count)
    command = [sys.executable, "-m", "rootline", "evidence", "add", "--library", str(library), str(file)]
    kills = 0
    for wanted in (1, 2 * BATCH_RECORDS + 1, 5 * BATCH_RECORDS + 1):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while rows(library) < wanted and process.poll() is None:
            time.sleep(0.002)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        process.wait()
        done = taken(Store(library), hash_of(file))
        assert done.position == sum(done.counts.values()) == rows(library)
    assert kills >= 2
    last = subprocess.run(command, capture_output=True, text=True)
    assert last.returncode == 0
    assert last.stdout == f"1 files: {count} new, 0 revised, 0 same, 0 deleted, 0 broken\n"
    assert rows(library) == count
    numbers = [int(one.pmid) for one in Store(library).documents()]
    assert sorted(numbers) == list(range(FIRST_PMID, FIRST_PMID + count))
