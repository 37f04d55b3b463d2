"""A chapter of a book in PubMed XML, which names what it says by other elements than an article does."""

from __future__ import annotations

from tests.evidence.strategies import documents_in

CHAPTER = b"""<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID Version="2">99000101</PMID>
<Book><Publisher><PublisherName>Made-up press</PublisherName></Publisher><BookTitle>Invented <i>legs</i></BookTitle>
<PubDate><Year>2001</Year></PubDate></Book>%s<Language>eng</Language>
<AuthorList><Author><LastName>Muster</LastName><Initials>E</Initials></Author></AuthorList>
<PublicationType>Review</PublicationType><PublicationType>Study Guide</PublicationType>
<Abstract><AbstractText>AIMS: To invent. METHODS: We invented.</AbstractText></Abstract>
<ContributionDate><Year>2003</Year></ContributionDate>
<DateRevised><Year>2020</Year><Month>Jan</Month><Day>7</Day></DateRevised></BookDocument>
<PubmedBookData><ArticleIdList><ArticleId IdType="doi">10.99999/chapter.1</ArticleId></ArticleIdList></PubmedBookData>
</PubmedBookArticle></PubmedArticleSet>"""


def test_a_chapter_is_read_like_an_article(tmp_path):
    (chapter,) = documents_in(tmp_path / "book.xml", CHAPTER % b"<ArticleTitle>A made-up chapter</ArticleTitle>")
    assert (chapter.id, chapter.doi, chapter.revised) == ("pmid:99000101", "10.99999/chapter.1", "v02 2020-01-07")
    assert (chapter.title, chapter.journal, chapter.year) == ("A made-up chapter", "Made-up press", 2001)
    assert (chapter.authors, chapter.types) == (("Muster E",), ("Review", "Study Guide"))
    assert [one.section for one in chapter.passages] == ["AIMS", "METHODS"]


def test_a_chapter_without_a_title_of_its_own_is_called_by_its_book(tmp_path):
    (chapter,) = documents_in(tmp_path / "book.xml", CHAPTER % b"")
    assert chapter.title == "Invented legs"
