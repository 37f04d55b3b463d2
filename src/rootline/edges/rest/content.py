"""The pack as resources: itself, facts, advice, canonical questions, disagreements, glossary. Speaks of no patient."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path
from starlette.requests import Request

from rootline.answers.audience import VOICE
from rootline.answers.compose import tell_actions, tell_disagreement
from rootline.answers.model import Answer, Audience, DisagreementSaid, DoseSaid, Review
from rootline.answers.tell_plan import advice_in_general
from rootline.client.shapes import (
    AdviceItem,
    FactTold,
    Listed,
    PackTold,
    QuestionItem,
    Said,
    TermTold,
)  # fmt: skip
from rootline.edges.rest.bounded import bounded
from rootline.edges.rest.listed import LINKS, Filter, In
from rootline.edges.rest.problem import check_one_of, problems
from rootline.edges.web.site import site_of
from rootline.errors import NotFoundError, nearest
from rootline.logic.tree import facts_of
from rootline.logic.values import Amount
from rootline.packs.glossary import Term, glossary
from rootline.packs.model import SECTIONS, Advice, Fact, Pack, Question
from rootline.readers.english import Wording

router = APIRouter(tags=["content"])
Id = Annotated[str, Path(alias="id", max_length=200)]
Named = TypeVar("Named")


@router.get("/packs", responses={200: LINKS, **problems(422)})
def packs(request: Request, stretch: In) -> Listed[PackTold]:
    """The topic packs that are served: one."""
    site = site_of(request)
    return stretch.of([site.pack], lambda one: _tell_pack(one, site.review()))


@router.get("/packs/{id}", responses=problems(404, 422))
def pack(request: Request, id_: Id) -> PackTold:
    """One topic pack: which content, for whom, and how it was reviewed."""
    served = site_of(request).pack
    return _tell_pack(_named(id_, {served.id: served}, "pack"), site_of(request).review())


def _tell_pack(one: Pack, review: Review) -> PackTold:
    return PackTold(
        id=one.id, version=one.version, sha256=one.sha256, updated=one.updated, title=_both(one.title), covers=one.for_,
        facts=len(one.facts), advice=len(one.statements), sources=len(one.sources), questions=len(one.questions),
        review=review,
    )  # fmt: skip


@router.get("/facts", responses={200: LINKS, **problems(422)})
def facts(request: Request, stretch: In, group: Filter = "") -> Listed[FactTold]:
    """Every fact that a case may hold, in the order of the pack, or those of one group."""
    served = site_of(request).pack
    check_one_of(group, dict.fromkeys(one.group for one in served.facts.values()), "query.group")
    chosen = [one for one in served.facts.values() if group in ("", one.group)]
    return stretch.of(chosen, lambda one: _tell_fact(one, served))


@router.get("/facts/{id}", responses=problems(404, 422))
def fact(request: Request, id_: Id) -> FactTold:
    """One fact: its values, how it is asked, and what looks at it."""
    served = site_of(request).pack
    return _tell_fact(_named(id_, served.facts, "fact"), served)


def _tell_fact(one: Fact, served: Pack) -> FactTold:
    amount = one.type if isinstance(one.type, Amount) else None
    return FactTold(
        id=one.id,
        group=one.group,
        kind=one.kind,
        values=[] if isinstance(one.type, Amount) else list(one.type.values),
        unit=amount.unit.code if amount else "",
        low=amount.low if amount else None,
        high=amount.high if amount else None,
        ask=_both(one.ask),
        looked_at_by=_looked_at_by(served).get(one.id, []),
    )


@lru_cache(maxsize=4)
def _looked_at_by(served: Pack) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id_, one in served.statements.items():
        for name in dict.fromkeys(facts_of(one.when, served.conditions)):
            found.setdefault(name, []).append(id_)
    return found


@router.get("/advice", responses={200: LINKS, **problems(422)})
def advice(request: Request, stretch: In, section: Filter = "") -> Listed[AdviceItem]:
    """Every statement, urgency lines first, in the order of the pack, or those of one section."""
    served = site_of(request).pack
    check_one_of(section, SECTIONS, "query.section")
    chosen = [one for one in served.statements.values() if section in ("", one.section)]
    review = site_of(request).review()
    return stretch.of(chosen, lambda one: _tell_advice(one, served, review))


@router.get("/advice/{id}", responses=problems(404, 422))
def one_advice(request: Request, id_: Id) -> AdviceItem:
    """One statement in both voices: for whom, what to do, and what it rests on."""
    served = site_of(request).pack
    return _tell_advice(_named(id_, served.statements, "advice"), served, site_of(request).review())


def _tell_advice(one: Advice, served: Pack, review: Review) -> AdviceItem:
    return AdviceItem(
        id=one.id,
        section=one.section,
        when=Said(**{voice: advice_in_general(one, served, voice) for voice in ("clinician", "patient")}),
        text=_both(one.say),
        actions=tell_actions(one, served, "clinician"),
        doses=[DoseSaid(**vars(dose)) for dose in one.doses],
        strength=one.strength,
        certainty=one.certainty,
        reading=one.reading,
        citations=[str(citation) for citation in one.because],
        review=review,
    )


@router.get("/questions", responses={200: LINKS, **problems(422)})
def questions(request: Request, stretch: In) -> Listed[QuestionItem]:
    """The questions that the pack promises a full answer to."""
    return stretch.of(site_of(request).pack.questions, lambda one: QuestionItem(id=one.id, question=one.text))


@router.get("/questions/{id}", responses=problems(404, 422))
def question(request: Request, id_: Id) -> QuestionItem:
    """One of them."""
    one = _question(request, id_)
    return QuestionItem(id=one.id, question=one.text)


@router.get("/questions/{id}/answer", responses=problems(404, 422))
async def answer(request: Request, id_: Id, audience: Audience = "clinician") -> Answer:
    """The answer to a canonical question, without any patient and without the user's library."""
    return await bounded(site_of(request).canonical, _question(request, id_).text, audience)


def _question(request: Request, id_: str) -> Question:
    return _named(id_, {one.id: one for one in site_of(request).pack.questions}, "question")


@router.get("/disagreements", responses={200: LINKS, **problems(422)})
def disagreements(request: Request, stretch: In, audience: Audience = "clinician") -> Listed[DisagreementSaid]:
    """Where points pull in different directions: who says what, for whom, and our reading."""
    served = site_of(request).pack
    return stretch.of(served.disagreements, lambda one: tell_disagreement(one, served, VOICE[audience]))


@router.get("/disagreements/{id}", responses=problems(404, 422))
def disagreement(request: Request, id_: Id, audience: Audience = "clinician") -> DisagreementSaid:
    """One of them."""
    served = site_of(request).pack
    one = _named(id_, {one.id: one for one in served.disagreements}, "disagreement")
    return tell_disagreement(one, served, VOICE[audience])


@router.get("/glossary", responses={200: LINKS, **problems(422)})
def terms(request: Request, stretch: In) -> Listed[TermTold]:
    """What the words mean, by the alphabet."""
    return stretch.of(glossary(site_of(request).pack), _tell_term)


def _tell_term(one: Term) -> TermTold:
    return TermTold(id=one.id, name=one.name, also=list(one.also), means=_both(one.means))


def _both(words: Wording) -> Said:
    return Said(clinician=words.clinician, patient=words.patient)


def _named(id_: str, known: dict[str, Named], kind: str) -> Named:
    if id_ not in known:
        raise NotFoundError(f"no {kind} has this name", mend=nearest(id_[:80], known))
    return known[id_]
