"""A retraction that only the title tells, in any format; and a remark that names the other work by its DOI alone."""

from __future__ import annotations

import pytest

from rootline.evidence.add import add
from rootline.evidence.store.versions import Store
from tests.evidence.strategies import article_set, as_nbib, as_pubmed, as_ris

RECORD = {
    "pmid": "99000001", "doi": "10.99999/made-up.1", "abstract": "Nothing was found.", "authors": ["Muster E"],
    "journal": "Made-up journal", "year": 2023,
}  # fmt: skip
MARKED = (
    "RETRACTED: Made-up trial", "retracted: Made-up trial", "[Retracted] Made-up trial", "[RETRACTED] Made-up trial",
    "RETRACTED ARTICLE: Made-up trial", "Retracted Article: Made-up trial", "[Retracted: Made-up trial]",
    "WITHDRAWN: Made-up review", "Withdrawn: Made-up review", "[withdrawn]: Made-up review",
)  # fmt: skip
PLAIN = (
    "Retraction rates in made-up journals", "Retracted eardrum", "Retracted eardrum: a made-up case",
    "Withdrawn patients in made-up trials: a count", "Retraction: a made-up history", "Why works are retracted: one",
)  # fmt: skip
FORMATS = {
    "xml": lambda title: article_set(as_pubmed(RECORD | {"title": title})),
    "nbib": lambda title: as_nbib(RECORD | {"title": title}),
    "ris": lambda title: as_ris(RECORD | {"title": title}),
    "bib": lambda title: f"@article{{a, title = {{{{{title}}}}}, abstract = {{Nothing was found.}}}}",
    "html": lambda title: f'<html><meta name="citation_title" content="{title}"><p>Nothing was found.</p></html>',
    "md": lambda title: f"# {title}\n\nNothing was found.",
    "txt": lambda title: f"{title}\n\nNothing was found.",
}


class _Onlooker:
    def begins(self, name, size): ...

    def has_read(self, consumed, records): ...

    def is_told(self, trouble):
        raise AssertionError(trouble)


def taken_in(tmp_path, **files):
    store = Store(tmp_path / "library")
    for name, content in files.items():
        path = tmp_path / name.replace("_", ".")
        path.write_text(content)
        add(store, [(path, path.name)], _Onlooker())
    return store


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("title", MARKED)
def test_a_title_that_begins_with_a_mark_says_that_the_work_was_taken_back(tmp_path, form, title):
    (document,) = taken_in(tmp_path, **{f"a_{form}": FORMATS[form](title)}).documents()
    assert document.standing == "retracted"
    (notice,) = document.notices
    assert notice.standing == "retracted" and "title begins with" in notice.text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("title", PLAIN)
def test_a_title_that_speaks_of_retraction_is_no_mark(tmp_path, form, title):
    (document,) = taken_in(tmp_path, **{f"a_{form}": FORMATS[form](title)}).documents()
    assert (document.standing, document.notices) == ("current", ())


def test_the_mark_of_one_format_counts_for_the_document_that_another_brought(tmp_path):
    plain, marked = FORMATS["xml"]("Made-up trial"), FORMATS["ris"]("RETRACTED: Made-up trial")
    (document,) = taken_in(tmp_path, a_xml=plain, b_ris=marked).documents()
    assert (document.id, document.title, document.standing) == ("pmid:99000001", "Made-up trial", "retracted")


@pytest.mark.parametrize("notice_first", [True, False])
@pytest.mark.parametrize("by", ["ris", "xml"])
def test_a_remark_with_only_a_doi_finds_its_target(tmp_path, by, notice_first):
    remark = '<CommentsCorrections RefType="RetractionOf"><RefSource>{}</RefSource></CommentsCorrections>'
    source = "Made Up J Legs. 2023;1:1. doi: 10.99999/MADE-UP.1."
    said = (
        '<PubmedArticle><MedlineCitation><PMID Version="1">99000009</PMID><Article><ArticleTitle>Made-up notice.'
        f"</ArticleTitle></Article><CommentsCorrectionsList>{remark.format(source)}</CommentsCorrectionsList>"
        "</MedlineCitation></PubmedArticle>"
    )
    files = {"a_xml": article_set(said), f"b_{by}": FORMATS[by]("Made-up trial")}
    store = taken_in(tmp_path, **dict(sorted(files.items(), reverse=not notice_first)))
    target = store.document("doi:10.99999/made-up.1")
    assert (target.title, target.standing) == ("Made-up trial", "retracted")
    assert target.notices[0].pmid == "99000009"
