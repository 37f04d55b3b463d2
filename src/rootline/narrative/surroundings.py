"""The text around the mentions: sentences, lists, and how far a trigger word reaches.

Knows what is a mention and what is not; what a trigger means is decided in `assertion` and beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rootline.narrative.phrase import Found, Phrases
from rootline.narrative.tokens import Token
from rootline.narrative.triggers import Triggers

# near: nothing of weight between; loose: other words between; list: closed by "or"; open: a list that may have ended
Reach = Literal["near", "loose", "list", "open"]

_FARTHEST = 60  # words over which a trigger reaches in a text without full stops
_STOPS = {",", ".", ";", "\n", "?", "(", ")", ":"}


@dataclass(frozen=True)
class Span:
    """The tokens a mention covers; whether it names a medicine, says by itself that something is not so, or counts.

    `best`: it counts, and could not be better.
    """

    start: int
    end: int
    medicine: bool = False
    negative: bool = False
    measured: bool = False
    left_out: frozenset[int] = frozenset()  # tokens in between that are not its own
    best: bool = False

    @property
    def reassuring(self) -> bool:
        """Whether it says by itself that all is well."""
        return self.negative or self.best


class Surroundings:
    """One text with its mentions."""

    def __init__(self, tokens: list[Token], spans: list[Span], triggers: Triggers, is_title: bool = False) -> None:
        self.tokens, self.triggers, self._is_title = tokens, triggers, is_title
        covered = {at for span in spans for at in range(span.start, span.end) if at not in span.left_out}
        self.inside = [at in covered for at in range(len(tokens))]
        self._negative = {span.start for span in spans if span.negative}
        self._sentence_start, self._sentence_end = _sentence_starts(tokens), _sentence_ends(tokens)
        # looked up for every mention and trigger: found once, or a long list would be read once for each of its items
        words = range(len(tokens))
        self._stops = [at for at in words if tokens[at].word in _STOPS and not self.inside[at]]
        self._others = [at for at in words if not self._is_item(at) and not self.has("list words", at)]
        self._closing = [at for at in words if self._closes_list(at)]
        self._questions: dict[int, bool] = {}

    def find(self, phrases: Phrases[str]) -> list[Found[str]]:
        """Triggers that are not part of a mention's own words."""
        return [one for one in phrases.find(self.tokens) if not self.inside[one.start]]

    def has(self, list_name: str, at: int) -> bool:
        """Whether the token stands in one of the trigger file's word lists."""
        return self.tokens[at].word in self.triggers.lists[list_name]

    def same_sentence(self, first: int, second: int) -> bool:
        return self.tokens[first].sentence == self.tokens[second].sentence

    def same_part(self, first: int, second: int) -> bool:
        """Whether no comma or bracket lies between."""
        return self.tokens[first].part == self.tokens[second].part

    def words(self, start: int, end: int) -> list[str]:
        """The words between, mentions left out."""
        return [self.tokens[at].word for at in range(start, end) if not self.inside[at]]

    def sentence_start(self, at: int) -> int:
        """Where the token's sentence begins."""
        return self._sentence_start[at]

    def sentence_end(self, at: int) -> int:
        """Where the sentence of the token before `at` ends."""
        return self._sentence_end[at - 1]

    def after(self, span: Span, most: int) -> list[Token]:
        """The next tokens of the mention's sentence."""
        return self.tokens[span.end : min(self.sentence_end(span.end), span.end + most)]

    def to_next_mention(self, span: Span) -> list[Token]:
        """The tokens of the mention's sentence before another mention."""
        end = self.sentence_end(span.end)
        return self.tokens[span.end : next((at for at in range(span.end, end) if self.inside[at]), end)]

    def reach(self, trigger: Found[str], span: Span, ends: frozenset[str]) -> Reach | None:
        """How a trigger in front reaches the mention, or None when it does not."""
        if not 0 <= span.start - trigger.end <= _FARTHEST or not self.same_sentence(trigger.start, span.start):
            return None
        if not ends.isdisjoint(self.words(trigger.end, span.start)):
            return None
        if span.measured and any(self._is_other_item(at) for at in range(trigger.end, span.start)):
            return None  # "no weakness, pain 9/10": a value is no item of a list of what is absent
        first = trigger.end + (self.tokens[trigger.end].word == ":")  # "No: fever, foot drop"
        joints = [at for at in range(first, span.start) if self._is_joint(at)]
        if joints:
            return self._reach_in_list(first, joints, span)
        return "near" if self._are(("list words", "near words"), first, span.start) else "loose"

    def _reach_in_list(self, first: int, joints: list[int], span: Span) -> Reach | None:
        if not self._are(("list words", "near words"), first, joints[0]):
            return None  # "no tablets, foot drop": the trigger has its own object
        if not any(map(self._is_item, range(first, joints[0]))):
            return None
        if not self._negative.isdisjoint(range(first, span.start)):
            return None  # "not walking normally, incontinent": no list of what is absent
        if any(self._is_dash(at) for at in joints):
            return None
        is_closed = self._is_closed(joints[-1], span)
        if all(self.is_bare(at + 1) for at in joints):
            return "list" if is_closed else "open"
        return "open" if is_closed else None  # "denies fever, foot drop since yesterday"

    def _is_closed(self, joint: int, span: Span) -> bool:
        """Whether an "or" with a mention behind it stands in the mention's own stretch or later in the list."""
        return self._next(self._closing, joint) < self.sentence_end(span.end)

    def _closes_list(self, at: int) -> bool:
        """Whether the token is an "or" with a mention behind it."""
        if self.tokens[at].word not in ("or", "nor") or self.inside[at]:
            return False
        stop = self._next(self._stops, at + 1)
        behind = next((to for to in range(at + 1, stop) if not self.has("list words", to)), None)
        return behind is not None and self._is_item(behind)

    def _next(self, places: list[int], at: int) -> int:
        """The first of the places from there on, or the end of the text."""
        found = bisect_left(places, at)
        return places[found] if found < len(places) else len(self.tokens)

    def rest_of_list(self, span: Span) -> Iterator[int]:
        """The tokens behind the mention that speak of it too: to the comma, or to the end of a list closed by "or"."""
        for at in range(span.end, min(self.sentence_end(span.end), span.end + _FARTHEST)):
            if self.tokens[at].word in ("but", "however"):
                return
            if self.tokens[at].word in _STOPS and not self.inside[at] and not self._is_closed(at, span):
                if at + 1 < len(self.tokens) and self.same_sentence(at, at + 1) and self.has("ended", at + 1):
                    yield at + 1
                return
            yield at

    def _is_other_item(self, at: int) -> bool:
        """Whether something else was named, or a comma passed."""
        return self.inside[at] or self._is_joint(at)

    def _is_joint(self, at: int) -> bool:
        return not self.inside[at] and (self.tokens[at].word in (",", "and", "(", ":", "\n") or self._is_dash(at))

    def _is_dash(self, at: int) -> bool:
        """A dash with space around it; a hyphen has none."""
        token = self.tokens[at]
        if token.word != "-" or self.inside[at]:
            return False
        return self.tokens[at - 1].end < token.start and token.end < self.tokens[at + 1].start

    def is_bare(self, start: int) -> bool:
        """Whether the stretch up to the next comma holds mentions and list words only."""
        return self._next(self._others, start) >= self._next(self._stops, start)

    def _are(self, lists: tuple[str, ...], start: int, end: int) -> bool:
        return all(self._is_item(at) or any(self.has(name, at) for name in lists) for at in range(start, end))

    def _is_item(self, at: int) -> bool:
        """Whether the token is a mention's, or a symptom's that is no fact here."""
        return self.inside[at] or self.has("other symptoms", at)

    def is_question(self, at: int) -> bool:
        """Whether the token's sentence asks something."""
        number = self.tokens[at].sentence
        if number not in self._questions:
            sentence = self.tokens[self._sentence_start[at] : self._sentence_end[at]]
            self._questions[number] = self._asks([token.word for token in sentence])
        return self._questions[number]

    def _asks(self, sentence: list[str]) -> bool:
        words = [word for word in sentence if word[0].isalnum()]
        is_inverted = bool(words) and words[0] in self.triggers.lists["question words"]
        is_told = words[1:2] == ["not"]  # "can't have ibuprofen" tells
        return self._is_title or "?" in sentence or (is_inverted and not is_told)


def _sentence_starts(tokens: list[Token]) -> list[int]:
    starts = [0] * len(tokens)
    for at in range(1, len(tokens)):
        starts[at] = starts[at - 1] if tokens[at].sentence == tokens[at - 1].sentence else at
    return starts


def _sentence_ends(tokens: list[Token]) -> list[int]:
    ends, end = [0] * len(tokens), len(tokens)
    for at in range(len(tokens) - 1, -1, -1):
        if at + 1 < len(tokens) and tokens[at].sentence != tokens[at + 1].sentence:
            end = at + 1
        ends[at] = end
    return ends
