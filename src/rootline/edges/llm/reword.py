"""Finished statements in other words for a reader: offered by a language model, each sentence checked by the gate.

The answer itself stays as it is; only what a reader is shown is reworded, marked and counted. Nothing but statements is
offered to the model, and of these none that bears on safety (`offered`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from rootline.answers.model import Answer, Section, Statement
from rootline.edges.llm.client import ask_model
from rootline.edges.llm.gate import connecting_words, has_other_words, other_words, refusal
from rootline.edges.llm.offered import may_be_offered
from rootline.errors import ModelError, ReplyError
from rootline.packs.model import Pack
from rootline.settings import LanguageModel

_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_AT_ONCE = 20  # sentences in one request
_TASK = """\
You make medical sentences easier to read.
Input: JSON {"sentences": {id: {"text": ..., "may_become": [[words that mean the same], ...]}}}.
Reply with one JSON object {"sentences": {id: reworded text}} and nothing else.
You may replace words only within the groups of may_become, and add or leave out only these words: %s.
Keep every other word, number and punctuation mark, in the same order.
Leave out the id of a sentence that reads well as it is."""


class Sentence(BaseModel):
    """One sentence: as written, reworded where it passed, and why a rewording was refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statement: str
    original: str
    reworded: str = ""
    refused: str = ""


class RewordedAnswer(BaseModel):
    """An answer as it was, and beside it the sentences in other words."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["rootline.reworded/1"] = Field(default="rootline.reworded/1", alias="schema")
    answer: Answer
    model: str
    note: str
    sentences: list[Sentence]


def reword(answer: Answer, pack: Pack, model: LanguageModel) -> RewordedAnswer:
    """Offer what may be reworded to the model. A model that fails changes nothing, and the note says so."""
    sentences = list(_sentences(answer, pack))
    offered = [at for at, one in enumerate(sentences) if _is_offered(one, pack)]
    trouble = ""
    for some in _in_batches(offered):
        try:
            replies = _ask(model, {str(at): sentences[at].original for at in some})
        except ModelError as error:
            trouble = f" {error.what[:1].upper()}{error.what[1:]}."
            if isinstance(error, ReplyError):
                for at in some:  # each was asked for in the reply that is refused whole
                    sentences[at] = sentences[at].model_copy(update={"refused": error.what})
            break
        for at in some:
            sentences[at] = _checked(sentences[at], replies.get(str(at)))
    return RewordedAnswer(answer=answer, model=model.name, note=_note(sentences, model) + trouble, sentences=sentences)


def shown(told: RewordedAnswer) -> Answer:
    """The answer as a reader is shown it; never verified, kept or signed in place of the answer itself."""
    by_statement: dict[str, list[Sentence]] = {}
    for one in told.sentences:
        by_statement.setdefault(one.statement, []).append(one)

    def statement(one: Statement) -> Statement:
        own = by_statement[one.id]
        if not any(sentence.reworded for sentence in own):
            return one
        said = (f"{sentence.reworded} *(reworded)*" if sentence.reworded else sentence.original for sentence in own)
        return one.model_copy(update={"text": " ".join(said)})

    def section(one: Section) -> Section:
        return one.model_copy(update={"statements": [statement(each) for each in one.statements]})

    return told.answer.model_copy(update={"sections": [section(one) for one in told.answer.sections]})


def _sentences(answer: Answer, pack: Pack) -> Iterator[Sentence]:
    for section in answer.sections:
        for one in section.statements:
            yield from (Sentence(statement=one.id, original=text) for text in _ENDS.split(one.text))


def _is_offered(one: Sentence, pack: Pack) -> bool:
    """Whether a sentence may go to the model, and holds words to replace."""
    return one.statement in may_be_offered(pack) and has_other_words(one.original)


def _in_batches(places: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(places), _AT_ONCE):
        yield places[start : start + _AT_ONCE]


def _ask(model: LanguageModel, texts: dict[str, str]) -> dict[str, str]:
    data = {id_: {"text": text, "may_become": other_words(text)} for id_, text in texts.items()}
    reply = ask_model(model, _TASK % ", ".join(connecting_words()), {"sentences": data})
    found = reply.get("sentences")
    if set(reply) != {"sentences"} or not isinstance(found, dict) or not set(found) <= set(texts):
        raise ReplyError("the model's reply has another form than was asked for", mend="Try another model.")
    if not all(isinstance(one, str) for one in found.values()):
        raise ReplyError("the model's reply holds something that is no sentence", mend="Try another model.")
    return found


def _checked(one: Sentence, offer: str | None) -> Sentence:
    if offer is None or offer == one.original:
        return one
    refused = refusal(one.original, offer)
    return one.model_copy(update={"refused": refused} if refused else {"reworded": offer})


def _note(sentences: list[Sentence], model: LanguageModel) -> str:
    kept = sum(not one.reworded for one in sentences)
    refused = sum(bool(one.refused) for one in sentences)
    return (
        f"{kept} of {len(sentences)} sentences kept as written; rewordings of `{model.name}` refused: {refused}. "
        "Nobody has reviewed the reworded ones. Never offered to the model: the bottom line, and each statement that "
        "is of the urgency, warns, doses, forbids, tells when to come back or speaks of a warning sign."
    )
