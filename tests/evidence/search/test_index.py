"""The index on disk: killed in the middle, damaged, locked by another, read while it is written."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from rootline.errors import EvidenceError
from rootline.evidence.library import open_library
from rootline.evidence.search.index import COMMIT_EVERY, FORM, TantivySearch
from rootline.evidence.search.interface import Question
from rootline.evidence.store.versions import Store
from rootline.settings import LIBRARY_FILE
from tests.evidence.documents import ALL, OZONE_TRIAL, document

ENDLESS = """
import sys
from pathlib import Path
from rootline.evidence.search import index
from tests.evidence.documents import document
index.COMMIT_EVERY = 50
def documents():
    for number in range(1, 10**9):
        print(number, flush=True)
        yield number, document(number, f"Made-up number{number}", "Ozone.")
index.TantivySearch(Path(sys.argv[1])).add(documents())
"""


def test_killed_in_the_middle_it_can_be_searched_and_goes_on_where_it_was(tmp_path):
    writer = subprocess.Popen([sys.executable, "-c", ENDLESS, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        for line in writer.stdout:
            if int(line) >= 330:
                break
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
    search = TantivySearch(tmp_path)
    reached = search.sequence()
    assert reached >= 300 and reached % 50 == 0
    assert search.count() == reached
    rest = [(number, document(number, f"Made-up number{number}", "Ozone.")) for number in range(reached + 1, 401)]
    assert search.add(rest) == len(rest)
    assert (search.count(), search.sequence()) == (400, 400)
    assert [hit.id for hit in search.rank(Question("number377"), 1)] == [document(377, "", "Ozone.").id]


def test_a_reader_sees_one_state_while_a_writer_works(tmp_path):
    reader, writer = TantivySearch(tmp_path), TantivySearch(tmp_path)
    writer.add([(1, OZONE_TRIAL)])
    assert seen_in_time(reader, 1)
    seen = []

    def watched():
        for number in range(2, 200):
            if number % 40 == 0:
                seen.append((reader.count(), reader.sequence(), len(reader.rank(Question("ozone"), 500))))
            yield number, document(number, "Ozone", "Ozone.")

    writer.add(watched())
    assert seen == [(1, 1, 1)] * len(seen)
    assert seen_in_time(reader, 199)
    assert reader.count() == 198


def seen_in_time(reader: TantivySearch, sequence: int) -> bool:
    """Another process's commit is noticed within seconds."""
    end = time.monotonic() + 20
    while reader.sequence() != sequence and time.monotonic() < end:
        time.sleep(0.05)
    return reader.sequence() == sequence


def test_a_second_writer_is_told_to_wait(tmp_path):
    first, second = TantivySearch(tmp_path), TantivySearch(tmp_path)

    def documents():
        yield 1, OZONE_TRIAL
        with pytest.raises(EvidenceError, match="another process is adding"):
            second.add([(1, OZONE_TRIAL)])

    assert first.add(documents()) == 1


def test_many_documents_are_committed_on_the_way(tmp_path, monkeypatch):
    monkeypatch.setattr("rootline.evidence.search.index.COMMIT_EVERY", 4)
    assert COMMIT_EVERY > 4
    search = TantivySearch(tmp_path)
    search.add(enumerate(ALL, start=1))
    assert (search.count(), search.sequence()) == (len(ALL), len(ALL))


@pytest.fixture
def library(tmp_path) -> Path:
    store = Store(tmp_path)
    for one in ALL:
        store.add(one, "test")
    assert open_library(tmp_path).search.count() == len(ALL)
    return tmp_path


def test_what_the_store_gains_is_taken_in_when_the_library_is_opened(library):
    Store(library).add(document(60, "Acupuncture", "Needles were tried."), "test")
    opened = open_library(library)
    assert opened.search.count() == len(ALL) + 1
    assert [hit.id for hit in opened.search.rank(Question("acupuncture"), 1)] == ["pmid:990000060"]


@pytest.mark.parametrize("spoil", ["truncate the list of segments", "remove a segment", "fill with noise", "empty it"])
def test_a_damaged_index_is_built_anew_from_the_store(library, spoil):
    files = sorted((library / FORM).iterdir())
    assert files
    for file in files:
        if spoil == "truncate the list of segments" and file.name == "meta.json":
            file.write_bytes(file.read_bytes()[:20])
        elif spoil == "remove a segment" and file.suffix in (".term", ".idx", ".store"):
            file.unlink()
        elif spoil == "fill with noise" and file.suffix in (".term", ".idx", ".store", ".fast"):
            file.write_bytes(b"\xff" * file.stat().st_size)
        elif spoil == "empty it" and not file.name.startswith("."):
            file.unlink()
    opened = open_library(library)
    assert opened.search.count() == len(ALL)
    assert opened.search.rank(Question("intradiscal"), 1)[0].id == OZONE_TRIAL.id


def test_an_index_ahead_of_its_store_is_that_of_another_library(library):
    for file in library.glob("library.sqlite*"):
        file.unlink()
    Store(library).add(OZONE_TRIAL, "test")
    assert open_library(library).search.count() == 1


@pytest.mark.parametrize("suffix", [".store", ".pos", ".fast", ".idx", ".term", ".fieldnorm"])
@pytest.mark.parametrize("place", ["beginning", "middle", "end"])
def test_noise_in_any_file_is_seen_and_the_index_is_built_anew(library, suffix, place):
    (file,) = (library / FORM).glob(f"*{suffix}")
    data = bytearray(file.read_bytes())
    at = {"beginning": 0, "middle": len(data) // 4, "end": len(data) - 4}[place]
    data[at : at + 4] = bytes(one ^ 0x5A for one in data[at : at + 4])
    file.write_bytes(data)
    opened = open_library(library)
    assert not file.exists()
    assert opened.search.count() == len(ALL)
    assert opened.search.rank(Question('"intradiscal ozone"'), 1)[0].id == OZONE_TRIAL.id


def test_a_sound_index_is_kept_and_read_once(library, monkeypatch):
    open_library(library)
    before = {one.name: one.stat().st_mtime_ns for one in (library / FORM).iterdir() if one.suffix}
    watched = "rootline.evidence.search.soundness._is_as_written"
    monkeypatch.setattr(watched, lambda path: pytest.fail(f"{path} is read again"))
    assert open_library(library).search.count() == len(ALL)
    assert {one.name: one.stat().st_mtime_ns for one in (library / FORM).iterdir() if one.suffix} == before


def test_a_file_where_the_index_should_be_is_named(library):
    index = library / FORM
    shutil.rmtree(index)
    index.write_text("x")
    with pytest.raises(EvidenceError, match=r"search-1: the search index cannot be written: "):
        open_library(library)


FULL = """
import resource, sys
from pathlib import Path
from rootline.evidence.search.index import TantivySearch
from tests.evidence.documents import document
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
words = " ".join(f"w{number * 7919}" for number in range(400))
TantivySearch(Path(sys.argv[1])).add((n, document(n, f"Made-up {n}", f"{words} {n}")) for n in range(1, 3000))
"""


def test_a_disk_that_takes_no_more_while_indexing_is_said(tmp_path):
    run = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True)
    assert f"EvidenceError: {tmp_path / FORM}: the search index cannot be written: " in run.stderr, run.stderr
    assert "Look whether the disk is full" in run.stderr


BUSY = """
import sys
from pathlib import Path
from rootline.evidence.search.index import TantivySearch
from tests.evidence.documents import document
def documents():
    for number in range(1, 4):
        yield number, document(number, f"Made-up number{number}", "Ozone.")
    print("begun", flush=True)
    sys.stdin.read()  # until it is let go
TantivySearch(Path(sys.argv[1])).add(documents())
"""


@pytest.fixture
def busy(tmp_path):
    """Another process builds the first index of a library, and has committed nothing yet."""
    store = Store(tmp_path)
    for number in range(1, 4):
        store.add(document(number, f"Made-up number{number}", "Ozone."), "test")
    command = [sys.executable, "-c", BUSY, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "begun\n"
        yield tmp_path, process
        process.stdin.close()


def test_the_first_state_of_an_index_that_another_builds_is_waited_for(busy):
    library, process = busy
    threading.Timer(1, process.stdin.close).start()
    assert open_library(library).search.count() == 3


def test_an_index_of_which_nothing_is_there_yet_is_not_taken_for_an_empty_library(busy, monkeypatch):
    monkeypatch.setattr("rootline.evidence.library.WAIT_SECONDS", 0.2)
    with pytest.raises(EvidenceError, match="another process is adding"):
        open_library(busy[0])


def test_while_another_process_adds_the_last_committed_state_is_searched_and_what_is_missing_is_counted(tmp_path):
    store = Store(tmp_path)
    store.add(OZONE_TRIAL, "test")
    open_library(tmp_path)
    command = [sys.executable, "-c", BUSY, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "begun\n"
        store.add(document(60, "Acupuncture", "Needles were tried."), "test")
        opened = open_library(tmp_path)
        assert (opened.search.count(), opened.behind) == (1, 1)
        process.communicate()
    assert open_library(tmp_path).behind == 0


READ_ONLY = "mount --bind {0} {0} && mount -o remount,ro,bind {0} && exec {1}"


def run_read_only(folder: Path, words: str) -> subprocess.CompletedProcess[str]:
    """With a folder that takes no writing: by its rights, or, for who is above these, by how it is mounted."""
    command = f"{sys.executable} -m rootline evidence {words} --library {folder}"
    if os.geteuid() == 0:
        script = READ_ONLY.format(folder, command)
        return subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True)
    folder.chmod(0o500)
    try:
        return subprocess.run(command.split(), capture_output=True, text=True)
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("words", ["list", "search ozone", "show pmid:990000002"])
@pytest.mark.parametrize("is_indexed", [True, False])
def test_a_library_on_a_read_only_file_system_can_be_searched_and_listed(library, words, is_indexed):
    with closing(sqlite3.connect(library / LIBRARY_FILE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in library.glob(f"{LIBRARY_FILE}-*"):
        file.unlink()
    if not is_indexed:
        shutil.rmtree(library / FORM)
    before = sorted(one.name for one in library.iterdir())
    run = run_read_only(library, words)
    assert run.returncode == 0, run.stderr
    assert OZONE_TRIAL.title in run.stdout
    assert sorted(one.name for one in library.iterdir()) == before
