"""The urgency in words, for every place that shows it. The level is found elsewhere; here it is only said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rootline.answers import phrases as words
from rootline.answers.audience import VOICE
from rootline.answers.model import Answer, Urgency
from rootline.packs.model import LEVELS, Level
from rootline.readers.english import Voice


@dataclass(frozen=True)
class Banner:
    """What is said of the urgency: the headline, what it could still be, and why."""

    highest: Level  # the highest level that is not ruled out: shown by colour and shape
    decided: bool
    headline: str
    could_be: str
    because: str


def banner(answer: Answer) -> Banner | None:
    """The urgency, as supposed where a fact is; nothing for a question without a plan that tells of no patient."""
    if not answer.sections and answer.urgency.at_least == "routine":
        return None
    voice = VOICE[answer.audience]
    said = _banner(answer.urgency, voice)
    if not any(fact.source == "what if" and not fact.note for fact in answer.facts):
        return said
    return replace(said, headline=f"{words.ONLY_SUPPOSED.to(voice)}: {said.headline}")


def urgency_lines(found: Urgency, voice: Voice) -> Iterator[str]:
    """The urgency as plain text: the level, why, and what it could still be; then each line that is still open."""
    said = _banner(found, voice)
    could_be = f". {said.could_be}" if said.could_be else ""
    yield f"{said.headline}{f' ({said.because})' if said.because else ''}{could_be}"
    yield from (f"- still open, {one.level}: {one.text}" for one in found.open)


def _banner(found: Urgency, voice: Voice) -> Banner:
    because = ", ".join(dict.fromkeys(reason.text for reason in found.because))
    return say_urgency(found.level != "undetermined", found.at_least, found.could_be, because, voice)


def say_urgency(decided: bool, at_least: str, could_be: Sequence[str], because: str, voice: Voice) -> Banner:
    """The banner for a level reached and those still possible, highest first."""
    highest = next(level for level in LEVELS if level == could_be[0])
    least, most = level_words(at_least, voice), level_words(highest, voice)
    if decided:
        return Banner(highest, True, least, "", because)
    if at_least == "routine":
        return Banner(highest, False, f"{words.UNDETERMINED.to(voice)}: {words.COULD_BE.to(voice)} {most}", "", "")
    headline = f"{words.AT_LEAST.to(voice).upper()} {least}"
    return Banner(highest, False, headline, f"{words.COULD_BE.to(voice).upper()} {most}", because)


def level_words(level: str, voice: Voice) -> str:
    """A level in this voice's words."""
    return next(words.LEVEL[name].to(voice) for name in LEVELS if name == level)
