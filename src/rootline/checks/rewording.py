"""What reads otherwise in two versions of a pack: doses, words, grounds; and every other file that differs.

Compares what stands in the files; what it means for patients is `differences`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rootline.packs.ladder import ABOVE
from rootline.packs.model import Advice, Dose, Pack
from rootline.readers.english import Wording

Touches = Literal["dose", "meaning", "words", "grounds", "file"]
# A figure, or a word that turns a sentence round or moves it in time: another count of these may say something else.
_TURNING = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:no|not|none|never|neither|nor|cannot|without|unless|except|only|avoid|stop|before|after|until|less"
    r"|more|minutes?|hours?|days?|weeks?|months?|years?|daily|once|twice|left|right)\b|n't\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rewording:
    """One thing that reads otherwise.

    `touches` says what kind of thing: a dose; words whose figures, negations or times differ; other words; what it
    rests on; a file.
    """

    touches: Touches
    what: str
    before: str
    after: str


def rewordings(old: Pack, new: Pack) -> Iterator[Rewording]:
    """Everything that reads otherwise, in the order of the pack."""
    for id_ in dict.fromkeys([*old.statements, *new.statements]):
        one, other = old.statements.get(id_), new.statements.get(id_)
        if one is None or other is None:
            yield _words(f"statement `{id_}`", _say(one), _say(other))
            doses = [_plain(side.doses) if side else "" for side in (one, other)]
            if any(doses):
                yield Rewording("dose", f"statement `{id_}`, doses", *doses)
        else:
            yield from _of_statement(id_, one, other)
    for kind in ("facts", "rules", "actions", "sources"):
        things = [{id_: one for id_, one in getattr(pack, kind).items() if id_ != ABOVE} for pack in (old, new)]
        yield from _of_things(kind.removesuffix("s"), *things)
    both = {one.id: one for one in old.disagreements}, {one.id: one for one in new.disagreements}
    yield from _of_things("disagreement", *both)
    yield from _of_things("site", {one.id: one for one in old.sites}, {one.id: one for one in new.sites})
    yield from _of_words(old.lexicon.values, new.lexicon.values)
    yield from _of_words(old.lexicon.rules, new.lexicon.rules)
    yield from _of_files(old, new)


def _of_statement(id_: str, one: Advice, other: Advice) -> Iterator[Rewording]:
    told: list[tuple[Touches, str, Any, Any]] = [
        ("dose", "doses", one.doses, other.doses),
        ("words", "clinician", one.say.clinician, other.say.clinician),
        ("words", "patient", one.say.patient, other.say.patient),
        ("words", "headline", one.headline, other.headline),
        ("meaning", "due", one.due, other.due),
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
            yield _words(what, *texts) if touches == "words" else Rewording(touches, what, *texts)


def _of_words(old: Mapping[tuple[str, Any], Wording], new: Mapping[tuple[str, Any], Wording]) -> Iterator[Rewording]:
    """How a fact's value or a rule is said, where both versions have it."""
    for key in old.keys() & new.keys():
        if old[key] != new[key]:
            yield _words(f"words of `{key[0]}` {key[1]}", _plain(old[key]), _plain(new[key]))


def _words(what: str, before: str, after: str) -> Rewording:
    turned = Counter(_TURNING.findall(before.lower())) != Counter(_TURNING.findall(after.lower()))
    return Rewording("meaning" if turned else "words", what, before, after)


def _of_files(old: Pack, new: Pack) -> Iterator[Rewording]:
    """Files whose bytes differ: what no other comparison looks at (what is heard, guards) is among them."""
    before, after = (
        {path.relative_to(pack.folder).as_posix(): path.read_bytes() for path in pack.folder.rglob("*.yaml")}
        for pack in (old, new)
    )
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Rewording("file", name, "" if name not in before else "there", "there" if name in after else "")


def _of_things(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Rewording]:
    """Facts, rules and the like: what was added, taken out, or reads otherwise; their places do not count."""
    touches: Touches = "grounds" if kind in ("source", "disagreement") else "words"
    for id_ in dict.fromkeys([*old, *new]):
        if id_ not in old or id_ not in new:
            yield Rewording(touches, f"{kind} `{id_}`", "there" if id_ in old else "", "there" if id_ in new else "")
        elif _content(old[id_]) != _content(new[id_]):
            yield Rewording(touches, f"{kind} `{id_}`", "", "reads otherwise")


def _content(thing: Any) -> Any:
    """A thing of a pack without the lines it stands on."""
    if hasattr(thing, "__dataclass_fields__"):
        return tuple((name, _content(getattr(thing, name))) for name in thing.__dataclass_fields__ if name != "place")
    if isinstance(thing, Mapping):
        return tuple((key, _content(value)) for key, value in thing.items())
    return tuple(_content(one) for one in thing) if isinstance(thing, (list, tuple)) else thing


def _say(one: Advice | None) -> str:
    return one.say.clinician if one else ""


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, (Wording, Dose)):
        return " / ".join(str(getattr(value, name)) for name in value.__dataclass_fields__)
    return "" if value is None else str(value)
