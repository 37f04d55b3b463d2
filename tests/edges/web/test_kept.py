"""Kept cases: written whole, never over what somebody else wrote meanwhile, and only when they can be shown."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest

from rootline.answers.conversation import Asked, Conversation, Corrected
from rootline.edges.web.kept import Kept
from rootline.errors import ConflictError, NotFoundError
from tests.edges.web.conftest import PATIENT, case, token
from tests.edges.web.test_pages import words


def test_what_goes_on_from_an_older_revision_is_not_written(tmp_path):
    kept = Kept(tmp_path)
    id_ = kept.keep(Conversation(PATIENT))
    mine, theirs = (kept.get(id_).then(Corrected("foot_drop", value)) for value in ("none", "partial"))
    kept.keep(theirs, id_)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        kept.keep(mine, id_)
    assert kept.get(id_).steps == theirs.steps
    kept.keep(kept.get(id_).then(Asked("and if pregnant?")), id_)
    assert len(kept.get(id_).steps) == 2


def test_of_many_who_write_at_once_each_is_written_or_told(tmp_path):
    kept = Kept(tmp_path)
    id_ = kept.keep(Conversation(PATIENT))

    def write(number: int) -> bool:
        try:
            kept.keep(kept.get(id_).then(Asked(f"question {number}")), id_)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(write, range(64)))
    assert len(kept.get(id_).steps) == sum(written) > 0
    assert kept.get(id_).revision == 1 + sum(written)


def test_drafts_of_a_killed_process_are_swept(tmp_path):
    kept = Kept(tmp_path)
    (tmp_path / f".{'0' * 32}.1234abcd").write_text("half")
    id_ = kept.keep(Conversation(PATIENT))
    assert [one.name for one in tmp_path.iterdir()] == [f"{id_}.json"]
    kept.forget(id_)
    with pytest.raises(NotFoundError):
        kept.get(id_)


def test_a_case_that_cannot_be_shown_is_not_kept(web, server):
    page = web.post("/answer", data={"question": PATIENT}).text
    for broken in (
        case("  "),
        case(PATIENT, Corrected("foot_drop", "purple")),
        case(PATIENT, Corrected("no_fact", "1")),
    ):
        refused = web.post("/keep", data={"case": broken, "token": token(page)})
        assert refused.status_code in (400, 404)
    assert not list(server.state.glob("cases/*"))


def test_a_program_and_a_window_on_one_case(web):
    asked = web.post("/api/ask", json={"question": PATIENT, "keep": True})
    id_ = asked.headers["rootline-case"]
    page = web.get(f"/kept/{id_}").text
    assert web.post("/api/ask", json={"question": "and if she is pregnant?", "case_id": id_}).status_code == 200
    mine = unescape(re.search(r'name="case" value="([^"]*)"', page)[1])
    conflict = web.post("/keep", data={"case": mine, "kept": id_, "token": token(page)})
    assert conflict.status_code == 409
    told = words(conflict.text)
    assert "pregnant → unknown" in told and "in another window or by a program" in told
    over = next(
        unescape(one)
        for one in re.findall(r'name="case" value="([^"]*)"', conflict.text)
        if json.loads(unescape(one))["revision"] == 2
    )
    done = web.post("/keep", data={"case": over, "kept": id_, "token": token(conflict.text)})
    assert done.status_code == 200 and "pregnant" not in words(done.text).partition("The case")[2][:400]
    web.post("/forget", data={"case": mine, "kept": id_, "token": token(page)})
