"""Open pages are held sealed, found again by their address alone, and forgotten in time."""

from __future__ import annotations

import os
import time

import pytest

from rootline.answers.conversation import Asked, Conversation, Corrected
from rootline.edges.web import opened
from rootline.edges.web.opened import LASTS, Opened, Shown
from rootline.errors import NotFoundError

BEGUN = Conversation("Jane, 61, sciatica", "patient")
SHOWN = Shown(BEGUN.then(Corrected("foot_drop", "none"), Asked("and if pregnant?")), BEGUN, "0" * 32, "typed")


def test_what_is_held_is_found_again_by_any_worker(tmp_path):
    address = Opened(tmp_path, b"key").hold(SHOWN)
    assert Opened(tmp_path, b"key").get(address) == SHOWN


def test_the_same_case_has_another_address_each_time(tmp_path):
    held = Opened(tmp_path, b"key")
    first, again = held.hold(SHOWN), held.hold(SHOWN)
    assert first != again and held.get(first) == held.get(again)


def test_nothing_in_the_folder_tells_of_the_patient_without_the_key(tmp_path):
    address = Opened(tmp_path, b"key").hold(SHOWN)
    (file,) = tmp_path.iterdir()
    assert not any(word in file.read_bytes() for word in (b"Jane", b"sciatica", b"foot_drop"))
    with pytest.raises(NotFoundError, match="no longer held"):
        Opened(tmp_path, b"another key").get(address)
    assert Opened(tmp_path, b"another key").hold(SHOWN) != address


@pytest.mark.parametrize("address", ["", "..", "0" * 32, "../../etc/passwd", "0" * 31 + "\n"])
def test_a_made_up_address_finds_nothing(tmp_path, address):
    with pytest.raises(NotFoundError):
        Opened(tmp_path, b"key").get(address)


def test_after_a_shift_it_is_gone(tmp_path, monkeypatch):
    held = Opened(tmp_path, b"key")
    address = held.hold(SHOWN)
    (file,) = tmp_path.iterdir()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + LASTS + 61)
    with pytest.raises(NotFoundError):
        held.get(address)
    held.hold(Shown(BEGUN))
    assert not file.exists()


def test_the_oldest_go_when_there_are_too_many(tmp_path, monkeypatch):
    held = Opened(tmp_path, b"key")
    first = held.hold(SHOWN)
    os.utime(tmp_path / first, (time.time() - 60,) * 2)
    second = held.hold(Shown(BEGUN))
    monkeypatch.setattr(opened, "_ROOM", (tmp_path / second).stat().st_size)
    Opened(tmp_path, b"key").hold(Shown(Conversation("another")))
    assert not (tmp_path / first).exists() and (tmp_path / second).exists()
