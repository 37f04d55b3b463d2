"""What the library knows of a source stands beside it: at the desk before anybody signs, and on every page."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from rootline.desk.present import Present
from rootline.edges.desk.join import join_people
from rootline.edges.web.app import create_app
from rootline.evidence.store.versions import Store
from rootline.packs.load import load
from tests.desk.conftest import EXAMPLE
from tests.edges.desk.at_desk.conftest import do
from tests.edges.desk.at_desk.test_life import NONE
from tests.edges.desk.conftest import send, sign_in
from tests.evidence.strategies import made_up

PIECE = "ankle-sprain/first-steps/clinician"


@pytest.fixture
def source(site):
    """A source that the answer cites, and that a library can know."""
    cited = Present(site.pack).content(Present(site.pack).subject(PIECE)).answer.sources
    return next(site.pack.sources[one.id] for one in cited if one.doi)


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path / "library"))
    return Store(tmp_path / "library")


def test_a_first_edition_names_the_source_that_the_library_knows_as_retracted(at, library, source, piece):
    library.add(made_up(pmid="", doi=source.doi, kind="ris", standing="retracted"), "a")
    send(at("author"), "/desk/submit", what=piece)
    html = at("reviewer").get("/desk/editions/1").text
    assert "What the library says of its sources, signed with it:" in html
    assert f'<a href="/sources/{source.id}">{source.id}</a>: <strong class="standing">retracted</strong>' in html
    assert "so says the library here; the pack says current" in html


def test_a_standing_that_turned_is_among_the_differences_and_on_every_page(at, library, source, edition):
    library.add(made_up(pmid="", doi=source.doi, kind="ris"), "a")
    do(at("reviewer"), edition, "take")
    do(at("reviewer"), edition, "approve", **NONE)
    library.add(made_up(pmid="", doi=source.doi, kind="ris", standing="retracted"), "b")
    send(at("author"), "/desk/submit", what=PIECE)
    html = at("reviewer").get("/desk/editions/2").text
    assert f"<b>standing of {source.id}</b>: was <del>current</del>, is <ins>retracted</ins>" in html
    for page in (f"/sources/{source.id}", "/questions/first-steps?audience=clinician"):
        assert "so says the library here; the pack says current" in at("").get(page).text
    assert at("").get(f"/api/v1/sources/{source.id}").json()["standing"] == "retracted"
    assert ">retracted</td>" in at("").get("/sources").text
    assert "1 retracted" in at("").get("/questions/first-steps?audience=clinician").text


def test_a_pack_is_read_in_the_very_version_that_is_signed(at, people, site, tmp_path):
    send(at("author"), "/desk/submit", what="ankle-sprain")
    assert at("reviewer").get("/desk/editions/1").text.count("This is not what the site shows now.") == 0
    folder = tmp_path / "changed" / "ankle-sprain"
    shutil.copytree(EXAMPLE, folder)
    file = folder / "advice" / "follow-up.yaml"
    file.write_text(file.read_text().replace("Review after 2 weeks.", "Review after 3 weeks."))
    app = create_app(replace(site, pack=load(folder)))
    join_people(app, people)
    later = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    assert sign_in(later, "reviewer").status_code == 303
    html = later.get("/desk/editions/1").text
    assert "This is not what the site shows now." in html and "it would be stale at once" in html
    assert 'href="/desk/editions/1/book"' in html
    book = later.get("/desk/editions/1/book").text
    assert "Review after 2 weeks." in book and "Review after 3 weeks." not in book
    assert "Review after 3 weeks." in later.get("/book").text
