"""What stands around the advice: the likely site of the lesion, effects measured, and common claims not followed.

Turns what the pack found into the answer's parts; finds nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rootline.answers.model import BodyPart, DrawnSaid, EffectSaid, LikelySite, OverruledClaim
from rootline.evidence.points.source import Citation
from rootline.packs.body import MUSCLES, REFLEXES, SKIN
from rootline.packs.coverage import Claim, coverage
from rootline.packs.localise import Located
from rootline.packs.model import Drawn, Pack
from rootline.readers.english import Voice, Wording, english


def likely_sites(located: tuple[Located, ...], pack: Pack, voice: Voice) -> list[LikelySite]:
    """The sites that something speaks for, likeliest first."""
    return [
        LikelySite(
            id=one.site.id,
            name=one.site.name.to(voice),
            likelihood=one.likelihood,
            speaks_for=[english(node, pack.lexicon, voice) for node in one.for_],
            speaks_against=[english(node, pack.lexicon, voice) for node in one.against],
            decide=pack.facts[one.decide].ask.to(voice) if one.decide else "",
            citations=[str(citation) for citation in one.site.because],
            drawn=_drawn(one.site.drawn, voice) if one.site.drawn else None,
        )
        for one in located
    ]


def _drawn(drawn: Drawn, voice: Voice) -> DrawnSaid:
    def said(names: tuple[str, ...], words: Mapping[str, Wording]) -> list[BodyPart]:
        return [BodyPart(id=name, name=words[name].to(voice)) for name in names]

    return DrawnSaid(
        mark=drawn.mark,
        skin=said(drawn.skin, SKIN),
        muscles=said(drawn.muscles, MUSCLES),
        reflexes=said(drawn.reflexes, REFLEXES),
        citations=[str(citation) for citation in drawn.because],
    )


def effects(because: Iterable[Citation], pack: Pack) -> list[EffectSaid]:
    """The effects of the cited points, in the order of citation."""
    return [
        EffectSaid(
            citation=str(citation),
            source=pack.sources[citation.source].short,
            no_effect=effect.no_effect,
            **vars(effect),
        )
        for citation in because
        for effect in pack.point(citation).effects
    ]


def claims_on(question: str, pack: Pack) -> list[Claim]:
    """The common claims on a canonical question; none for any other text."""
    asked = " ".join(question.lower().split())
    match = next((one.id for one in pack.questions if " ".join(one.text.lower().split()) == asked), None)
    return [claim for claim in coverage(pack) if claim.question == match] if match else []


def overruled(claims: list[Claim], voice: Voice) -> list[OverruledClaim]:
    """The claims not followed, each with what better sources say."""
    return [
        OverruledClaim(
            claim=claim.claim,
            says=claim.overruled.says.to(voice),
            citations=[str(citation) for citation in claim.overruled.because],
        )
        for claim in claims
        if claim.overruled
    ]
