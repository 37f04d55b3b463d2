"""What the tools say in words: urgency first, then the review state, every statement ended by its own citations.

An agent that keeps one line of it keeps what the line rests on. Chooses order only; the words are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rootline.answers.audience import VOICE
from rootline.answers.banner import urgency_lines
from rootline.answers.model import AdviceTold, Answer, AskNext, Audience, Review, Urgency, WouldChange
from rootline.answers.render_markdown import body, urgency_banner
from rootline.edges.mcp.results import (
    ChangesTold,
    EvidenceFound,
    PlanTold,
    SourceTold,
    VerificationTold,
    WhyTold,
)  # fmt: skip


def cite(citations: Iterable[str]) -> str:
    """Citations as they end a sentence: `[source#point; …]`; that there is none is said too."""
    return f" [{'; '.join(dict.fromkeys(citations)) or 'no source cited'}]"


def say_review(review: Review, disclaimer: str) -> str:
    """The state of human review, with the disclaimer."""
    state = review.state.replace("_", " ")
    by = f" by {review.by}" if review.by else ""
    note = f" {review.note}" if review.note else ""
    return f"Review: {state}{by}, {review.updated}.{note} {disclaimer}"


def say_answer(answer: Answer) -> str:
    """The whole answer."""
    return "\n".join([*urgency_banner(answer), say_review(answer.review, answer.disclaimer), "", *body(answer, cite)])


def say_plan(told: PlanTold, audience: Audience) -> str:
    """The plan: what applies, what may apply, how much does not, and what to ask."""
    others = sum(one.status == "does not apply" for one in told.advice)
    return "\n".join([
        *_urgency(told.urgency, audience),
        say_review(told.review, told.disclaimer),
        "",
        *(_advice(one) for one in told.advice if one.status != "does not apply"),
        "",
        f"{others} pieces of advice do not apply.",
        *_questions(told.ask_next),
    ])  # fmt: skip


def say_why(told: WhyTold, explanation: str, audience: Audience) -> str:
    """The explanation as the command line prints it, under the urgency of the whole case and the review state."""
    statement = f"{told.text}{cite(one.citation for one in told.points)}"
    return "\n".join([
        *_urgency(told.urgency, audience),
        say_review(told.review, told.disclaimer),
        "",
        statement,
        "",
        explanation,
    ])  # fmt: skip


def say_changes(told: ChangesTold, audience: Audience) -> str:
    """What would change the urgency, and what to ask."""
    return "\n".join([
        *_urgency(told.urgency, audience),
        say_review(told.review, told.disclaimer),
        "",
        *(_change(one) for one in told.would_change),
        *([] if told.would_change else ["No small change of what is known leads to another urgency."]),
        *_questions(told.ask_next),
    ])  # fmt: skip


def say_found(told: EvidenceFound, quotes: Iterable[str]) -> str:
    """What was found; each of `quotes` is a passage letter for letter with its document and standing."""
    return "\n".join([
        say_review(told.review, told.disclaimer),
        "",
        *(f"- {one.kind} {one.id}: {one.title}{cite(one.citations) if one.citations else ''}" for one in told.found),
        *([] if told.found else ["Nothing in the pack holds all of these words."]),
        "",
        *quotes,
        told.library,
    ])  # fmt: skip


def say_source(told: SourceTold, description: str) -> str:
    """The source as the command line prints it, under the review state and its standing."""
    standing = f"Standing: {told.source.standing}. {told.source.standing_note}".rstrip()
    return "\n".join([say_review(told.review, told.disclaimer), standing, "", description])


def say_verification(told: VerificationTold) -> str:
    """The outcome first, then every finding."""
    looked = f"{told.statements} statements, {told.citations} citations, {told.sources} sources"
    return "\n".join([
        f"{told.outcome}: {len(told.findings)} findings in {looked}",
        say_review(told.review, told.disclaimer),
        *(f"- {one.place}: {one.what}" for one in told.findings),
    ])  # fmt: skip


def _urgency(found: Urgency, audience: Audience) -> Iterator[str]:
    level, *still_open = urgency_lines(found, VOICE[audience])
    cited = [citation for reason in found.because for citation in reason.citations]
    yield f"{level}{cite(cited) if cited else ''}"
    yield from still_open


def _advice(one: AdviceTold) -> str:
    lead = f"If {one.condition}: " if one.status == "if" else ""
    return f"- {one.id}: {lead}{one.text}{cite(one.citations)}"


def _questions(asked: list[AskNext]) -> Iterator[str]:
    if asked:
        yield from ("", "Ask next:", *(f"- {one.fact}: {one.question} ({one.could_change})" for one in asked))


def _change(one: WouldChange) -> str:
    facts = ", ".join(f"{fact}={value}" for fact, value in one.facts.items())
    return f"- {one.then}: {one.text} ({facts})"
