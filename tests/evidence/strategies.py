"""Made-up documents and records for the tests: nothing in them is true, no PMID or DOI in them is in use."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from rootline.evidence.intake.found import Broken, Deleted, Found
from rootline.evidence.intake.opening import Opened
from rootline.evidence.intake.recognise import reader_of
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import identified
from rootline.evidence.store.passages import Section, lay_out

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "library"

# Words that each format can carry: nothing that is markup in one of them, no capitals before a colon.
_LETTERS = st.characters(min_codepoint=0x21, max_codepoint=0x24F, exclude_characters='\x7f{}@\\#%$~^_"&<>/*:;[]-=|')
_WORD = st.text(_LETTERS.filter(lambda letter: letter.isprintable()), min_size=1, max_size=9)
WORDS = st.lists(_WORD, min_size=1, max_size=12).map(" ".join)


def made_up(number: int = 99000001, text: str = "Nothing was found.", **fields: object) -> Document:
    """A document as an importer gives it."""
    laid, passages = lay_out([Section("", (text,))])
    values: dict[str, object] = {"title": f"Made-up record {number}", "kind": "pubmed", "pmid": str(number), **fields}
    return identified(Document(id="", sha256="", text=laid, passages=passages, **values))  # type: ignore[arg-type]


@st.composite
def records(draw: st.DrawFn) -> dict[str, object]:
    """What a bibliographic record says."""
    number = draw(st.integers(99_000_001, 99_999_999))
    return {
        "pmid": str(number),
        "doi": f"10.99999/made-up.{number}",
        "title": draw(WORDS),
        "abstract": draw(WORDS),
        "authors": draw(st.lists(_WORD, min_size=1, max_size=3)),
        "journal": draw(WORDS),
        "year": draw(st.integers(1900, 2030)),
    }


def as_pubmed(record: dict[str, object]) -> str:
    """The record as PubMed XML."""
    said = {key: escape(str(value)) for key, value in record.items()}
    authors = "".join(f"<Author><LastName>{escape(one)}</LastName></Author>" for one in record["authors"])  # type: ignore[attr-defined]
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{said["pmid"]}</PMID><Article><Journal><JournalIssue>'
        f"<PubDate><Year>{said['year']}</Year></PubDate></JournalIssue><Title>{said['journal']}</Title></Journal>"
        f"<ArticleTitle>{said['title']}</ArticleTitle><Abstract><AbstractText>{said['abstract']}</AbstractText>"
        f"</Abstract><AuthorList>{authors}</AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList>"
        f'<ArticleId IdType="doi">{said["doi"]}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>'
    )


def article_set(*articles: str) -> str:
    """A file of PubMed XML."""
    return f"<?xml version='1.0'?><PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>"


def as_nbib(record: dict[str, object]) -> str:
    """The record as NBIB."""
    authors = "".join(f"AU  - {one}\n" for one in record["authors"])  # type: ignore[attr-defined]
    return (
        f"PMID- {record['pmid']}\nTI  - {record['title']}\nAB  - {record['abstract']}\n{authors}"
        f"JT  - {record['journal']}\nDP  - {record['year']} Jan\nLID - {record['doi']} [doi]\n\n"
    )


def as_ris(record: dict[str, object]) -> str:
    """The record as RIS."""
    authors = "".join(f"AU  - {one}\n" for one in record["authors"])  # type: ignore[attr-defined]
    return (
        f"TY  - JOUR\nTI  - {record['title']}\nAB  - {record['abstract']}\n{authors}T2  - {record['journal']}\n"
        f"PY  - {record['year']}\nDO  - {record['doi']}\nDB  - PubMed\nAN  - {record['pmid']}\nER  - \n"
    )


def found_in(path: Path, data: bytes | str | None = None) -> list[Found]:
    """All that the reader for it finds in a file, written first where its content is given."""
    if data is not None:
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    with Opened(path) as opened:
        return [one for record in reader_of(opened)(opened) for one in record]


def documents_in(path: Path, data: bytes | str | None = None) -> list[Document]:
    """The documents among them; nothing may be broken."""
    found = found_in(path, data)
    assert not [one for one in found if isinstance(one, Broken)], found
    return [one for one in found if not isinstance(one, Broken | Deleted)]


def packed(data: bytes) -> bytes:
    """The same as gzip."""
    return gzip.compress(data, mtime=0)
