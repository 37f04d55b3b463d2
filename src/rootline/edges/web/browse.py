"""Pages to browse: canonical questions, sources and all that leans on them, advice, disagreements, glossary, search.

They speak of no patient, so their addresses may be kept and shared. Search words could be a patient's: they are posted.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from rootline.answers.audience import VOICE
from rootline.answers.banner import banner
from rootline.answers.model import AUDIENCES, Answer, Review
from rootline.answers.tell_plan import advice_in_general
from rootline.book.content import collect
from rootline.book.render import render
from rootline.desk.content import Subject
from rootline.desk.present import subject_of
from rootline.desk.published import Published
from rootline.edges.web.answer_page import as_known_now, told
from rootline.edges.web.form import audience_in, read_fields
from rootline.edges.web.guard import POLICY
from rootline.edges.web.show import ICON, page, plain_name, reference_type
from rootline.edges.web.site import site_of
from rootline.errors import NotFoundError, nearest
from rootline.evidence.points.source import Citation
from rootline.evidence.search.unsearchable import own_library
from rootline.logic.values import read_value
from rootline.narrative.spelling import Spelling, mend
from rootline.narrative.tokens import tokenise
from rootline.narrative.triggers import triggers
from rootline.packs.describe import say_fact
from rootline.packs.glossary import glossary
from rootline.packs.leaning import Leaner, leaning
from rootline.packs.model import SECTIONS, Pack
from rootline.packs.search import Entry, entry, search, vocabulary

router = APIRouter(include_in_schema=False)
_MOST_FOUND = 100


@router.get("/topic")
def topic(request: Request) -> Response:
    """The topic: its state of review, its advice by section, and the way to the whole of it."""
    pack, voice = site_of(request).pack, VOICE[audience_in({}, request)]
    by_section = [
        (name.to(voice), [one for one in pack.statements.values() if one.section == id_])
        for id_, name in SECTIONS.items()
    ]
    review = site_of(request).review()
    return page(request, "topic.html", voice=voice, review=review, sections=[one for one in by_section if one[1]])


@router.get("/book")
def book(request: Request) -> Response:
    """The pack as a book. It carries its own style sheet, which its policy allows by its hash and nothing else."""
    return book_page(*book_of(site_of(request).pack, site_of(request).review()))


def book_page(html: str, style: str) -> Response:
    """A book under a policy that allows the style sheet of this hash."""
    return HTMLResponse(
        html, headers={"Content-Security-Policy": POLICY.replace("style-src 'self'", f"style-src {style}")}
    )


@lru_cache(maxsize=2)
def book_of(pack: Pack, review: Review) -> tuple[str, str]:
    """A version of the pack as a book, and the hash of its style sheet."""
    html = render(collect(pack), review)
    style = html.partition("<style>")[2].partition("</style>")[0]
    return html, f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


@router.get("/questions")
def questions(request: Request) -> Response:
    """The questions that the pack promises a full answer to."""
    cases = [one for one in site_of(request).cases() if one.is_in_use]
    return page(request, "questions.html", cases=cases)


@router.get("/questions/{id_}")
def question(request: Request, id_: str) -> Response:
    """One canonical question, or a case that the desk published, answered for an audience, as a permanent page."""
    pack = site_of(request).pack
    audience = audience_in({"audience": request.query_params.get("audience", "")}, request)
    known = {one.id: one for one in pack.questions}
    if id_ in known:
        answer = site_of(request).canonical(known[id_].text, audience)
        return _permanent(request, answer, AUDIENCES, subject_of(answer, pack), [])
    by_audience = {one.subject.audience: one for one in site_of(request).cases(id_)}
    if not by_audience:
        raise NotFoundError("there is no such question", mend=nearest(id_[:80], known))
    case = by_audience.get(audience) or next(iter(by_audience.values()))
    if case.answer is None or not case.is_in_use:
        return RedirectResponse(f"/reviewed/{case.versions[0].sha256}", 303)  # as it was, with what became of it
    return _permanent(request, case.answer, tuple(by_audience), case.subject, _facts(case.answer, pack))


def _permanent(
    request: Request, answer: Answer, audiences: Sequence[str], subject: Subject, facts: Sequence[str]
) -> Response:
    """The page of a published answer; `audiences` are those it is published for, `facts` those of its case."""
    site = site_of(request)
    shown = site.known(own_library())
    answer = as_known_now(answer, shown)
    return page(
        request, "question.html", audience=answer.audience, answer=answer, banner=banner(answer),
        published_for=audiences, leans=leans_on(answer, shown),
        related=[one for text in answer.related for one in shown.questions if one.text == text.question],
        facts=facts,
        earlier=[one for one in site.versions(subject.id) if one.sha256 != answer.review.sha256],
        **told(answer, shown) | {"piece": subject.id},
    )  # fmt: skip


def _facts(answer: Answer, pack: Pack) -> list[str]:
    """The facts of a published case, in the reader's words."""
    read = [(one.id, read_value(one.value, pack.facts[one.id].type)) for one in answer.facts if not one.note]
    return [say_fact(id_, value, pack, VOICE[answer.audience]) for id_, value in read if value is not None]


def leans_on(answer: Answer, pack: Pack) -> list[str]:
    """What an answer's statements rest on, counted: points, kinds of source, standing, and what is ours."""
    said = [one for section in answer.sections for one in section.statements]
    points = {citation for one in said for citation in one.citations}
    sources = [pack.sources[id_] for id_ in dict.fromkeys(citation.partition("#")[0] for citation in points)]
    kinds = Counter(reference_type(source.kind).lower() for source in sources)
    standings = Counter(source.standing for source in sources if source.standing != "current")
    verdicts = Counter(one.verdict for one in said)
    return [
        f"{len(said)} statements rest on {len(points)} points of {len(sources)} sources: {_counts(kinds)}.",
        f"By what is cited, {_counts(verdicts)}.",
        f"Sources no longer current: {_counts(standings) or 'none'}.",
        f"{sum(bool(one.reading) for one in said)} statements hold a reading of our own, marked as ours.",
    ]


def _counts(found: Counter[Any]) -> str:
    return ", ".join(f"{count} {name}" for name, count in found.most_common())


@router.get("/sources")
def sources(request: Request) -> Response:
    """Every source, by type, year and standing."""
    every = list(site_of(request).known(own_library()).sources.values())
    chosen = {name: request.query_params.get(name, "") for name in ("type", "year", "standing")}
    options = {
        "type": sorted({one.kind for one in every}),
        "year": sorted({one.year for one in every if one.year}, reverse=True),
        "standing": sorted({one.standing for one in every}),
    }
    shown = [
        one
        for one in every
        if chosen["type"] in ("", one.kind)
        and chosen["year"] in ("", one.year)
        and chosen["standing"] in ("", one.standing)
    ]
    return page(request, "sources.html", sources=shown, total=len(every), chosen=chosen, options=options)


@router.get("/sources/{id_}")
def source(request: Request, id_: str) -> Response:
    """One source: its record, its points, and everything that leans on each."""
    pack = site_of(request).known(own_library())
    if id_ not in pack.sources:
        raise NotFoundError("there is no such source", mend=nearest(id_[:80], pack.sources))
    found = pack.sources[id_]
    leaned = leaning(pack)
    points = [
        (point, list(dict.fromkeys(_linked(one, pack) for one in leaned.get(Citation(id_, point.id), ()))))
        for point in found.points.values()
    ]
    return page(request, "source.html", source=found, points=points)


def _linked(leaner: Leaner, pack: Pack) -> tuple[str, str]:
    """A thing that leans on a point: its name, and its address where it has one."""
    name = plain_name(leaner.id)
    if leaner.kind == "claim":
        id_ = leaner.id.partition("/")[0]
        texts = {one.id: one.text for one in pack.questions}
        return f"what is often said on “{texts[id_]}”", f"/questions/{id_}"
    if leaner.kind == "site":
        return f"likely site {name}", ""
    addresses = {"statement": f"/advice/{leaner.id}", "disagreement": f"/disagreements#d-{leaner.id}"}
    return name, addresses.get(leaner.kind, "")


@router.get("/advice/{id_}")
def advice(request: Request, id_: str) -> Response:
    """One piece of advice: for whom, in which words, and what it rests on."""
    pack, audience = site_of(request).known(own_library()), audience_in({}, request)
    if id_ not in pack.statements:
        raise NotFoundError("there is no such advice", mend=nearest(id_[:80], pack.statements))
    one = pack.statements[id_]
    points = [(pack.sources[citation.source], pack.point(citation)) for citation in one.because]
    return page(
        request, "advice.html", one=one, points=points, told=advice_in_general(one, pack, VOICE[audience])
    )  # fmt: skip


@router.get("/disagreements")
def disagreements(request: Request) -> Response:
    """Where sources pull in different directions."""
    return page(request, "disagreements.html", voice=VOICE[audience_in({}, request)])


@router.get("/glossary")
def terms(request: Request) -> Response:
    """What the words mean."""
    return page(request, "glossary.html", terms=glossary(site_of(request).pack), voice=VOICE[audience_in({}, request)])


@router.get("/search")
def search_box(request: Request) -> Response:
    """Where to type the words."""
    return page(request, "search.html", words="", found=[], total=0, shown_for="")


@router.post("/search")
async def search_for(request: Request) -> Response:
    """What holds all the words; where nothing does, what holds the words of the pack that are one slip away."""
    words = (await read_fields(request)).get("words", "")[:200]
    site = site_of(request)
    published = [_entry(one) for one in site.cases() if one.is_in_use]
    found, shown_for = search(site.pack, words, published), ""
    if not found and (mended := _mended(words, site.pack)) != words:
        found, shown_for = search(site.pack, mended, published), mended
    shown_for = shown_for if found else ""
    return page(
        request, "search.html", words=words, found=found[:_MOST_FOUND], total=len(found), shown_for=shown_for
    )  # fmt: skip


def _mended(text: str, pack: Pack) -> str:
    """The words searched for, misspelt ones as the pack spells them."""
    spoken = triggers()
    tokens = tokenise(text, spoken.lists["abbreviations"], spoken.left_out)
    meant = mend(tokens, Spelling(vocabulary(pack)))
    return " ".join(meant.get(word, word) for word in text.lower().split())


def _entry(case: Published) -> Entry:
    answer = case.answer.bottom_line.text if case.answer else ""
    name = f"{case.subject.name}?audience={case.subject.audience}"
    return entry("reviewed answer", name, f"{case.subject.title}, for a {case.subject.audience}", answer)


@router.get("/policy")
def policy(request: Request) -> Response:
    """How content is made and reviewed, and what this is not."""
    return page(request, "policy.html", review=site_of(request).review())


@router.get("/favicon.ico")
def icon() -> Response:
    """Our icon, for browsers that ask for it unasked."""
    return Response(ICON.read_bytes(), media_type="image/svg+xml")


@router.get("/docs")
def for_programs(request: Request) -> Response:
    """The API in short; the whole of it is `/openapi.json`."""
    return page(request, "docs.html")
