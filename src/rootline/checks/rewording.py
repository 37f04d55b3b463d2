"""What reads otherwise in two versions of a pack: warnings, doses, words, grounds; and every other file that differs.

Compares what stands in the files; what it means for patients is `differences`. Where something is told of an urgency
line, a warning or an action, or heard of a patient, no other words are taken for harmless.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from rootline.checks.files import files
from rootline.evidence.points.source import Point, Source
from rootline.logic.tree import KINDS, Node, Rule, facts_of
from rootline.logic.values import Amount, Choice
from rootline.packs.ladder import ABOVE
from rootline.packs.model import (
    Action,
    Advice,
    Disagreement,
    Dose,
    Drawn,
    Fact,
    Heard,
    Pack,
    Position,
    RuleDefinition,
    Site,
)
from rootline.readers.english import Wording, english

Tell = tuple[Callable[[Any], str], Callable[[Any], str]]  # of the version before, and of the one after
_OPENED = (Action, Disagreement, Drawn, Fact, Point, RuleDefinition, Site, Source, Wording)  # told field by field
_FIELDS = {
    "for_": "speaks for",
    "strong": "strongly for",
    "named": "named by",
    "against": "speaks against",
    "heard": "heard as",
}
Touches = Literal["urgency", "action", "dose", "heard", "meaning", "words", "grounds", "file", "layout"]
# Words of these may tell a patient otherwise, whatever the words are.
TELLING = frozenset[Touches]({"urgency", "action", "dose", "heard", "meaning"})
_KINDS: dict[str, Touches] = {"source": "grounds", "disagreement": "grounds", "fact": "heard", "action": "action"}
_GROUNDS = (", because", ", reading")  # fields of a rule or a site
# A figure, a unit, or a word that turns a sentence round, sets a limit or moves it in time: with others of these, or
# with the same in another order, it may say something else.
_TURNING = re.compile(
    r"\d+(?:[.,]\d+)*|[%½¼¾⅓⅔]|(?<![^\W\d_])(?:"
    r"zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|halve|thirds?"
    r"|quarters?|single|double|triple|dozen|once|twice"
    r"|mg|g|kg|mcg|μg|ng|ml|l|mmol|iu|units?|percent|(?:milli|micro|kilo)?grams?|(?:milli)?lit(?:re|er)s?"
    r"|tablets?|capsules?|drops?|puffs?|patch(?:es)?|doses?"
    r"|minutes?|hours?|days?|weeks?|months?|years?|fortnight|hourly|daily|nightly|weekly|monthly|every|each"
    r"|no|not|none|never|neither|nor|cannot|without|unless|except|only|avoid|stop|before|after|until|less|more|least|most"
    r"|minimum|maximum|over|under|above|below|within|left|right)(?![^\W\d_])|n't\b"
)


@dataclass(frozen=True)
class Rewording:
    """One thing that reads otherwise.

    `touches` says what kind of thing: what is told of an urgency line or a warning; of an action; a dose; what is heard
    or asked of a patient; other words whose figures, negations or times differ; other words; what it rests on; a file;
    comments, layout or the version's name alone.
    """

    touches: Touches
    what: str
    before: str
    after: str


def rewordings(old: Pack, new: Pack) -> Iterator[Rewording]:
    """Everything that reads otherwise, in the order of the pack."""
    for id_ in dict.fromkeys([*old.statements, *new.statements]):
        one, other = old.statements.get(id_), new.statements.get(id_)
        weight = _weight(id_, old, new)
        if one is None or other is None:
            yield _words(f"statement `{id_}`", _say(one), _say(other), weight)
            doses = [_plain(side.doses) if side else "" for side in (one, other)]
            if any(doses):
                yield Rewording("dose", f"statement `{id_}`, doses", *doses)
        else:
            yield from _of_statement(id_, one, other, weight)
    tell = _telling(old), _telling(new)
    for kind in ("facts", "rules", "actions", "sources"):
        things = [{id_: one for id_, one in getattr(pack, kind).items() if id_ != ABOVE} for pack in (old, new)]
        yield from _of_things(kind.removesuffix("s"), things[0], things[1], tell)
    for kind, those in (("disagreement", "disagreements"), ("site", "sites")):
        things = [{one.id: one for one in getattr(pack, those)} for pack in (old, new)]
        yield from _of_things(kind, things[0], things[1], tell)
    order = [", ".join(things[at]) for at in (0, 1)]  # of the sites
    if order[0] != order[1] and things[0].keys() == things[1].keys():
        yield Rewording("words", "order of the sites", *order)
    ladder = {fact for pack in (old, new) for line in pack.urgency for fact in _looked_at(line.advice.when, pack)}
    yield from _of_words(_said(old), _said(new), ladder)
    in_rules = {name for pack in (old, new) for name in pack.rules if _looked_at(Rule(name), pack) & ladder}
    yield from _of_words(old.lexicon.rules, new.lexicon.rules, in_rules)
    for name, before, after, kind in files(old, new):
        yield Rewording(kind, name, "there" if before else "", "there" if after else "")


def _said(pack: Pack) -> dict[tuple[str, Any], Wording]:
    """How facts are said: each value, or the words before a number."""
    return {**pack.lexicon.values, **{(fact, ""): words for fact, words in pack.lexicon.leads.items()}}


def _weight(id_: str, *packs: Pack) -> Touches:
    """What a statement's words belong to, in either version: an urgency line or a warning, something to do, or less."""
    those = [pack.statements[id_] for pack in packs if id_ in pack.statements]
    lines = {line.advice.id for pack in packs for line in pack.urgency}
    if id_ in lines or any(one.section == "red-flags" or one.outside for one in those):
        return "urgency"
    return "action" if any(one.actions or one.doses or one.due or one.within for one in those) else "words"


def _looked_at(node: Node, pack: Pack) -> set[str]:
    return set(facts_of(node, pack.conditions))


def _of_statement(id_: str, one: Advice, other: Advice, weight: Touches) -> Iterator[Rewording]:
    told: list[tuple[Touches, str, Any, Any]] = [
        ("dose", "doses", one.doses, other.doses),
        ("words", "clinician", one.say.clinician, other.say.clinician),
        ("words", "patient", one.say.patient, other.say.patient),
        ("words", "headline", one.headline, other.headline),
        ("words", "due", one.due, other.due),
        ("words", "within", one.within, other.within),
        ("words", "section", one.section, other.section),
        ("words", "detail", one.detail, other.detail),
        ("words", "outside", one.outside, other.outside),
        ("grounds", "strength", one.strength, other.strength),
        ("grounds", "certainty", one.certainty, other.certainty),
        ("grounds", "reading", one.reading, other.reading),
        ("grounds", "because", one.because, other.because),
    ]
    for touches, field, before, after in told:
        if before != after:
            what, texts = f"`{id_}`, {field}", (_plain(before), _plain(after))
            yield _words(what, *texts, weight) if touches == "words" else Rewording(touches, what, *texts)


def _of_words(
    old: Mapping[tuple[str, Any], Wording], new: Mapping[tuple[str, Any], Wording], ladder: set[str]
) -> Iterator[Rewording]:
    """How a fact's value or a rule is said, where both versions have it: with it everybody is told who is meant."""
    for key in sorted(old.keys() & new.keys(), key=str):
        if old[key] != new[key]:
            weight: Touches = "urgency" if key[0] in ladder else "action"
            yield Rewording(weight, f"words of `{key[0]}` {key[1]}".rstrip(), _plain(old[key]), _plain(new[key]))


def _words(what: str, before: str, after: str, weight: Touches) -> Rewording:
    turned = _TURNING.findall(before.casefold()) != _TURNING.findall(after.casefold())
    return Rewording("meaning" if turned and weight == "words" else weight, what, before, after)


def _of_things(kind: str, old: Mapping[str, Any], new: Mapping[str, Any], tell: Tell) -> Iterator[Rewording]:
    """Facts, rules and the like: what was added or taken out, and each field of it that reads otherwise."""
    touches = _KINDS.get(kind, "words")
    for id_ in dict.fromkeys([*old, *new]):
        what = f"{kind} `{id_}`"
        if id_ not in old or id_ not in new:
            yield Rewording(touches, what, "there" if id_ in old else "", "there" if id_ in new else "")
            continue
        for field, before, after in _unlike(what, old[id_], new[id_]):
            texts = (tell[0](before), tell[1](after))
            weight = "grounds" if field.endswith(_GROUNDS) else touches
            yield _words(field, *texts, weight) if isinstance(before, str) else Rewording(weight, field, *texts)


def _unlike(what: str, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    """The innermost named fields that differ; the lines they stand on do not count."""
    if isinstance(one, _OPENED) and type(one) is type(other):
        for field in fields(one):
            if field.name != "place":
                name = _FIELDS.get(field.name, field.name.replace("_", " "))
                yield from _unlike(f"{what}, {name}", getattr(one, field.name), getattr(other, field.name))
    elif isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in dict.fromkeys([*one, *other]):
            yield from _unlike(f"{what} `{key}`", one.get(key), other.get(key))
    elif placeless(one) != placeless(other):
        yield what, one, other


def placeless(thing: Any) -> Any:
    """A thing of a pack without the lines it stands on: equal where nothing in it reads otherwise."""
    if is_dataclass(thing):
        return tuple((one.name, placeless(getattr(thing, one.name))) for one in fields(thing) if one.name != "place")
    return tuple(placeless(one) for one in thing) if isinstance(thing, (list, tuple)) else thing


def _say(one: Advice | None) -> str:
    return one.say.clinician if one else ""


def _telling(pack: Pack) -> Callable[[Any], str]:
    """How a value of this version is told: conditions in the clinician's words, everything else as it is written."""

    def tell(value: Any) -> str:
        if isinstance(value, tuple):
            return ", ".join(map(tell, value))
        if isinstance(value, KINDS):
            return english(value, pack.lexicon, "clinician")
        if isinstance(value, Choice):
            return ", ".join(value.values)
        if isinstance(value, Amount):
            return f"{value.unit.many}, {value.low:g} to {value.high:g}".lstrip(", ")
        if isinstance(value, Heard):
            said = f" = {tell(value.value)}" if value.value is not None else ""
            return f"“{value.phrase}”{said}" + ("" if value.denial_tells else ", its denial says nothing")
        if isinstance(value, Position):
            return f"{tell(value.says)} [{tell(value.because)}]"
        return _plain(value)

    return tell


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, (Wording, Dose)):
        return " / ".join(str(getattr(value, name)) for name in value.__dataclass_fields__)
    return "" if value is None else str(value)
