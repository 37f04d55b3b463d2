"""What the page of an answer shows, gathered: the question with its words marked, the case, statements, citations.

Everything is looked up in the answer; order and choice were made there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from markupsafe import Markup

from rootline.answers import phrases
from rootline.answers.audience import VOICE, WITH_REASONS
from rootline.answers.banner import banner
from rootline.answers.change import Change
from rootline.answers.cited import cited, who_disagrees
from rootline.answers.contradicted import finding_on
from rootline.answers.conversation import Conversation, Reply
from rootline.answers.due import is_something_to_come
from rootline.answers.facts_told import by_heading
from rootline.answers.left_out import left_out
from rootline.answers.look_up import not_yet_searched, nothing_near
from rootline.answers.model import Answer, Statement
from rootline.answers.render_markdown import changes_by_level, why_no_change
from rootline.answers.warning_signs import warning_signs
from rootline.desk.present import subject_of
from rootline.edges.web.form import carried
from rootline.edges.web.marked import Piece, marked
from rootline.edges.web.show import PARTS
from rootline.edges.web.terms import Terms
from rootline.evidence.points.cite import read_citation
from rootline.logic.values import YES_NO, Choice, say_value
from rootline.packs.describe import say_fact
from rootline.packs.model import Pack
from rootline.packs.model import Question as PackQuestion
from rootline.pictures.effects import effects
from rootline.pictures.ladder import ladder
from rootline.pictures.leg import leg
from rootline.pictures.timeline import timeline
from rootline.readers.english import Voice, Wording


@dataclass(frozen=True)
class Control:
    """How a fact is told with one press: its values as buttons, or a field to type into."""

    fact: str
    question: str
    options: tuple[tuple[str, str, bool], ...]  # value, its words, whether it is the one known; empty for an amount
    typed: str  # what an amount's field holds
    unknown: str  # what the button says that takes it back


@dataclass(frozen=True)
class FactRow:
    """One fact of the case: what is known in words, where from, why it does not count, and how to correct it."""

    said: str
    origin: str
    text: str
    note: str
    against: str  # the words that it contradicts
    finding: str  # the finding that sets it against them; empty where a hand or a follow-up did
    is_supposed: bool
    is_denied: bool  # what is not so: on paper it stands behind what is
    control: Control


@dataclass(frozen=True)
class Question:
    """One thing to ask next."""

    could_change: str
    control: Control


def view(
    reply: Reply, answer: Answer, conversation: Conversation, changed: Change | None, pack: Pack
) -> dict[str, Any]:
    """All that `answer.html` needs; `answer` is the reply's, with its state of review."""
    voice = VOICE[answer.audience]
    return {
        "answer": answer,
        "audience": answer.audience,
        "conversation": conversation,
        "case": carried(conversation),
        "banner": banner(answer),
        "changed": changed,
        "warnings": warning_signs(pack, voice),  # for when the server does not answer
        "pieces": question_pieces(reply),
        "facts": [
            (heading.to(voice), [_row(one, reply, pack, voice) for one in facts])
            for heading, facts in by_heading(answer.facts)
        ],
        "questions": [
            Question(one.could_change, control(one.fact, "", pack, voice, one.question)) for one in answer.ask_next
        ],
        "denials": denials([one.fact for one in answer.ask_next], pack, voice),
        "changes": changes_by_level(answer),
        "no_change": why_no_change(answer),
        "speaks": {direction: said.to(voice) for direction, said in phrases.SPEAKS.items()},
        "nothing_near": nothing_near(answer.library, voice) if answer.library and not answer.passages else "",
        "not_yet": not_yet_searched(answer.library, voice) if answer.library and answer.passages else [],
        "related": related(answer, pack),
        "left_out": left_out(reply.worked.plan, answer.audience),
        "has_due": is_something_to_come(answer),
        **told(answer, pack),
    }


def denials(asked: list[str], pack: Pack, voice: Voice) -> list[tuple[str, str]]:
    """The yes/no facts among those asked, each with what "no" says; one press may answer them all, where it is many."""
    found = [(fact, say_fact(fact, "no", pack, voice)) for fact in asked if pack.facts[fact].type == YES_NO]
    return found if len(found) > 1 else []


def told(answer: Answer, pack: Pack) -> dict[str, Any]:
    """What every page with an answer's statements needs."""
    voice = VOICE[answer.audience]
    fixed = {name.lower(): said.to(voice) for name, said in vars(phrases).items() if isinstance(said, Wording)}
    terms = Terms(pack)
    return {
        "piece": subject_of(answer, pack).id,
        "today": date.today(),
        "terms": terms,
        "gloss": terms.mark,
        "cited": cited(answer, pack),
        "say": fixed,
        "voice": voice,
        "with_reasons": answer.audience in WITH_REASONS,
        "pictures": [Markup(drawn) for drawn in (ladder(answer), timeline(answer), leg(answer)) if drawn],
        "sizes": lambda one: Markup(effects(one)),
        "runs": runs,
        "point_body": lambda citation, voice: point_body(citation, pack, voice, _standing(citation, pack)),
    }


def as_known_now(answer: Answer, shown: Pack) -> Answer:
    """The answer for display, its sources with the standing that `shown` gives them."""
    known = {id_: {"standing": one.standing, "standing_note": one.standing_note} for id_, one in shown.sources.items()}
    return answer.model_copy(update={"sources": [one.model_copy(update=known[one.id]) for one in answer.sources]})


def _standing(citation: str, pack: Pack) -> tuple[str, str]:
    source = pack.sources[citation.partition("#")[0]]
    return source.standing, source.standing_note


@lru_cache(maxsize=4096)
def point_body(citation: str, pack: Pack, voice: Voice, standing: tuple[str, str]) -> Markup:
    """What opens at a citation: the same in every answer, so made once for each standing of its source."""
    read = read_citation(citation, pack.sources)
    source, others = pack.sources[read.source], who_disagrees(read, pack, voice)
    return Markup(PARTS.inner_point(source, pack.point(read), others))


def related(answer: Answer, pack: Pack) -> list[PackQuestion]:
    """The pack's own questions, nearest first."""
    by_text = {one.text: one for one in pack.questions}
    return [by_text[one.question] for one in answer.related]


def runs(statements: list[Statement], depth: str) -> list[tuple[str, list[Statement]]]:
    """Neighbouring statements of one depth under the same condition share it."""
    chosen = [one for one in statements if one.depth == depth]
    return [(condition, list(group)) for condition, group in groupby(chosen, key=lambda one: one.condition)]


def question_pieces(reply: Reply) -> list[Piece]:
    """The question with every word that was taken as a fact, heard and not used, or overruled since."""
    case = reply.worked.case
    heard = {fact for fact, entry in case.items() if entry.origin in ("question", "follow-up", "what if")}
    return marked(reply.worked.reading, {fact: entry.value for fact, entry in case.items()}, heard)


def _row(one: Any, reply: Reply, pack: Pack, voice: Voice) -> FactRow:
    entry = reply.worked.case.get(one.id)
    said = say_fact(one.id, entry.value, pack, voice) if entry and not one.note else phrases.UNKNOWN.to(voice)
    typed = say_value(entry.value, pack.facts[one.id].type) if entry and not one.note else ""
    return FactRow(
        said=said,
        origin=one.source,
        text=one.text,
        note=one.note,
        against=one.against,
        finding=finding_on(one.id, reply.worked.case, pack, voice) if one.against and not one.note else "",
        is_supposed=one.id in reply.supposed and not one.note,
        is_denied=entry is not None and entry.value == pack.facts[one.id].denied_means,
        control=control(one.id, typed, pack, voice, pack.facts[one.id].ask.to(voice)),
    )


def control(fact: str, known: str, pack: Pack, voice: Voice, question: str) -> Control:
    """How this fact is told; `known` is its value as said, or empty.

    A button says the statement that it sets, never a bare "no": below a question that denies, that could be misread.
    """
    type_, unknown = pack.facts[fact].type, phrases.UNKNOWN.to(voice)
    if not isinstance(type_, Choice):
        return Control(fact, question, (), known, unknown)
    options = tuple((value, say_fact(fact, value, pack, voice), value == known) for value in type_.values)
    return Control(fact, question, options, "", unknown)
