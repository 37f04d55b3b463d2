"""The whole answer as a Composition: its sections in its order, each as text for people, citations and limits in it.

Leaves nothing out that the answer says, and says nothing that is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from rootline.answers import phrases as words
from rootline.answers.audience import VOICE
from rootline.answers.banner import banner, level_words
from rootline.answers.look_up import nothing_near
from rootline.answers.model import PassageQuoted, Section, SourceCited, Statement
from rootline.answers.render_markdown import say_dose
from rootline.edges.fhir.naming import Resource, code, concept
from rootline.edges.fhir.narrative import heading, item, items, narrative, paragraph
from rootline.edges.fhir.patient_answer import PatientAnswer
from rootline.edges.fhir.write_care_plan import in_full


def write_composition(told: PatientAnswer, entries: dict[str, str]) -> Resource:
    """The Composition. `entries`: a section's id and the kind of resource that says the same as data."""
    sections = list(_Sections(told, entries).all())
    return {
        **told.opening("Composition"),
        "identifier": told.identifier("Composition"),
        "status": "final" if told.is_approved else "preliminary",
        "type": concept("Guideline-backed answer"),
        "subject": told.subject,
        "date": told.day,
        "author": [told.author],
        "title": "Guideline-backed answer",
        "section": sections,
    }


@dataclass
class _Sections:
    told: PatientAnswer
    entries: dict[str, str]
    numbers: dict[str, int] = field(init=False)
    points: dict[str, dict[str, None]] = field(default_factory=dict)  # source -> its points cited so far

    def __post_init__(self) -> None:
        self.answer = self.told.answer
        self.voice = VOICE[self.answer.audience]
        self.numbers = {source.id: place for place, source in enumerate(self.answer.sources, start=1)}

    def all(self) -> Iterator[Resource]:
        """Every section that has something to say, urgency first, limits last."""
        answer, voice = self.answer, self.voice
        yield from self._section("urgency", "Urgency", self._urgency())
        line = f"{answer.bottom_line.text}{self._cite(answer.bottom_line.citations)}"
        reason = [paragraph(answer.reason)] if answer.outcome == "partly" else []
        yield from self._section("bottom-line", "Bottom line", [paragraph(line), *reason])
        signs = [item(f"If {one.condition}: {one.text}{self._cite(one.citations)}") for one in answer.do_not_wait]
        yield from self._section("do-not-wait", words.GO_NOW.to(voice), [items(signs)] if signs else [])
        yield from self._section("facts", self._facts_title(), self._facts())
        for section in answer.sections:
            yield from self._section(section.id, section.title, self._statements(section))
        yield from self._section("sites", words.SITE.to(voice), self._sites())
        yield from self._section("passages", words.QUOTED.to(voice), self._passages())
        yield from self._section("disagreements", words.DISAGREE.to(voice), self._disagreements())
        yield from self._section("overruled", words.OVERRULED.to(voice), self._overruled())
        yield from self._section("ask-next", words.ASK_NEXT.to(voice), self._ask_next())
        yield from self._section("would-change", words.WOULD_CHANGE.to(voice), self._would_change())
        yield from self._section("sources", words.SOURCES.to(voice), self._sources())
        related = [item(one.question) for one in answer.related] if answer.outcome == "refused" else []
        yield from self._section("related", "What can be asked", [items(related)] if related else [])
        unused = [item(one) for one in self.told.remarks]
        yield from self._section("not-used", "Not used of what was sent", [items(unused)] if unused else [])
        yield from self._section("limits", "Review and limits", [paragraph(one) for one in self.told.limits])

    def _section(self, id_: str, title: str, parts: list[Element]) -> Iterator[Resource]:
        if parts:
            section = {"title": title, "code": concept(title, code("sections", id_)), "text": narrative(*parts)}
            kind = self.entries.get(id_)
            yield {**section, "entry": [self.told.reference(kind)]} if kind else section

    def _cite(self, citations: list[str]) -> str:
        """Citations by the numbers of their sources; which points they were is told with each source."""
        for one in citations:
            self.points.setdefault(one.partition("#")[0], {})[one] = None
        cited = sorted({self.numbers[one.partition("#")[0]] for one in citations})
        return f" [{', '.join(map(str, cited))}]" if cited else ""

    def _urgency(self) -> list[Element]:
        said = banner(self.answer)
        if said is None:
            return []
        because = [f"{one.text}{self._cite(one.citations)}" for one in self.answer.urgency.because]
        lines = [item(said.headline, below=because if said.because else [])]
        lines += [item(said.could_be)] if said.could_be else []
        lines += [
            item(one.text, lead=f"{words.STILL_OPEN.to(self.voice)} ({level_words(one.level, self.voice)})")
            for one in self.answer.urgency.open
        ]
        lines += [item(one, lead="Not counted") for one in self.told.set_aside]
        return [items(lines)]

    def _facts_title(self) -> str:
        """Read from words only where there were words."""
        return words.FACTS.to(self.voice) if self.answer.question else "Facts"

    def _facts(self) -> list[Element]:
        told = [item(self.answer.question, lead="Question")] if self.answer.question else []
        missed = self.answer.not_understood
        told += [item("; ".join(missed), lead=words.NOT_UNDERSTOOD.to(self.voice))] if missed else []
        for one in self.answer.facts:
            text = one.note or one.value
            told.append(item(f"{text} ({one.text})" if one.text else text, lead=one.id.replace("_", " ")))
        return [items(told)] if told else []

    def _statements(self, section: Section) -> list[Element]:
        parts = []
        for depth in ("main", "in depth"):
            chosen = [self._statement(one) for one in section.statements if one.depth == depth]
            if chosen:
                parts += [heading(words.IN_DEPTH.to(self.voice))] if depth == "in depth" else []
                parts.append(items(chosen))
        return [*parts, *([paragraph(words.MORE.to(self.voice).format(section.more))] if section.more else [])]

    def _statement(self, one: Statement) -> Element:
        below = [say_dose(dose) for dose in one.doses]
        below += [due.dated for due in one.due if due.dated]
        if self.voice == "clinician":
            graded = [part for part in (one.strength, f"certainty: {one.certainty}" if one.certainty else "") if part]
            below += ["; ".join([*graded, f"{one.verdict} by what is cited"])]
            below += [f"{words.OUR_READING.to(self.voice)}: {one.reading}"] if one.reading else []
        return item(f"{in_full(one)}{self._cite(one.citations)}", below=below)

    def _sites(self) -> list[Element]:
        told = []
        for one in self.answer.localisation:
            below = [f"{words.FOR.to(self.voice)}: {', '.join(one.speaks_for)}"]
            below += [f"{words.AGAINST.to(self.voice)}: {', '.join(one.speaks_against)}"] if one.speaks_against else []
            below += [f"{words.DECIDES.to(self.voice)}: {one.decide}"] if one.decide else []
            told.append(item(f"{one.likelihood}{self._cite(one.citations)}", lead=one.name, below=below))
        conflict = [paragraph(words.CONFLICT.to(self.voice))] if self.answer.conflicting_signs else []
        return [*([items(told)] if told else []), *conflict]

    def _passages(self) -> list[Element]:
        """Quotes from the user's library, letter for letter; where there are none, what was searched and why not."""
        searched = self.answer.library
        if searched is None:
            return []
        parts = [paragraph(searched.as_of, lead="Library as of")] if searched.as_of else []
        told = [
            item(f"“{one.quote}”", lead=one.title or one.document, below=[_place(one)]) for one in self.answer.passages
        ]
        return [*parts, items(told) if told else paragraph(nothing_near(searched, self.voice))]

    def _disagreements(self) -> list[Element]:
        parts = []
        for one in self.answer.disagreements:
            said = [item(f"{position.says}{self._cite(position.citations)}") for position in one.positions]
            said += [item(one.why)] if one.why and self.voice == "clinician" else []
            said.append(item(one.our_reading, lead=words.OUR_READING.to(self.voice)))
            parts += [heading(one.topic), items(said)]
        return parts

    def _overruled(self) -> list[Element]:
        told = [
            item(one.claim, below=[f"{words.BUT.to(self.voice)}: {one.says}{self._cite(one.citations)}"])
            for one in self.answer.overruled
        ]
        return [items(told)] if told else []

    def _ask_next(self) -> list[Element]:
        told = [item(one.question, below=[one.could_change]) for one in self.answer.ask_next]
        return [items(told, numbered=True)] if told else []

    def _would_change(self) -> list[Element]:
        told = [item(one.text, lead=level_words(one.then, self.voice)) for one in self.answer.would_change]
        return [items(told)] if told else []

    def _sources(self) -> list[Element]:
        told = [item(_record(one), link=one.url, below=self.points.get(one.id, {})) for one in self.answer.sources]
        return [items(told, numbered=True)] if told else []


def _place(one: PassageQuoted) -> str:
    since = f", {one.since} since" if one.since else ""
    year = f", {one.year}" if one.year else ""
    place = f"{one.document}, {one.section}" if one.section else one.document
    return f"{one.kind}{year}, {one.standing}{since}; {place}, at {one.start}"


def _record(one: SourceCited) -> str:
    parts = [one.title, one.authors or one.organisation, one.year]
    ids = [f"doi:{one.doi}" if one.doi else "", f"PMID {one.pmid}" if one.pmid else ""]
    standing = "" if one.standing == "current" else f"{one.standing.upper()}. {one.standing_note}"
    said = ". ".join(part.rstrip(".") for part in [f"{one.short} ({one.kind})", *parts, *ids, standing] if part)
    return f"{said}. "
