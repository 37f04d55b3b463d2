"""Why a statement is said, what a point says and what became of an answer, in the shapes that API and agents share.

Reads them off the plan, the pack and the check; decides nothing.
"""

from __future__ import annotations

from functools import lru_cache, partial

from rootline.answers.compose import tell_pack, tell_trace, tell_urgency
from rootline.answers.model import EffectSaid, Review
from rootline.answers.verify import verify
from rootline.answers.verify.read import AnswerFile
from rootline.client.shapes import FindingTold, Leaner, PointTold, VerificationTold, WhyTold
from rootline.desk.present import Present
from rootline.desk.shown import stamped
from rootline.evidence.points.source import Citation
from rootline.evidence.search.unsearchable import own_library
from rootline.packs.leaning import leaning
from rootline.packs.model import Pack
from rootline.packs.run import Plan
from rootline.readers.english import Voice, english
from rootline.readers.evaluate import trace
from rootline.settings import holds_desk


def tell_why(plan: Plan, statement: str, voice: Voice, review: Review) -> WhyTold:
    """Why a statement of the plan applies, does not, or waits. The statement must be one of the pack's."""
    pack, one = plan.pack, plan.of(statement)
    advice = one.advice
    return WhyTold(
        pack=tell_pack(pack),
        urgency=tell_urgency(plan, voice),
        statement=advice.id,
        section=advice.section,
        status=one.status,
        text=advice.say.to(voice),
        condition=english(one.condition, pack.lexicon, voice) if one.status == "if" else "",
        reading=advice.reading,
        trace=tell_trace(trace(advice.when, plan.values, pack.conditions), pack, voice),
        points=[tell_point(citation, pack) for citation in advice.because],
        review=review,
    )


def tell_point(citation: Citation, pack: Pack) -> PointTold:
    """A point in our own words, with whom it is about, how sure it is, and what leans on it."""
    point, source = pack.point(citation), pack.sources[citation.source]
    effects = [
        EffectSaid(
            citation=str(citation), source=source.short, outcome=one.outcome, of=one.of, against=one.against,
            measure=one.measure, unit=one.unit, estimate=one.estimate, low=one.low, high=one.high,
            no_effect=one.no_effect, better=one.better,
        )
        for one in point.effects
    ]  # fmt: skip
    return PointTold(
        citation=str(citation), source=source.id, standing=source.standing, says=point.says,
        direction=point.direction, strength=point.strength, certainty=point.certainty, population=point.population,
        fits=point.fits, phase=point.phase, ages=point.ages, numbers=point.numbers, at=point.at, quote=point.quote,
        effects=effects, leaned_on_by=list(leaners(pack).get(citation, ())),
    )  # fmt: skip


@lru_cache(maxsize=4)
def leaners(pack: Pack) -> dict[Citation, list[Leaner]]:
    """All that cites each point."""
    return {citation: [Leaner(kind=one.kind, id=one.id) for one in found] for citation, found in leaning(pack).items()}


def verify_here(file: AnswerFile, pack: Pack) -> VerificationTold:
    """What becomes of an answer held against a pack, the user's library and the desk's record, where they are."""
    library = own_library() if holds_desk() or file.answer.library else None
    record = partial(stamped, present=Present(pack, library)) if holds_desk() else None
    checked = verify(file, pack, library if file.answer.library else None, record)
    return VerificationTold(
        outcome=checked.outcome,
        findings=[FindingTold(place=one.place, what=one.what, weight=one.weight) for one in checked.findings],
        statements=checked.statements,
        citations=checked.citations,
        sources=checked.sources,
    )
