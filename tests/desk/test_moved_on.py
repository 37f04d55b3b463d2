"""A pack that becomes another version under a program that runs: what it still answers from is stale by itself."""

from __future__ import annotations

import shutil
import time

import pytest

from rootline.answers.ask import ask
from rootline.desk.acts import draft
from rootline.desk.present import MOVED_ON, Present
from rootline.desk.queue import queue
from rootline.desk.shown import pack_review, review_of
from rootline.errors import RefusedError
from rootline.packs.load import load
from tests.desk.conftest import EXAMPLE
from tests.desk.three_people import ANN, approved, clinicians

QUESTION = "What should I do about a sprained ankle?"


@pytest.fixture
def here(tmp_path):
    """The pack in a folder of this test alone, as a server has read it."""
    folder = tmp_path / "served" / "ankle-sprain"
    shutil.copytree(EXAMPLE, folder)
    return Present(load(folder))


def write(present, name, text):
    (present.pack.folder / name).write_text(text, encoding="utf-8")
    time.sleep(1.1)  # the files are looked at once in a second


def test_it_is_stale_says_why_and_is_approved_again_with_the_former_files(desk, here, monkeypatch):
    subject = clinicians(here)
    approved(desk, here, subject)
    approved(desk, here, here.subject("ankle-sprain"))
    monkeypatch.setenv("ROOTLINE_DESK", desk.engine.url.render_as_string(hide_password=False))
    assert review_of(ask(QUESTION, here.pack), desk, here).state == pack_review(here).state == "approved"
    write(here, "advice/more.yaml", "# another version\n")
    review = review_of(ask(QUESTION, here.pack), desk, here)
    assert (review.state, review.note) == ("stale", MOVED_ON)
    assert (pack_review(here).state, pack_review(here).note) == ("stale", MOVED_ON)
    assert {one.subject.id for one in queue(desk, here).waiting} == {subject.id, "ankle-sprain"}
    (here.pack.folder / "advice/more.yaml").unlink()
    time.sleep(1.1)
    assert review_of(ask(QUESTION, here.pack), desk, here).state == "approved"


def test_what_was_read_before_is_not_put_on_the_desk_any_more(desk, here):
    write(here, "pack.yaml", (here.pack.folder / "pack.yaml").read_text(encoding="utf-8") + "\n# changed\n")
    with pytest.raises(RefusedError, match="changed since this program read it"):
        draft(desk, ANN, here.content(clinicians(here)), here.pack)
