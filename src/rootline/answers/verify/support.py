"""What each statement rests on, held against the pack's sources: points, numbers, standing, whom they are about.

Judges what the answer says, not how it was made: it would find a slip of the composer as well as a forger's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rootline.answers.model import Answer, Section, Statement
from rootline.answers.verify.finding import Finding
from rootline.answers.verify.places import citations, positions, statements
from rootline.errors import PackError, nearest
from rootline.evidence.points.cite import read_citation, verdict
from rootline.evidence.points.source import Citation
from rootline.packs.grounds import cited_words, groundless_numbers, grounds_of, is_about
from rootline.packs.model import Advice, Pack
from rootline.readers.evaluate import Values


def unsupported(answer: Answer, pack: Pack, values: Values) -> Iterator[Finding]:
    """Each part of the answer that its citations do not carry, for a patient of whom `values` are known."""
    for place, citation in citations(answer):
        if resolve([citation], pack) == []:
            yield Finding(place, f"cites `{citation}`, a point that does not exist")
    yield from other_standing(answer, pack)
    for place, section, one in statements(answer):
        advice = pack.statements.get(one.id)
        if advice is None:
            hint = nearest(one.id, pack.statements)
            yield Finding(f"{place}.id", f"the pack has no statement `{one.id}`. {hint}".rstrip())
            continue
        yield from _misplaced(place, section, one, advice)
        yield from _numbers(place, one, advice, pack)
        yield from _verdict(place, one, pack)
        yield from _standing(place, one, advice, pack)
        if one.status == "applies" and answer.outcome != "partly":  # partly: the limits are stated in the answer
            yield from _about(place, one, advice, pack, values)
    yield from _numbers_of_others(answer, pack)


def resolve(cited: Iterable[str], pack: Pack) -> list[Citation]:
    """The citations that exist."""
    found = []
    for one in cited:
        try:
            found.append(read_citation(one, pack.sources))
        except PackError:
            continue
    return found


def other_standing(answer: Answer, pack: Pack) -> Iterator[Finding]:
    """Sources whose standing is not what the answer says it is."""
    for at, source in enumerate(answer.sources):
        known = pack.sources.get(source.id)
        if known is not None and known.standing != source.standing:
            what = f"`{source.id}` is called {source.standing}; in the pack at hand it is {known.standing}"
            yield Finding(f"sources[{at}].standing", what)


def _misplaced(place: str, section: Section, one: Statement, advice: Advice) -> Iterator[Finding]:
    if advice.section != section.id:
        yield Finding(place, f"`{one.id}` stands under {section.id}; it belongs under {advice.section}")
    rests_on = {str(citation) for citation in advice.because}
    for at, citation in enumerate(one.citations):
        if citation not in rests_on:
            yield Finding(f"{place}.citations[{at}]", f"`{citation}` is not among what `{one.id}` rests on")


def _numbers(place: str, one: Statement, advice: Advice, pack: Pack) -> Iterator[Finding]:
    doses = [f"{dose.dose} {dose.maximum} {dose.duration} {dose.note}" for dose in one.doses]
    grounds = grounds_of(advice, resolve(one.citations, pack), pack)
    if missing := groundless_numbers(" ".join([one.text, *doses]), grounds):
        yield Finding(place, f"`{one.id}` says {', '.join(missing)}, which no cited point, reading or condition gives")


def _verdict(place: str, one: Statement, pack: Pack) -> Iterator[Finding]:
    points = [pack.point(citation) for citation in resolve(one.citations, pack)]
    found = verdict([act.kind for act in one.actions], points)
    if one.verdict != found:
        yield Finding(f"{place}.verdict", f"`{one.id}` is called {one.verdict}; by what it cites it is {found}")


def _standing(place: str, one: Statement, advice: Advice, pack: Pack) -> Iterator[Finding]:
    standings = {pack.sources[citation.source].standing for citation in resolve(one.citations, pack)}
    if standings == {"retracted"}:
        yield Finding(f"{place}.citations", f"`{one.id}` rests on nothing but what was retracted")
    elif standings and standings <= {"retracted", "superseded"} and not advice.reading:
        yield Finding(f"{place}.citations", f"`{one.id}` rests on superseded sources alone, and no reading says why")


def _about(place: str, one: Statement, advice: Advice, pack: Pack, values: Values) -> Iterator[Finding]:
    cited = [pack.point(citation) for citation in resolve(one.citations, pack)]
    age, duration = values.get("age"), values.get(pack.onset_fact) if pack.onset_fact else None
    if cited and not advice.reading and not any(is_about(point, pack, age, duration) for point in cited):
        what = "no point it cites is about a patient of this age and stage, and it is not marked as our reading"
        yield Finding(f"{place}.citations", f"`{one.id}`: {what}")


def _numbers_of_others(answer: Answer, pack: Pack) -> Iterator[Finding]:
    """Disagreements, overruled claims and the bottom line, by the points that each of them cites."""
    said = [(f"{place}.says", one.says, one.citations, "") for place, one in positions(answer)]
    said += [(f"overruled[{at}].says", one.says, one.citations, one.claim) for at, one in enumerate(answer.overruled)]
    known = [pack.statements[one.id] for _, _, one in statements(answer) if one.id in pack.statements]
    for place, text, cited, also in said:
        if missing := groundless_numbers(text, [*cited_words(resolve(cited, pack), pack), also]):
            yield Finding(place, f"says {', '.join(missing)}, which no cited point gives")
    grounds = [ground for advice in known for ground in grounds_of(advice, advice.because, pack)]
    if one := answer.library:
        numbers = one.documents, one.behind, len(answer.passages)
        grounds.append(f"{numbers} {one.asked} {one.best:.0%} {one.needed:.0%}")
    if missing := groundless_numbers(answer.bottom_line.text, grounds):
        yield Finding("bottom_line.text", f"says {', '.join(missing)}, which nothing that the answer says gives")
