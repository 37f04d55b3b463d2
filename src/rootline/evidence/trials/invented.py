"""Invents PubMed XML of any size for measuring: words, titles and PMIDs that do not exist, the same every time.

Nothing in it is evidence of anything.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate
from pathlib import Path

FIRST_PMID = 990_000_001  # far above any PMID in use
_WORDS = 200_000  # different ones; how often each stands falls with its rank, as in real text
_LABELS = ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
_HEADINGS = ("Sciatica", "Radiculopathy", "Low Back Pain", "Humans", "Adult", "Exercise Therapy", "Treatment Outcome")


def write_pubmed(path: Path, count: int, first: int = FIRST_PMID, seed: int = 1) -> None:
    """A file of `count` records like PubMed's own in shape and size (about 7 kB and 170 elements each)."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet SYSTEM "pubmed.dtd">\n')
        file.write("<PubmedArticleSet>\n")
        file.writelines(_article(pmid, chance) for pmid in range(first, first + count))
        file.write("</PubmedArticleSet>\n")


def invented_words(chance: random.Random, count: int) -> str:
    """Some words, frequent ones more often than rare ones."""
    words, weights = _vocabulary()
    return " ".join(chance.choices(words, cum_weights=weights, k=count))


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """Words of one to five syllables, so that they share parts as real ones do, and their weights, added up."""
    chance = random.Random(1)
    onsets, ends = "b c d f g l m n p r s t v br cl dr gr pl pr st tr th".split(), ("", "", "n", "r", "s")
    syllables = [onset + vowel + end for onset in onsets for vowel in "aeiou" for end in ends]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 5))) for _ in range(_WORDS)]
    return words, list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))


def _sentences(chance: random.Random, count: int) -> str:
    made = (invented_words(chance, chance.randint(12, 28)).capitalize() for _ in range(count))
    return ". ".join(made) + "."


def _article(pmid: int, chance: random.Random) -> str:
    year = chance.randint(1975, 2024)
    doi = f"10.0000/made-up.{pmid}"
    return f"""<PubmedArticle>
  <MedlineCitation Status="MEDLINE" Owner="NLM" IndexingMethod="Automated">
    <PMID Version="1">{pmid}</PMID>
    {_date("DateCompleted", year)}
    {_date("DateRevised", year + 1)}
    <Article PubModel="Print-Electronic">
      <Journal><ISSN IssnType="Print">0000-0000</ISSN>
        <JournalIssue CitedMedium="Print"><Volume>1</Volume><Issue>2</Issue>
          <PubDate><Year>{year}</Year><Month>May</Month></PubDate></JournalIssue>
        <Title>Journal of made-up records</Title><ISOAbbreviation>J Made Up Rec</ISOAbbreviation></Journal>
      <ArticleTitle>Made-up record {pmid}: {invented_words(chance, 9)}.</ArticleTitle>
      <Pagination><StartPage>1</StartPage><EndPage>9</EndPage><MedlinePgn>1-9</MedlinePgn></Pagination>
      <ELocationID EIdType="doi" ValidYN="Y">{doi}</ELocationID>
      <Abstract>{_abstract(chance)}</Abstract>
      <AuthorList CompleteYN="Y">{_authors(chance)}</AuthorList>
      <Language>eng</Language>
      <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>
    </Article>
    <MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>J Made Up Rec</MedlineTA></MedlineJournalInfo>
    <MeshHeadingList>{_mesh(chance)}</MeshHeadingList>
  </MedlineCitation>
  <PubmedData>
    <History>{"".join(_date("PubMedPubDate", year) for _ in range(4))}</History>
    <PublicationStatus>ppublish</PublicationStatus>
    <ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
      <ArticleId IdType="doi">{doi}</ArticleId></ArticleIdList>
    {_references(chance)}
  </PubmedData>
</PubmedArticle>
"""


def _date(name: str, year: int) -> str:
    return f"<{name}><Year>{year}</Year><Month>05</Month><Day>02</Day></{name}>"


def _abstract(chance: random.Random) -> str:
    return "".join(
        f'<AbstractText Label="{label}" NlmCategory="{label}">{_sentences(chance, chance.randint(2, 4))}</AbstractText>'
        for label in _LABELS
    )


def _authors(chance: random.Random) -> str:
    return "".join(
        f'<Author ValidYN="Y"><LastName>Invented{chance.randint(1, 9999)}</LastName><ForeName>Ada B</ForeName>'
        "<Initials>AB</Initials><AffiliationInfo><Affiliation>Department of Examples, Nowhere.</Affiliation>"
        "</AffiliationInfo></Author>\n"
        for _ in range(chance.randint(2, 8))
    )


def _mesh(chance: random.Random) -> str:
    return "".join(
        f'<MeshHeading><DescriptorName UI="D000000" MajorTopicYN="N">{heading}</DescriptorName>'
        '<QualifierName UI="Q000000" MajorTopicYN="N">therapy</QualifierName></MeshHeading>\n'
        for heading in chance.choices(_HEADINGS, k=10)
    )


def _references(chance: random.Random) -> str:
    """Half of the records list theirs."""
    listed = "".join(
        f"<Reference><Citation>Invented. J Made Up Rec. 2000;1:{number}.</Citation>"
        f'<ArticleIdList><ArticleId IdType="pubmed">{FIRST_PMID}</ArticleId></ArticleIdList></Reference>\n'
        for number in range(chance.choice((0, chance.randint(5, 40))))
    )
    return f"<ReferenceList>{listed}</ReferenceList>" if listed else ""
