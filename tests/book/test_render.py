"""The page is valid, whole in itself, safe against hostile texts, and the same each time."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from rootline.answers.reviewed import unreviewed
from rootline.book import render as module
from rootline.book.content import collect
from rootline.book.render import CHAPTERS, render
from rootline.packs.load import load
from tests.book.page import Page, read

TEMPLATES = Path(module.__file__).parent / "templates"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;</style></title>' {{ 7*7 }} */ "


def test_the_page_is_valid_html(page):
    assert [one.tag for one in page.root] == ["head", "body"]  # parsing is strict: any error is raised


def test_ids_are_unique_and_links_inside_the_page_lead_somewhere(page):
    assert [id_ for id_, count in Counter(page.ids).items() if count > 1] == []
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside and inside - set(page.ids) == set()


def test_the_page_needs_nothing_from_outside_and_no_script(page):
    for tag in ("script", "link", "img", "iframe", "object", "base", "form"):
        assert page.tags(tag) == []
    assert {tag for one in page.elements for tag in one.attrib if tag.startswith("on") or tag == "src"} == set()
    style = "".join(page.tags("style")[0].itertext())
    assert not re.search(r"url\(|@import|@font-face", style)
    assert all(link.startswith(("#", "https://", "http://")) for link in page.links)


def test_headings_go_down_one_level_at_a_time(page):
    levels = [int(one.tag[1]) for one in page.elements if re.fullmatch(r"h[1-6]", str(one.tag))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_pictures_have_a_title_and_a_description(book, page):
    pictures = page.tags("svg")
    assert len(pictures) >= 1 + len(book.sections)
    for picture in pictures:
        title, description = picture.attrib["aria-labelledby"].split()
        for id_ in (title, description):
            assert page.words(id_)
        assert picture.attrib["role"] == "img"


def test_the_same_pack_gives_the_same_page(example):
    review = unreviewed(example.pack)
    assert render(example, review) == render(collect(load(example.pack.folder)), review)


def test_the_print_style_names_the_chapters_and_what_is_signed(book, page):
    style = "".join(page.tags("style")[0].itertext())
    assert style.count("@page chapter-") == len(CHAPTERS)
    assert book.pack.sha256[:16] in style
    assert "counter(page)" in style


def test_the_review_state_stands_first_and_the_signature_does_not_change_it(page):
    body = "".join(page.tags("body")[0].itertext())
    assert "No clinician has approved this content" in body[:1500]
    assert "Signing this paper does not change the review state" in page.words("signature")
    for line in ("Name", "Role", "Conflicts of interest", "Date", "Signature"):
        assert line in page.words("signature")


def test_every_template_of_a_chapter_is_a_chapter():
    assert {path.stem for path in (TEMPLATES / "chapters").glob("*.html")} == set(CHAPTERS)


@pytest.fixture(scope="module")
def hostile(example, tmp_path_factory) -> Page:
    """The example with a hostile text put into every quoted text of its files but ids and phrases."""
    folder = shutil.copytree(example.pack.folder, tmp_path_factory.mktemp("hostile") / "ankle-sprain")
    keys = (
        "clinician|patient|says|title|short|reading|story|name|claim|why|strength|certainty|population|for|read|numbers"
    )
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(rf'\b({keys}): "', lambda found: f'{found[1]}: "{HOSTILE}', text)
        path.write_text(re.sub(r"^url: .*$", 'url: "javascript:alert(3)"', text, flags=re.MULTILINE), encoding="utf-8")
    return read(collect(load(folder)))


def test_hostile_texts_are_shown_as_text(hostile):
    assert hostile.tags("script") == [] and hostile.tags("img") == []
    assert [one for one in hostile.elements if any(name.startswith("on") for name in one.attrib)] == []
    assert "49" not in hostile.words("rules")
    for place in ("facts", "rules", "urgency", "advice", "actions", "sites", "disagreements", "left-out", "vignettes"):
        assert HOSTILE.strip() in hostile.words(place), place
    assert HOSTILE.strip() in "".join(hostile.tags("title")[0].itertext())
    assert not [link for link in hostile.links if link.startswith("javascript")]


def test_a_hostile_title_cannot_end_the_style(hostile):
    style = "".join(hostile.tags("style")[0].itertext())
    assert "alert" in style and "<" not in style
    assert style.rstrip().endswith("}")
