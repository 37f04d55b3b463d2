"""Putting content on the desk from its page: all of it, again, and where proving the difference takes long."""

from __future__ import annotations

import time

from rootline.edges.desk import patience
from tests.edges.desk.conftest import send


def test_everything_is_submitted_and_what_is_there_stays(at, site):
    every = 1 + 4 * len(site.pack.questions)
    first = send(at("author"), "/desk/submit", what="everything").text
    assert first.count(": submitted, edition 1") == every
    again = send(at("reviewer"), "/desk/submit", what="everything").text
    assert again.count(": submitted, edition 1") == every
    assert at("author").get("/desk").text.count('<li class="part') == every


def test_where_proving_takes_long_the_page_says_so_and_it_is_done_all_the_same(at, piece, monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0)
    assert "stands in the queue when that is done" in send(at("author"), "/desk/submit", what=piece).text
    for _ in range(100):
        if "/desk/editions/1" in at("author").get("/desk").text:
            return
        time.sleep(0.1)
    raise AssertionError("it never came into the queue")
