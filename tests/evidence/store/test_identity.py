"""Ids as people write them lead to the key under which the library knows a document."""

from __future__ import annotations

import pytest

from rootline.evidence.store.identity import key_of, keys_of
from tests.evidence.strategies import made_up


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("pmid:99000001", "pmid:99000001|PMID:99000001|PMID: 99000001|99000001|pmid 99000001| 99000001 "),
        ("pmid:99000001", "https://pubmed.ncbi.nlm.nih.gov/99000001/|https://www.ncbi.nlm.nih.gov/pubmed/99000001"),
        ("doi:10.99999/made-up.1", "doi:10.99999/made-up.1|10.99999/MADE-UP.1|DOI: 10.99999/Made-Up.1"),
        ("doi:10.99999/made-up.1", "https://doi.org/10.99999/made-up.1|http://dx.doi.org/10.99999/made-up.1"),
        ("pmcid:PMC99000001", "pmcid:PMC99000001|PMC99000001|pmc99000001|PMCID: PMC99000001|pmcid:99000001"),
        ("pmcid:PMC99000001", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC99000001/"),
        ("sha256:" + "ab" * 32, "sha256:" + "ab" * 32 + "|SHA256:" + "AB" * 32),
        ("nothing known", "Nothing known"),
    ],
)
def test_a_name_in_any_of_its_forms_is_one_key(key, written):
    assert {one: key_of(one) for one in written.split("|")} == dict.fromkeys(written.split("|"), key)


def test_every_key_of_a_document_names_itself():
    named, unnamed = made_up(doi="10.99999/made-up.1", pmcid="PMC99000001"), made_up(pmid="", kind="text")
    for key in (*keys_of(named), *keys_of(unnamed)):
        assert key_of(key) == key
