"""Content as it stands now: published answers made anew from the pack at hand, and the pack itself.

Makes each answer the way every surface makes it; compares it with nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

from rootline.answers.ask import ask
from rootline.answers.model import AUDIENCES, Answer, Audience, FactRead
from rootline.answers.verify.rederive import read_inputs, rederive
from rootline.desk.content import Content, Subject, of_answer, of_pack, pack_subject, standings
from rootline.desk.title import why_refused
from rootline.errors import NotFoundError, RefusedError, nearest
from rootline.evidence.search.interface import Library
from rootline.packs.load import hash_folder, stamp_folder
from rootline.packs.model import Pack

MOVED_ON = "The pack on this machine is another version since this program read it; it answers from the former."


@dataclass(frozen=True)
class Present:
    """The pack at hand, and the user's library, which knows what became of its sources."""

    pack: Pack
    library: Library | None = None

    def subjects(self) -> Iterator[Subject]:
        """All that is published by itself: the pack, and each canonical question for each audience."""
        yield pack_subject(self.pack)
        for question in self.pack.questions:
            for audience in AUDIENCES:
                yield Subject("answer", self.pack.id, question.text, question.id, audience)

    def subject(self, id_: str) -> Subject:
        """By its id, such as `lumbar-radiculopathy/foot-drop/clinician`. Raises `NotFoundError`."""
        known = {one.id: one for one in self.subjects()}
        if id_ not in known:
            mend = nearest(id_, known) or f"Such as `{self.pack.id}/{self.pack.questions[0].id}/clinician`."
            raise NotFoundError(f"nothing that is published is called `{id_}`", mend=mend)
        return known[id_]

    def content(self, subject: Subject) -> Content | None:
        """What it says now; None where the pack at hand is another, or no longer answers the question."""
        if subject.pack != self.pack.id:
            return None
        if subject.kind == "pack":
            known = standings(self.pack.sources.values(), self.library)
            found = of_pack(self.pack, known, has_library=self.library is not None)
            return replace(found, doubt=self._doubt)
        answer = _canonical(self.pack, subject) if subject.kind == "answer" else _of_case(self.pack, subject)
        return self.content_of(subject, answer) if answer else None

    def content_of(self, subject: Subject, answer: Answer) -> Content:
        """This answer as a content, with the standings of its sources."""
        cited = (self.pack.sources[one.id] for one in answer.sources if one.id in self.pack.sources)
        found = of_answer(subject, answer, standings(cited, self.library), has_library=self.library is not None)
        return replace(found, doubt=self._doubt)

    @property
    def _doubt(self) -> str:
        """A program that runs for long answers from the pack as it read it; its files may be another version by now."""
        return "" if self.is_on_disk(self.pack.sha256) else MOVED_ON

    def is_on_disk(self, pack_sha256: str) -> bool:
        """Whether the files of the pack are this version by now."""
        return _hash_on_disk(self.pack.folder, _stamp(self.pack.folder, int(monotonic()))) == pack_sha256


def subject_of(answer: Answer, pack: Pack) -> Subject:
    """Which subject an answer is of, published or not."""
    question = next((one for one in pack.questions if one.text == answer.question), None)
    given = _given(answer)
    if question and not given and not answer.onset:
        return Subject("answer", answer.pack.id, question.text, question.id, answer.audience)
    return Subject("case", answer.pack.id, answer.question, audience=answer.audience, given=given)


def from_case(answer: Answer, title: str, present: Present, *, holds_no_patient_data: bool) -> Subject:
    """A case as a subject: its facts, under a title that the editor writes in place of the patient's words.

    Facts read from those words are kept as facts alone, without the words; the day of the onset is left out. Raises
    `RefusedError` unless the editor says that title and facts hold no patient data, and where the title quotes.
    """
    if why := why_refused(title, answer.question, present.pack):
        mend = "Say it in the topic's own words, without name, place or figure: “Foot drop, on an anticoagulant”."
        raise RefusedError(why, mend=mend)
    if not holds_no_patient_data:
        raise RefusedError("nobody has confirmed that this holds no patient data", mend="Read it, then confirm it.")
    facts = [one.model_copy(update={"source": "form", "text": ""}) for one in answer.facts if not one.note]
    given = json.dumps([one.model_dump(mode="json", by_alias=True) for one in facts], sort_keys=True) if facts else ""
    subject = Subject("case", answer.pack.id, " ".join(title.split()), audience=answer.audience, given=given)
    made = _of_case(present.pack, subject)
    if made is None:
        raise RefusedError("its facts cannot be read by this pack", mend="Ask anew with this version of the pack.")
    return replace(subject, given=_given(made))  # what the title says already is not given once more


def _given(answer: Answer) -> str:
    """The facts given beside a question, as a published case holds them; empty where there are none."""
    facts: list[dict[str, Any]] = [
        {**one.model_dump(mode="json", by_alias=True), "from": "form", "text": ""}
        for one in answer.facts
        if one.source != "question" and not one.note
    ]
    return json.dumps(facts, sort_keys=True) if facts else ""


@lru_cache(maxsize=4)
def _stamp(folder: Path, second: int) -> int:
    """Looked at once in a second: that is soon enough, and some hundred files."""
    return stamp_folder(folder)


@lru_cache(maxsize=4)
def _hash_on_disk(folder: Path, stamp: int) -> str:
    """The hash of the files, worked out again only when their stamp is another."""
    return hash_folder(folder)


@lru_cache(maxsize=128)
def _canonical(pack: Pack, subject: Subject) -> Answer | None:
    text = next((one.text for one in pack.questions if one.id == subject.question_id), None)
    return ask(text, pack, _audience(subject)) if text else None


@lru_cache(maxsize=128)
def _of_case(pack: Pack, subject: Subject) -> Answer | None:
    """The case answered anew; None where the pack no longer reads one of its facts."""
    bare = ask(subject.title, pack, _audience(subject))
    facts = [FactRead.model_validate(one) for one in json.loads(subject.given or "[]")]
    stated = bare.model_copy(update={"facts": facts})
    inputs, unreadable = read_inputs(stated, pack)
    return None if unreadable else rederive(inputs, pack).answer


def _audience(subject: Subject) -> Audience:
    return next(one for one in AUDIENCES if one == subject.audience)
