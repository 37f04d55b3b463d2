"""Free text to facts: what is known of the patient, each with the words it was read from.

A mention that is denied counts as its opposite; one that is doubtful, long past, somebody else's or only
supposed does not count and is reported. Mentions that contradict each other leave the fact unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import inf

from rootline.errors import InputError
from rootline.logic.units import UNITS, Unit, convert, find_unit
from rootline.logic.values import Amount, Between, Value, narrow
from rootline.narrative.assertion import Assertions, Status
from rootline.narrative.dates import find_dates
from rootline.narrative.durations import give_lengths
from rootline.narrative.intent import Intent, find_intent, is_title
from rootline.narrative.lexicon import Lexicon, lexicon_of
from rootline.narrative.phrase import Found
from rootline.narrative.quantities import Length, find_ages, find_lengths, is_visit
from rootline.narrative.spelling import mend
from rootline.narrative.surroundings import Span
from rootline.narrative.tokens import Token, is_control, joined, respelt, tokenise
from rootline.narrative.triggers import triggers
from rootline.narrative.variants import find_all
from rootline.packs.model import Fact, Heard, Pack, Shorthand

_WIDEST = 20  # tokens that a phrase may cover
LONGEST = 20_000  # characters; a long referral letter is a tenth of it


@dataclass(frozen=True)
class Mention:
    """Words in the text that speak of a fact, what they mean, and where they stand."""

    fact: str
    value: Value
    status: Status
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """What a text says: facts with their mentions, mentions that do not count, contradictions, intent.

    `read_on` is the day that a date in it was counted to, and `onset` the day it names for the beginning of symptoms;
    None where it names none.
    """

    text: str
    values: dict[str, Value]
    mentions: dict[str, tuple[Mention, ...]]
    unused: tuple[Mention, ...]
    contradicting: dict[str, tuple[Mention, ...]]
    intent: Intent = field(default_factory=Intent)
    read_on: date | None = None
    onset: date | None = None

    @property
    def contradicted(self) -> tuple[str, ...]:
        """The facts that the text says in two ways."""
        return tuple(self.contradicting)

    @property
    def all_mentions(self) -> tuple[Mention, ...]:
        """Every mention, whether it counts or not."""
        groups = (*self.mentions.values(), self.unused, *self.contradicting.values())
        return tuple(one for group in groups for one in group)

    def words_of(self, fact: str) -> str:
        """The words that a fact was read from."""
        return self._words(self.mentions.get(fact, ()))

    def unclear_words(self, fact: str) -> str:
        """The words that leave a fact open: said in two ways, or in doubt; empty where it is not so."""
        if fact in self.contradicting:
            return self._words(self.contradicting[fact])
        return self._words(one for one in self.unused if one.fact == fact and one.status == "uncertain")

    def _words(self, mentions: Iterable[Mention]) -> str:
        return "; ".join(dict.fromkeys(self.text[one.start : one.end] for one in mentions))

    def words_against(self, fact: str, value: Value | None) -> str:
        """The words that a value contradicts, or that are taken back with None; empty where they agree."""
        if fact not in self.values or (value is not None and narrow(self.values[fact], value) is not None):
            return ""
        return self.words_of(fact)


def check_text(text: str) -> str:
    """The text without surrounding space. Raises `InputError` when there is nothing to read or too much."""
    bare = text.strip()
    if not bare:
        raise InputError("there is no question", mend="Write a question or describe the patient in a sentence.")
    if len(text) > LONGEST:
        raise InputError(
            f"the text has {len(text):,} characters; at most {LONGEST:,} are read",
            mend="Keep the part about this problem.",
        )
    for place, letter in enumerate(text, start=1):
        if is_control(letter):
            raise InputError(
                f"character {place} is a control character (U+{ord(letter):04X})", mend="Remove it and try again."
            )
    return bare


def read_narrative(text: str, pack: Pack, today: date | None = None) -> Reading:
    """Read the text with the pack's words. Raises `InputError` for a text that cannot be read at all.

    `today` is what a date in it is counted to; without it no date is understood.
    """
    text = check_text(text)
    lexicon, spoken = lexicon_of(pack), triggers()
    tokens = tokenise(text, spoken.lists["abbreviations"], spoken.left_out)
    tokens = respelt(tokens, mend(tokens, lexicon.spelling))
    found, short, tokens = _find(tokens, lexicon)
    spans = [_span(one) for one in found]
    short_spans = [Span(one.start, one.end, negative=True) for one in short]
    # "he" and "mother" are words about a person, not what is denied: they stay triggers and ends
    named = [span for one, span in zip(found, spans, strict=True) if one.what[0].id != "sex"]
    assertions = Assertions(tokens, [*named, *short_spans], spoken, is_title(tokens, lexicon))

    told = list(_fact_mentions(found, spans, assertions, tokens, text))
    counted = {(at, one.fact) for at, one in told if one.status == "affirmed"}
    mentions = [*(one for _, one in told), *_shorthand_mentions(short, assertions, tokens)]
    ages = list(find_ages(tokens, spoken.time)) if "age" in pack.facts else []
    taken = {at for one in spans for at in range(one.start, one.end)}
    taken |= {at for age in ages for at in range(age.start, age.end)}
    dates = list(find_dates(text, tokens, spoken.time, today)) if today else []
    taken |= {at for one in dates for at in range(one.start, one.end)}
    mentioned = {at for one in named for at in range(one.start, one.end)}
    counts = find_lengths(tokens, spoken.time, taken)
    told_lengths = [*dates, *(one for one in counts if not is_visit(one, tokens, spoken.time, mentioned))]
    lengths = list(give_lengths(told_lengths, found, counted, pack, tokens))
    for fact, length in (*(("age", age) for age in ages), *lengths):
        mentions.append(_mention(fact, length, pack, tokens, text))
    mentions = list(_without_taken_back(mentions))
    values, contradicting = _assemble(mentions, pack)
    dated = {fact for fact, length in lengths if length in dates}
    return Reading(
        text=text,
        values=values,
        mentions={fact: tuple(one for one in mentions if one.fact == fact and _counts(one)) for fact in values},
        unused=tuple(one for one in mentions if not _counts(one)),
        contradicting=contradicting,
        intent=find_intent(tokens, [*spans, *short_spans], assertions, lexicon),
        read_on=today if dated else None,
        onset=_onset(values, pack, today) if pack.onset_fact in dated else None,
    )


def _onset(values: Mapping[str, Value], pack: Pack, today: date | None) -> date | None:
    """The day that symptoms began, where a date says it exactly."""
    days = values.get(pack.onset_fact or "")
    return today - timedelta(days=days) if today and isinstance(days, float) else None


def _find(
    tokens: list[Token], lexicon: Lexicon
) -> tuple[list[Found[tuple[Fact, Heard]]], list[Found[Shorthand]], list[Token]]:
    """Facts and shorthands named; the tokens come back with sentences joined where a phrase runs over a line break."""
    named = {
        (one.start, one.end, one.what[0].id, str(one.what[1].value)): one for one in find_all(lexicon.facts, tokens)
    }
    found = _without_contained(list(named.values()))  # two phrases may find the same words
    short = _longest(list({(one.start, id(one.what)): one for one in lexicon.shorthands.find(tokens)}.values()))
    found = [one for one in found if not any(other.start <= one.start and one.end <= other.end for other in short)]
    places = [(one.start, one.end) for one in found] + [(one.start, one.end) for one in short]
    breaks = {at for start, end in places for at in range(start, end - 1) if _breaks(tokens, at)}
    return found, short, joined(tokens, breaks)


def _longest(short: list[Found[Shorthand]]) -> list[Found[Shorthand]]:
    """ "CES red flags negative" is not also "red flags negative"."""
    ends: dict[int, int] = {}
    for one in short:
        ends[one.start] = max(one.end, ends.get(one.start, 0))

    def is_inside(one: Found[Shorthand]) -> bool:
        return one.end < ends[one.start] or any(one.end <= ends.get(one.start - by, 0) for by in range(1, _WIDEST))

    return [one for one in short if not is_inside(one)]


def _breaks(tokens: list[Token], at: int) -> bool:
    return tokens[at].sentence != tokens[at + 1].sentence


def _span(one: Found[tuple[Fact, Heard]]) -> Span:
    fact, heard = one.what
    return Span(
        one.start,
        one.end,
        fact.medicine,
        _is_negative(heard, fact),
        heard.value is None,
        one.left_out,
        best=one.number is not None and fact.is_best(float(one.number)),
    )


def _without_contained(found: list[Found[tuple[Fact, Heard]]]) -> list[Found[tuple[Fact, Heard]]]:
    """Drop a phrase inside a longer one of the same group of facts, or that begins where the longer one does.

    "urinary incontinence" is not also "incontinence" of the bowel; in "cannot lift her left foot", "left foot" stays.
    """

    def is_inside(inner: Found[tuple[Fact, Heard]], outer: Found[tuple[Fact, Heard]]) -> bool:
        if not inner.named <= outer.named:  # "pain in chest and leg": what a gap ran over stays a mention of its own
            return False
        if (inner.start, inner.end) == (outer.start, outer.end):
            return False
        if (outer.number is None) != (inner.number is None):  # "28 weeks pregnant" also says pregnant
            return False
        return inner.what[0].group == outer.what[0].group or inner.start == outer.start

    by_start: dict[int, list[Found[tuple[Fact, Heard]]]] = {}
    for one in found:
        by_start.setdefault(one.start, []).append(one)

    def near(one: Found[tuple[Fact, Heard]]) -> Iterable[Found[tuple[Fact, Heard]]]:
        return (other for start in range(one.start - _WIDEST, one.start + 1) for other in by_start.get(start, ()))

    return [one for one in found if not any(is_inside(one, other) for other in near(one))]


def _counts(mention: Mention) -> bool:
    return mention.status in ("affirmed", "denied")


def _place(tokens: list[Token], start: int, end: int) -> tuple[int, int]:
    return tokens[start].start, tokens[end - 1].end


def _fact_mentions(
    found: list[Found[tuple[Fact, Heard]]], spans: list[Span], assertions: Assertions, tokens: list[Token], text: str
) -> Iterable[tuple[int, Mention]]:
    """Each mention with its first token."""
    for one, span in zip(found, spans, strict=True):
        fact, heard = one.what
        start, end = _place(tokens, one.start, one.end)
        status = assertions.status(span)
        if fact.id == "sex" and assertions.names_another(span):
            status = "family"
        if status == "historical" and fact.history_counts:
            status = "affirmed"
        value = heard.value if heard.value is not None else _number(one, fact, tokens)
        if value is None:
            continue
        if heard.value is None and not _is_possible(value, fact):
            status = "impossible"
        if status == "denied":
            if heard.value is None or _is_negative(heard, fact) or not heard.denial_tells:
                continue  # "not a power of 4", "bladder not normal", "no leakage": says nothing definite
            opposite = fact.denied_means
            if opposite is None:
                continue
            value = opposite
            start, end = _place(tokens, *assertions.with_denial(span))
        yield one.start, Mention(fact.id, value, status, start, end)


def _is_negative(heard: Heard, fact: Fact) -> bool:
    return heard.value is not None and heard.value == fact.denied_means


def _number(one: Found[tuple[Fact, Heard]], fact: Fact, tokens: list[Token]) -> Value | None:
    if one.number is None or not isinstance(fact.type, Amount):
        return None
    number = float(one.number)
    if fact.type.unit is UNITS["d"]:  # a length of time: the phrase itself names its unit
        units = triggers().time["units"]
        unit = next((units[token.word] for token in tokens[one.start : one.end + 1] if token.word in units), "wk")
        number *= UNITS[unit].size
    elif said := _unit_after(tokens, one.end, fact.type.unit):  # "residual 0.6 L" is 600 mL
        number = convert(number, said, fact.type.unit)
    value: Value = number
    if one.order:
        value = Between(high=number, high_open=True) if one.order == "<" else Between(low=number, low_open=True)
    return value


def _unit_after(tokens: list[Token], at: int, meant: Unit) -> Unit | None:
    """The unit that stands behind a number, when it measures the same thing."""
    unit = find_unit(tokens[at].word) if at < len(tokens) else None
    return unit if unit and unit.dimension == meant.dimension else None


def _is_possible(value: Value, fact: Fact) -> bool:
    """Whether a number lies within what a living person can have; one that does not is shown and not used."""
    type_ = fact.type
    assert isinstance(type_, Amount)
    ends = [value] if isinstance(value, float) else []
    if isinstance(value, Between):
        ends = [end for end in (value.low, value.high) if abs(end) != inf]
    return all(type_.low <= number <= type_.high for number in ends)


def _mention(fact: str, length: Length, pack: Pack, tokens: list[Token], text: str) -> Mention:
    start, end = _place(tokens, length.start, length.end)
    status: Status = "affirmed" if _is_possible(length.value, pack.facts[fact]) else "impossible"
    return Mention(fact, length.value, status, start, end)


def _shorthand_mentions(
    found: list[Found[Shorthand]], assertions: Assertions, tokens: list[Token]
) -> Iterable[Mention]:
    for one in found:
        start, end = _place(tokens, one.start, one.end)
        status = assertions.status(Span(one.start, one.end, negative=True))
        if status == "denied":  # a second "no" in front of "no red flags" makes no sense: not counted
            status = "uncertain"
        for fact, value in one.what.means.items():
            yield Mention(fact, value, status, start, end)


def _without_taken_back(mentions: list[Mention]) -> Iterable[Mention]:
    """The mentions; those before the words that take their fact back count no more."""
    until = {one.fact: one.start for one in sorted(mentions, key=lambda one: one.start) if one.status == "taken back"}
    for one in mentions:
        yield replace(one, status="taken back") if one.start < until.get(one.fact, 0) else one


def _assemble(mentions: list[Mention], pack: Pack) -> tuple[dict[str, Value], dict[str, tuple[Mention, ...]]]:
    """One value for each fact, narrowed over its mentions; and the mentions of those that contradict each other."""
    values: dict[str, Value] = {}
    contradicting: dict[str, tuple[Mention, ...]] = {}
    for fact in pack.facts.values():
        heard = [one.value for one in mentions if one.fact == fact.id and _counts(one)]
        if not heard:
            continue
        doubted = [one.value for one in mentions if one.fact == fact.id and one.status == "uncertain"]
        value = _narrow_all(heard, fact)
        if value is not None and value == fact.denied_means:  # a doubt opens what is denied, never what is affirmed
            value = _narrow_all([value, *doubted], fact)
        if value is None:
            contradicting[fact.id] = tuple(
                one for one in mentions if one.fact == fact.id and (_counts(one) or one.status == "uncertain")
            )
        else:
            values[fact.id] = value
    return values, contradicting


def _narrow_all(heard: list[Value], fact: Fact) -> Value | None:
    numbers = [value for value in heard if isinstance(value, float)]
    if fact.of_several and len(numbers) == len(heard):
        return min(numbers) if fact.of_several == "lowest" else max(numbers)
    value: Value | None = heard[0]
    for other in heard[1:]:
        value = narrow(value, other) if value is not None else None
    return value
