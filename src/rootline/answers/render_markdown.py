"""An answer as Markdown: for the terminal, for files, for the record. Decides nothing; leaves nothing out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from rootline.answers import phrases as words
from rootline.answers.audience import VOICE, WITH_REASONS
from rootline.answers.banner import banner, level_words
from rootline.answers.facts_told import by_heading
from rootline.answers.model import Answer, DisagreementSaid, DoseSaid, FactRead, Review, Section, Statement, WouldChange
from rootline.answers.render_quotes import quoted
from rootline.packs.model import LEVELS
from rootline.readers.english import Voice

Cite = Callable[[list[str]], str]  # how the citations of a sentence are written at its end
_FULL_DISAGREEMENTS = 3  # more than this many are only named
_MOST_CHANGES = 6
_MOST_SITES = 3
_MOST_QUESTIONS = 3
_VERDICT = {"supported": "supported", "partly": "partly supported", "opposed": "opposed", "unsupported": "unsupported"}


def to_markdown(answer: Answer) -> str:
    """The whole answer. The urgency stands first."""
    return "\n".join([*urgency_banner(answer), *body(answer)]) + "\n"


def urgency_banner(answer: Answer) -> list[str]:
    """The urgency; nothing for a question without a plan that tells of no patient."""
    said = banner(answer)
    if said is None:
        return []
    because = f" ({said.because})" if said.because else ""
    could_be = f". **{said.could_be}**" if said.could_be else ""
    return [f"**{said.headline}**{because}{could_be}", ""]


def body(answer: Answer, cite: Cite | None = None) -> Iterator[str]:
    """Everything after the urgency, line by line; citations by the numbers of the sources unless told otherwise."""
    voice = VOICE[answer.audience]
    cite = cite or by_number(answer)
    yield f"{answer.bottom_line.text}{cite(answer.bottom_line.citations)}"
    if answer.outcome == "partly":
        yield from ("", answer.reason)
    yield from _not_taken(answer, voice)
    yield from _do_not_wait(answer, voice)
    yield from _facts(answer.facts, voice)
    for section in answer.sections:
        yield from _section(section, "main", answer, cite)
        if section.id == "assessment":
            yield from _sites(answer, cite, voice)
    if "assessment" not in {section.id for section in answer.sections}:
        yield from _sites(answer, cite, voice)
    yield from _folded(answer, voice)
    yield from quoted(answer)
    yield from _disagreements(answer, cite)
    yield from _questions(answer, voice)
    yield from _changes(answer, voice)
    if answer.outcome != "refused":
        yield from _sources(answer, voice)
    yield from _in_depth(answer, cite, voice)
    if answer.outcome == "refused" and answer.related:
        yield from ("", *(f"- {one.question}" for one in answer.related))
    yield from ("", f"*{answer.disclaimer}*")
    stamp = f"{answer.pack.id} {answer.pack.version} ({answer.pack.sha256[:12]}), {answer.as_of}"
    yield from ("", f"*{stamp}; review: {_review(answer.review)}; {answer.trace_id}*")


def _not_taken(answer: Answer, voice: Voice) -> Iterator[str]:
    """What of the words the plan does not rest on, above all that it says."""
    if answer.not_understood:
        said = ", ".join(f"“{one}”" for one in answer.not_understood)
        yield from ("", f"**{words.NOT_UNDERSTOOD.to(voice)}:** {said}.")
    if answer.unclear:
        yield from ("", f"**{words.UNCLEAR.to(voice)}**", "")
        yield from (f"- {one.question} (“{one.words}”: {one.why})" for one in answer.unclear)


def _do_not_wait(answer: Answer, voice: Voice) -> Iterator[str]:
    """Short, beside a refusal: what each rests on stands in the data."""
    if answer.do_not_wait:
        yield from ("", f"**{words.GO_NOW.to(voice)}**", "")
        yield from (f"- If {one.condition}: {one.text}" for one in answer.do_not_wait)


def _review(review: Review) -> str:
    by = f" by {review.by}, {review.updated}" if review.by else ""
    return f"{review.state.replace('_', ' ')}{by}" + (f" ({review.note})" if review.note else "")


def by_number(answer: Answer) -> Cite:
    """Citations as numbers of the answer's list of sources."""
    numbers = {source.id: place for place, source in enumerate(answer.sources, start=1)}

    def cite(citations: list[str]) -> str:
        cited = sorted({numbers[citation.partition("#")[0]] for citation in citations})
        return f" [{', '.join(map(str, cited))}]" if cited else ""

    return cite


def _facts(facts: list[FactRead], voice: Voice) -> Iterator[str]:
    for heading, told in by_heading(facts):
        yield from ("", f"*{heading.to(voice)}:* " + "; ".join(_fact(fact, voice) for fact in told) + ".")


def _fact(fact: FactRead, voice: Voice) -> str:
    name = fact.id.replace("_", " ")
    said = f"{name}: {fact.value}" if not fact.note else f"{name}: {fact.note}"
    if fact.against:
        return f'{said} ({words.AGAINST_WORDS.to(voice)} "{fact.against}")'
    is_quoted = fact.text and fact.source in ("question", "follow-up", "what if")
    return f'{said} ("{fact.text}")' if is_quoted else said


def _section(section: Section, depth: str, answer: Answer, cite: Cite) -> Iterator[str]:
    chosen = [one for one in section.statements if one.depth == depth]
    if not chosen:
        return
    yield from ("", f"{'##' if depth == 'main' else '###'} {section.title}", "")
    for condition, group in groupby(chosen, key=lambda one: one.condition):
        statements = list(group)
        if condition and len(statements) > 1:
            yield f"- **If {condition}:**"
            for one in statements:
                yield from _statement(one, answer, cite, "  ", "")
        else:
            for one in statements:
                yield from _statement(one, answer, cite, "", f"**If {condition}:** " if condition else "")


def _sites(answer: Answer, cite: Cite, voice: Voice) -> Iterator[str]:
    """The likely site of the lesion; the unlikely ones are named only when nothing else is left."""
    shown = [one for one in answer.localisation if one.likelihood != "unlikely"] or answer.localisation
    if shown:
        yield f"- **{words.SITE.to(voice)}**"
    for one in shown[:_MOST_SITES]:
        against = f"; {words.AGAINST.to(voice)}: {', '.join(one.speaks_against)}" if one.speaks_against else ""
        decide = f" {words.DECIDES.to(voice)}: {one.decide}" if one.decide else ""
        found = f"{one.likelihood}; {words.FOR.to(voice)}: {', '.join(one.speaks_for)}{against}"
        yield f"  - {one.name}: {found}.{decide}{cite(one.citations)}"
    if answer.conflicting_signs:
        yield f"  - {words.CONFLICT.to(voice)}"


def _in_depth(answer: Answer, cite: Cite, voice: Voice) -> Iterator[str]:
    """After the sources: what a canonical question opens beyond the bedside answer, and what is not followed."""
    if any(one.depth == "in depth" for section in answer.sections for one in section.statements):
        yield from ("", f"## {words.IN_DEPTH.to(voice)}")
        for section in answer.sections:
            yield from _section(section, "in depth", answer, cite)
    if answer.overruled:
        yield from ("", f"## {words.OVERRULED.to(voice)}", "")
        for one in answer.overruled:
            yield f"- {one.claim} **{words.BUT.to(voice)}:** {one.says}{cite(one.citations)}"


def _folded(answer: Answer, voice: Voice) -> Iterator[str]:
    """How much also holds and was left folded."""
    if more := sum(section.more for section in answer.sections):
        yield from ("", f"*{words.MORE.to(voice).format(more)}*")


def _statement(one: Statement, answer: Answer, cite: Cite, indent: str, lead: str) -> Iterator[str]:
    strength = f" *{one.strength}*" if one.strength and answer.audience != "patient" else ""
    here = f" ({words.HERE.to(VOICE[answer.audience])}: {one.reason})" if one.reason else ""
    dated = [due.dated for due in one.due if due.dated]
    due = f" ({'; '.join(dated)})" if dated else ""
    yield f"{indent}- {lead}{one.text}{here}{due}{cite(one.citations)}{strength}"
    if one.doses and one.status == "if":  # nobody's dose yet: in short, on one line
        yield f"{indent}  - {'; '.join(_dose_in_short(dose) for dose in one.doses)}"
    else:
        yield from (f"{indent}  - {say_dose(dose)}" for dose in one.doses)
    if answer.audience in WITH_REASONS:
        if one.certainty:
            yield f"{indent}  - certainty: {one.certainty}; {_VERDICT[one.verdict]} by what is cited"
        if one.reading:
            yield f"{indent}  - our reading: {one.reading}"


def _dose_in_short(dose: DoseSaid) -> str:
    return f"{dose.drug} {dose.dose}" + (f" (at most {dose.maximum})" if dose.maximum else "")


def say_dose(dose: DoseSaid) -> str:
    """A dose with its limits, in full."""
    parts = [f"{dose.drug}: {dose.dose}"]
    parts += [f"at most {dose.maximum}"] if dose.maximum else []
    parts += [part for part in (dose.duration, dose.note) if part]
    return "; ".join(parts)


def _disagreements(answer: Answer, cite: Cite) -> Iterator[str]:
    if not answer.disagreements:
        return
    voice = VOICE[answer.audience]
    yield from ("", f"## {words.DISAGREE.to(voice)}", "")
    if len(answer.disagreements) > _FULL_DISAGREEMENTS and answer.audience not in WITH_REASONS:
        topics = "; ".join(one.topic for one in answer.disagreements)
        yield f"{topics} ({words.ASK_ABOUT.to(voice)})."
        return
    for one in answer.disagreements:
        yield from _in_full(one, cite, voice)


def _in_full(one: DisagreementSaid, cite: Cite, voice: Voice) -> Iterator[str]:
    yield f"- **{one.topic}**"
    for position in one.positions:
        yield f"  - {position.says}{cite(position.citations)}"
    if voice == "clinician":
        yield f"  - why: {one.why}"
    yield f"  - {words.OUR_READING.to(voice)}: {one.our_reading}"


def _questions(answer: Answer, voice: Voice) -> Iterator[str]:
    if answer.ask_next:
        yield from ("", f"## {words.ASK_NEXT.to(voice)}", "")
        for change, asked in groupby(answer.ask_next[:_MOST_QUESTIONS], key=lambda one: one.could_change):
            yield f"- *{change}:* " + " ".join(one.question for one in asked)


def _changes(answer: Answer, voice: Voice) -> Iterator[str]:
    if changes := changes_by_level(answer):
        yield from ("", f"## {words.WOULD_CHANGE.to(voice)}", "")
        yield from (f"- {level}: {_told(found)}" for level, found in changes)
    elif said := why_no_change(answer):
        yield from ("", f"## {words.WOULD_CHANGE.to(voice)}", "", said)


def changes_by_level(answer: Answer) -> list[tuple[str, list[WouldChange]]]:
    """Changes of urgency, level by level."""
    by_level = [(level, [one for one in answer.would_change if one.then == level]) for level in LEVELS]
    return [(level_words(level, VOICE[answer.audience]), found) for level, found in by_level if found]


def why_no_change(answer: Answer) -> str:
    """Why nothing is named that would change the highest level; empty elsewhere."""
    if answer.urgency.level != LEVELS[0] or changes_by_level(answer):
        return ""
    because = ", ".join(dict.fromkeys(reason.text for reason in answer.urgency.because))
    return words.NOTHING_HIGHER.to(VOICE[answer.audience]).format(because) if because else ""


def _told(changes: list[WouldChange]) -> str:
    shown = "; ".join(one.text for one in changes[:_MOST_CHANGES])
    left = len(changes) - _MOST_CHANGES
    return f"{shown}; and {left} more" if left > 0 else shown


def _sources(answer: Answer, voice: Voice) -> Iterator[str]:
    if not answer.sources:
        return
    yield from ("", f"## {words.SOURCES.to(voice)}", "")
    for place, source in enumerate(answer.sources, start=1):
        standing = "" if source.standing == "current" else f", **{source.standing}**"
        kind = f"{source.kind}{', ' + source.year if source.year else ''}{standing}"
        yield f"{place}. {source.short} ({kind}). {source.title}. {source.url}".rstrip()
