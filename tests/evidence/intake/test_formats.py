"""Each format by an example made by hand: what is read from it, and that one work in several formats is one."""

from __future__ import annotations

import pytest

from rootline.evidence.intake.found import Broken, Deleted
from rootline.evidence.store.versions import Store
from tests.evidence.strategies import EXAMPLES, article_set, documents_in, found_in, packed

TITLE = "Made-up trial: walking for invented leg pain (H2O as placebo)."


def only(name):
    (document,) = documents_in(EXAMPLES / name)
    return document


def quotes(document):
    return [(one.section, document.quote(one)) for one in document.passages]


def test_pubmed_xml():
    first, second = documents_in(EXAMPLES / "made-up.xml")
    assert (first.id, first.title, first.year, first.language) == ("pmid:99000001", TITLE, 2023, "eng")
    assert (first.doi, first.pmcid, first.revised) == ("10.99999/made-up.1", "PMC99000001", "v01 2024-05-31")
    assert first.authors == ("Muster E", "Made-up Trial Group")
    assert first.types == ("Randomized Controlled Trial", "Journal Article")
    assert first.mesh == ("Sciatica", "Walking")
    assert first.journal == "Made-up journal of legs"
    assert [section for section, _ in quotes(first)] == ["METHODS", "RESULTS"]
    assert "p < 0.05" in quotes(first)[1][1] and "30 minutes a day" in quotes(first)[0][1]
    assert (second.year, second.standing) == (2020, "current")


def test_nbib():
    document = only("made-up.nbib")
    assert (document.pmid, document.title, document.year) == ("99000001", TITLE, 2023)
    assert (document.doi, document.mesh) == ("10.99999/made-up.1", ("Sciatica", "Walking"))
    assert quotes(document) == quotes(documents_in(EXAMPLES / "made-up.xml")[0])


def test_ris():
    first, second = documents_in(EXAMPLES / "made-up.ris")
    assert (first.id, first.title, first.year) == ("doi:10.99999/made-up.1", TITLE, 2023)
    assert (first.authors, first.journal, first.types) == (
        ("Muster, Erika",), "Made-up journal of legs", ("Journal Article",),
    )  # fmt: skip
    assert (second.id, second.text) == ("pmid:99000003", "")


def test_bibtex():
    document = only("made-up.bib")
    assert document.title == "Made-up cohort of L5 roots in Münster"
    assert document.authors == ("Example, Max", "Muster, Erika")
    assert (document.id, document.year) == ("doi:10.99999/made-up.4", 2022)
    assert quotes(document) == [("", "We followed nobody for five years. Nobody was lost.")]


def test_jats_xml():
    document = only("made-up-article.xml")
    assert (document.id, document.doi, document.year) == ("pmid:99000001", "10.99999/made-up.1", 2023)
    assert (document.authors, document.types) == (("Muster E",), ("Journal Article",))
    assert quotes(document) == [
        ("Abstract: Methods", "We invented 40 adults with leg pain."),
        ("Introduction", "Leg pain was invented long ago [1]."),
        ("Results", "Pain fell by 2.0 points in those who walked."),
        (
            "Results: Harms",
            "No one was harmed, for no one was there.\nTable 1\nInvented falls.\nGroup | Falls\nWalking | 0\nWater | 1",
        ),
    ]
    assert "Nobody. Nothing." not in document.text


def test_html():
    document = only("made-up.html")
    assert (document.title, document.year) == ("Made-up leaflet on invented leg pain", 2024)
    assert document.authors == ("Example, Max",)
    assert quotes(document) == [
        ("Made-up leaflet on invented leg pain", "This leaflet is made up for examples and tests."),
        ("What helps", "Walk a little more each day.\nNo bed rest\nNo worry"),
    ]


def test_markdown():
    document = only("made-up-notes.md")
    assert document.title == "Made-up notes on invented leg pain"
    assert quotes(document)[1] == ("What helps", "Walk a little more each day. See nobody.\nNo bed rest\nNo worry")


def test_plain_text():
    document = only("made-up.txt")
    assert document.title == "Made-up handout on invented leg pain"
    assert "walking for 20 minutes is better" in document.text


def test_pdf():
    document = only("made-up.pdf")
    assert (document.title, document.authors) == ("Made-up report on invented leg pain", ("Example Max",))
    assert quotes(document) == [
        ("Page 1", "Made up for examples and tests. Walking was tried by nobody."),
        ("Page 2", "Nobody was harmed."),
    ]


@pytest.mark.parametrize("name", ["made-up.xml", "made-up.nbib", "made-up.ris", "made-up.bib", "made-up-article.xml"])
def test_the_format_is_told_by_what_is_in_the_file(name, tmp_path):
    data = (EXAMPLES / name).read_bytes()
    assert documents_in(tmp_path / "unnamed", data) == documents_in(EXAMPLES / name)
    assert documents_in(tmp_path / "wrong.pdf.gz", packed(data)) == documents_in(EXAMPLES / name)
    assert documents_in(tmp_path / "with-a-mark", b"\xef\xbb\xbf" + data) == documents_in(EXAMPLES / name)
    assert documents_in(tmp_path / "windows", data.replace(b"\n", b"\r\n")) == documents_in(EXAMPLES / name)


def test_a_file_in_utf_16_is_read_as_it_says(tmp_path):
    text = (EXAMPLES / "made-up.nbib").read_text(encoding="utf-8").lstrip()
    assert documents_in(tmp_path / "wide", text.encode("utf-16")) == documents_in(EXAMPLES / "made-up.nbib")
    page = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>' + article_set(ARTICLE.format("99000001", "Müller")).split("?>")[1]
    )
    assert documents_in(tmp_path / "declared", page.encode("latin-1"))[0].title == "Müller"


@pytest.mark.parametrize("order", [("xml", "nbib", "ris"), ("ris", "nbib", "xml"), ("nbib", "xml", "ris")])
def test_one_work_in_several_formats_is_one_document(order, tmp_path):
    store = Store(tmp_path / "library")
    for form in order:
        for document in documents_in(EXAMPLES / f"made-up.{form}"):
            store.add(document, form)
    found = [one for one in store.documents() if one.doi == "10.99999/made-up.1" and one.standing != "deleted"]
    assert len(found) == 1
    assert (found[0].pmid, found[0].mesh, found[0].pmcid) == ("99000001", ("Sciatica", "Walking"), "PMC99000001")
    assert {kind for _, kind, _, _ in store.history(found[0].id)} == {"pubmed", "nbib", "ris"}


# --- PubMed's remarks

ARTICLE = (
    '<PubmedArticle><MedlineCitation><PMID Version="1">{0}</PMID><Article><ArticleTitle>{1}</ArticleTitle></Article>'
    "</MedlineCitation></PubmedArticle>"
)
REMARKS = {
    "RetractionIn": "retracted",
    "RetractedandRepublishedIn": "retracted",
    "ExpressionOfConcernIn": "concern",
    "ErratumIn": "corrected",
    "UpdateIn": "superseded",
    "RepublishedIn": "superseded",
    "CorrectedandRepublishedIn": "superseded",
    "CommentIn": "current",
}


def with_remark(name, pmid):
    listed = (
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{name}"><RefSource>Made up. 2024</RefSource>'
        f"<PMID>{pmid}</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation>"
    )
    return article_set(ARTICLE.format("99000001", "Made up").replace("</MedlineCitation>", listed))


@pytest.mark.parametrize("name", REMARKS)
def test_a_remark_gives_the_record_its_standing(name, tmp_path):
    (document,) = documents_in(tmp_path / "a.xml", with_remark(name, 99000007))
    assert document.standing == REMARKS[name]
    assert [one.pmid for one in document.notices] == (["99000007"] if REMARKS[name] != "current" else [])


@pytest.mark.parametrize(
    ("name", "standing"),
    [("RetractionOf", "retracted"), ("ErratumFor", "corrected"), ("UpdateOf", "superseded"),
     ("ExpressionOfConcernFor", "concern")],
)  # fmt: skip
def test_a_notice_gives_the_other_record_its_standing(name, standing, tmp_path):
    notice, other = documents_in(tmp_path / "a.xml", with_remark(name, 99000007))
    assert (notice.id, notice.standing) == ("pmid:99000001", "current")
    assert (other.id, other.standing, other.notices[0].pmid) == ("pmid:99000007", standing, "99000001")
    tags = {"RetractionOf": "ROF", "ErratumFor": "EFR", "UpdateOf": "UOF", "ExpressionOfConcernFor": "ECF"}
    lines = f"PMID- 99000001\nTI  - Made up\n{tags[name]} - Made up. 2024. PMID: 99000007\n"
    assert [one.standing for one in documents_in(tmp_path / "a.nbib", lines)] == ["current", standing]


def test_a_remark_about_itself_says_nothing_of_another(tmp_path):
    assert len(documents_in(tmp_path / "a.xml", with_remark("RetractionOf", 99000001))) == 1


def test_a_retraction_in_full_text_is_a_notice_for_the_article(tmp_path):
    text = (EXAMPLES / "made-up-article.xml").read_text(encoding="utf-8")
    link = '<related-article related-article-type="retracted-article" ext-link-type="doi" xlink:href="10.99999/x"/>'
    text = text.replace('"research-article"', '"retraction"').replace("<abstract>", f"{link}<abstract>")
    _, other = documents_in(tmp_path / "a.xml", text)
    assert (other.id, other.standing) == ("doi:10.99999/x", "retracted")


def test_no_kind_of_block_in_a_full_text_is_passed_over(tmp_path):
    text = (EXAMPLES / "made-up-article.xml").read_text(encoding="utf-8")
    blocks = (
        "<preformat>one\ntwo</preformat><statement><p>three</p></statement><verse-group><verse-line>four</verse-line>"
    )
    text = text.replace("<sec><title>Results</title>", f"<sec><title>Results</title>{blocks}</verse-group>")
    (document,) = documents_in(tmp_path / "a.xml", text)
    assert "Results\none two\nthree\nfour\nPain fell" in document.text


def test_full_texts_that_share_a_file_may_leave_their_names_to_it(tmp_path):
    text = (EXAMPLES / "made-up-article.xml").read_text(encoding="utf-8")
    article = text[text.index("<article ") :].replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    article = article.replace("<abstract>", '<self-uri xlink:href="made-up"/><abstract>')
    other = article.replace("99000001", "99000002").replace("MADE-UP.1", "made-up.2")
    around = '<pmc-articleset xmlns:xlink="http://www.w3.org/1999/xlink">{}</pmc-articleset>'
    found = documents_in(tmp_path / "a.xml", around.format(article + other))
    assert [one.pmid for one in found] == ["99000001", "99000002"]


def test_deletions_of_an_update_file(tmp_path):
    data = article_set("<DeleteCitation><PMID>99000001</PMID><PMID>99000002</PMID></DeleteCitation>")
    assert found_in(tmp_path / "a.xml", data) == [Deleted("99000001"), Deleted("99000002")]


# --- broken records: named with their place, the rest goes in

GOOD = ARTICLE.format("99000001", "Good")


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (ARTICLE.format("", "No number"), "has no PMID"),
        (ARTICLE.format("99000002", ""), "has no title"),
        ("<PubmedArticle><MedlineCitation></PubmedArticle>", "not well-formed"),
        (ARTICLE.format("99000002", "a &nbsp; b"), "entity"),
        (ARTICLE.format("99000002", "a \x01 b"), "not well-formed"),
        ("<Surprise>1</Surprise>", "not a record"),
        ("<PubmedArticle/>", "has no PMID"),
    ],
)
def test_a_broken_record_of_pubmed_xml_takes_no_other_with_it(bad, words, tmp_path):
    found = found_in(tmp_path / "a.xml", article_set(GOOD, bad, GOOD.replace("9000001", "9000003")))
    broken = [one for one in found if isinstance(one, Broken)]
    assert [one.pmid for one in found if not isinstance(one, Broken)] == ["99000001", "99000003"]
    assert len(broken) == 1 and words in broken[0].what and "byte" in broken[0].where


def test_bytes_that_are_not_utf_8_break_their_record_alone(tmp_path):
    data = article_set(GOOD, GOOD.replace("Good", "B\xe4d"), GOOD).encode("latin-1")
    assert [isinstance(one, Broken) for one in found_in(tmp_path / "a.xml", data)] == [False, True, False]


@pytest.mark.parametrize(
    ("name", "data", "good", "where"),
    [
        ("a.nbib", b"PMID- 99000001\nTI  - A\n\nPMID- 99000002\n\nPMID- 99000003\nTI  - \xff\n", 1, "line 4"),
        ("a.nbib", b"PMID- 99000001\nTI  - A\n\nPMID- 99000002\nTI  - B\nno tag\n", 1, "line 4"),
        ("a.ris", b"TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nER  - \n", 1, "line 4"),
        ("a.ris", b"TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n", 1, "line 1"),
        ("a.ris", b"TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - B\n", 1, "line 4"),
        ("a.bib", b"@article{a, title={A}}\n@article{b, title={B\n@article{c, title={C}}", 2, "line 2"),
        ("a.bib", b"@article{a, title={A}}\n@article{a, title={B}}\n@article{d, year=2000}", 1, "line 2"),
    ],
)
def test_a_broken_entry_of_a_list_is_named_with_its_line(name, data, good, where, tmp_path):
    found = found_in(tmp_path / name, data)
    broken = [one for one in found if isinstance(one, Broken)]
    assert len(found) - len(broken) == good
    assert where in broken[0].where
