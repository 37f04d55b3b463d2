"""Searching: the pack's own words, and the user's library. Words may be a patient's: they travel in the body."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from rootline.answers.look_up import tell_quote
from rootline.client.shapes import EvidenceFound, EvidenceSought, FoundItem, Listed, Sought
from rootline.edges.rest.bounded import bounded
from rootline.edges.rest.listed import LINKS, In
from rootline.edges.rest.problem import problems
from rootline.edges.web.form import LONGEST
from rootline.edges.web.site import Site, site_of
from rootline.errors import NotFoundError
from rootline.evidence.search.interface import Question
from rootline.evidence.search.quote import best_quotes
from rootline.evidence.search.unsearchable import own_library
from rootline.packs.search import Entry, search

router = APIRouter(tags=["search"], max_body_size=LONGEST)


@router.post("/search", responses={200: LINKS, **problems(400, 413, 415, 422)})
def search_pack(sought: Sought, request: Request, stretch: In) -> Listed[FoundItem]:
    """Questions, advice, disagreements, terms and sources that hold every word; those with it in their title first."""
    return stretch.of(search(site_of(request).pack, sought.words), _tell_found)


def _tell_found(one: Entry) -> FoundItem:
    return FoundItem(kind=one.kind, id=one.name, title=one.title)


@router.post("/evidence/search", responses=problems(400, 404, 413, 415, 422))
async def search_evidence(sought: EvidenceSought, request: Request) -> EvidenceFound:
    """The best documents of the user's library, each with its best passage. 404 where there is no library."""
    return await bounded(_search, sought, site_of(request))


def _search(sought: EvidenceSought, site: Site) -> EvidenceFound:
    library = own_library()
    if library is None:
        raise NotFoundError("there is no library yet", mend="`rootline evidence add PATH` on the server makes one.")
    question = Question(
        text=sought.words,
        same=site.pack.synonyms.widen(sought.words),
        years=(sought.from_year, sought.to_year),
        types=tuple(one.lower() for one in sought.types),
        standings=tuple(sought.standings),
    )
    passages = [tell_quote(one, library) for one in best_quotes(library, question, sought.most)]
    return EvidenceFound(documents=library.search.count(), behind=library.behind, passages=passages)
