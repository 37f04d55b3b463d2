"""A format is told by the first bytes of a file, whatever the file is called."""

from __future__ import annotations

import pytest

from rootline.errors import EvidenceError
from rootline.evidence.intake.opening import Opened
from rootline.evidence.intake.recognise import reader_of

BEGINNINGS = {
    b"<PubmedArticleSet>": "pubmed",
    b"\n<?xml version='1.0'?>\n<!-- a --><!DOCTYPE PubmedArticleSet SYSTEM 'x' [ ]>\n<PubmedArticleSet>": "pubmed",
    b"<DeleteCitation>": "pubmed",
    b"<article dtd-version='1.3'>": "jats",
    b"<pmc-articleset>": "jats",
    b"<!DOCTYPE html><p>": "html",
    b"<HTML>": "html",
    b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html>": "html",
    b"\n\nPMID- 99000001": "nbib",
    b"\r\nTY  - JOUR": "ris",
    b"% made up\n@Article{a,": "bibtex",
    b"junk before %PDF-1.4": "pdf",
    b"Words.": "plain_text",
}


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("name", ["a", "a.txt", "a.md", "a.html"])
def test_a_format_is_told_by_its_beginning(beginning, name, tmp_path):
    (tmp_path / name).write_bytes(beginning)
    expected = BEGINNINGS[beginning]
    if expected == "plain_text" and name == "a.md":
        expected = "markdown"
    if expected == "plain_text" and name == "a.html":
        with Opened(tmp_path / name) as opened, pytest.raises(EvidenceError, match="none of the formats"):
            reader_of(opened)
        return
    with Opened(tmp_path / name) as opened:
        assert reader_of(opened).__module__ == f"rootline.evidence.intake.{expected}"


@pytest.mark.parametrize(("name", "expected"), [("a.htm", "html"), ("a.md", "markdown"), ("a.txt", "plain_text")])
def test_a_part_of_a_page_is_told_by_its_name(name, expected, tmp_path):
    (tmp_path / name).write_bytes(b"<div>Words.</div>")
    with Opened(tmp_path / name) as opened:
        assert reader_of(opened).__module__ == f"rootline.evidence.intake.{expected}"
