"""Claims for all patients: those that every pack must keep, and the pack's own `properties.yaml`.

A property is data: combinations of truths that no patient, or some patient, may have. How it is proved is `proofs`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rootline.content.take import Take
from rootline.content.yaml_text import read_items
from rootline.errors import PackError, nearest
from rootline.logic.check import refuse_unstable
from rootline.logic.place import NOWHERE, Fields, Place
from rootline.logic.read import Vocabulary, read
from rootline.logic.tree import ALWAYS, All, Any, Node, Not, Rule
from rootline.logic.truth import Truth
from rootline.packs.ladder import ABOVE
from rootline.packs.model import LEVELS, Advice, Level, Pack
from rootline.readers.english import VOICES

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


@dataclass(frozen=True)
class Seen:
    """A condition with one of these truths. `name` is what people know it by."""

    name: str
    node: Node
    truths: frozenset[Truth]


Together = tuple[Seen, ...]


@dataclass(frozen=True)
class Property:
    """A claim for all patients.

    never: no patient has any of these combinations; possible: some patient has; kept: a condition that is yes stays
    yes whatever else is learnt.
    """

    name: str
    kind: Literal["never", "possible", "kept"]
    combinations: tuple[Together, ...]
    place: Place = NOWHERE


def properties(pack: Pack) -> tuple[Property, ...]:
    """Everything that must hold of the pack: built in, then its own. Raises `PackError`."""
    return (*built_in(pack), *_own(pack))


def built_in(pack: Pack) -> tuple[Property, ...]:
    """What every pack must keep."""
    return (
        *_never_reassured(pack), *_one_urgency(pack), *_no_contradiction(pack), *_no_contraindicated(pack),
        *_nothing_withdrawn(pack), *_everything_can_happen(pack), *_nothing_swallowed(pack),
    )  # fmt: skip


def is_yes(name: str, node: Node) -> Seen:
    return Seen(name, node, frozenset([YES]))


def may_be(name: str, node: Node) -> Seen:
    """Yes, or not ruled out."""
    return Seen(name, node, frozenset([YES, UNKNOWN]))


def not_yes(name: str, node: Node) -> Seen:
    return Seen(name, node, frozenset([NO, UNKNOWN]))


def said(advice: Advice) -> Seen:
    """The advice is said plainly."""
    return is_yes(f"`{advice.id}` is said", advice.when)


def level_given(pack: Pack, level: Level) -> Node:
    """When the ladder, read downwards, gives this level for certain: its line holds, every line above is ruled out."""
    rank = LEVELS.index(level)
    above = [line.advice.when for line in pack.urgency if LEVELS.index(line.level) < rank]
    own = [line.advice.when for line in pack.urgency if line.level == level]
    return All((*(Not(node) for node in above), Any(tuple(own))))


def at_least_given(pack: Pack, level: Level) -> Node:
    """When some line of this level, or of a higher one, holds."""
    rank = LEVELS.index(level)
    return Any(tuple(line.advice.when for line in pack.urgency if LEVELS.index(line.level) <= rank))


def levels_of(pack: Pack) -> list[Level]:
    """The levels that the pack has, highest first."""
    return [level for level in LEVELS if any(line.level == level for line in pack.urgency)]


def advising(pack: Pack, what: str, kinds: tuple[str, ...] = ("do", "consider")) -> list[Advice]:
    """The statements that do or consider (or avoid) an action."""
    return [one for one in pack.statements.values() if any(kind in kinds and of == what for kind, of in one.actions)]


# --- built in


def _never_reassured(pack: Pack) -> Iterator[Property]:
    top = pack.urgency[0].level
    emergency = may_be(f"{top} is possible", at_least_given(pack, top))
    calm = [is_yes(f"{level} is given", level_given(pack, level)) for level in levels_of(pack) if level != top]
    calm.append(said(pack.urgency[-1].advice))
    needed = dict.fromkeys(
        what for line in pack.urgency if line.level == top for kind, what in line.advice.actions if kind != "avoid"
    )
    yield Property(f"Nobody is reassured while {top} is possible", "never", tuple((emergency, one) for one in calm))
    for what in needed:
        lines = [one for one in advising(pack, what) if one in [line.advice for line in pack.urgency]]
        asked = may_be(f"{what} may be needed at once", Any(tuple(one.when for one in lines)))
        against = tuple((asked, said(one)) for one in advising(pack, what, ("avoid",)))
        if against:
            yield Property(f"Nothing is plainly said against {what} while it may be needed at once", "never", against)


def _one_urgency(pack: Pack) -> Iterator[Property]:
    found = levels_of(pack)
    given = [(f"{level} is given", level_given(pack, level)) for level in found]
    ruled_out = tuple(Seen(f"{name}: ruled out", node, frozenset([NO])) for name, node in given)
    yield Property("Urgency is total: nobody has every level ruled out", "never", (ruled_out,))
    last = pack.urgency[-1].advice
    both = tuple((said(last), may_be(f"`{line.advice.id}` may hold", line.advice.when)) for line in pack.urgency[:-1])
    yield Property("Urgency is exclusive: the last line is said to nobody for whom another may hold", "never", both)


def _no_contradiction(pack: Pack) -> Iterator[Property]:
    for what in pack.actions:
        pairs = [(one, two) for one in advising(pack, what) for two in advising(pack, what, ("avoid",))]
        if pairs:
            both = tuple((said(one), said(two)) for one, two in pairs)
            yield Property(f"{what} is never both advised and advised against", "never", both)
    for action in pack.actions.values():
        for other in action.incompatible:
            pairs = [(one, two) for one in advising(pack, action.id) for two in advising(pack, other)]
            both = tuple((said(one), said(two)) for one, two in pairs)
            yield Property(f"{action.id} and {other} are never both advised", "never", both)


def _no_contraindicated(pack: Pack) -> Iterator[Property]:
    for action in pack.actions.values():
        if action.contraindicated:
            ruled = may_be(f"{action.contraindicated} is not ruled out", Rule(action.contraindicated))
            dosed = [one for one in pack.statements.values() if action.id in one.dose_of and not one.despite]
            told = dict.fromkeys([*advising(pack, action.id), *dosed])
            yield Property(
                f"{action.id} is advised to nobody in whom {action.contraindicated} is possible, nor any dose of it",
                "never", tuple((ruled, said(one)) for one in told),
            )  # fmt: skip


def _nothing_withdrawn(pack: Pack) -> Iterator[Property]:
    for one in pack.statements.values():
        yield Property(f"Learning more never withdraws `{one.id}`", "kept", ((said(one),),), place=one.place)


def _everything_can_happen(pack: Pack) -> Iterator[Property]:
    for level in levels_of(pack):
        reached = is_yes(f"{level} is given", level_given(pack, level))
        yield Property(f"{level} can be given", "possible", ((reached,),))
    for rule in pack.rules.values():
        name = "“any of the above” of the ladder" if rule.name == ABOVE else f"`{rule.name}`"
        for truth in (YES, NO):
            seen = Seen(f"{name} is {truth}", Rule(rule.name), frozenset([truth]))
            yield Property(f"Rule {name} can be {truth}", "possible", ((seen,),), place=rule.place)
    above: list[Node] = []
    for line in pack.urgency:
        alone = Seen("no line above holds", Any(tuple(above)), frozenset([NO]))
        yield Property(
            f"`{line.advice.id}` can decide the urgency", "possible", ((said(line.advice), alone),),
            place=line.advice.place,
        )  # fmt: skip
        above.append(line.advice.when)
    for one in pack.advice:
        yield Property(f"`{one.id}` can be said", "possible", ((said(one),),), place=one.place)


def _nothing_swallowed(pack: Pack) -> Iterator[Property]:
    """Advice that adds no action, dose or ground, or no word, to another must at least be said to someone else."""
    for one in pack.advice:
        for other in pack.advice:
            adds_nothing = _adds_nothing(one, other) if one.actions else _says_nothing_new(one, other)
            if one is not other and adds_nothing:
                apart = (said(one), not_yes(f"`{other.id}` is not said", other.when))
                name = f"`{one.id}` is not swallowed by `{other.id}`"
                yield Property(name, "possible", (apart,), place=one.place)


def _adds_nothing(one: Advice, other: Advice) -> bool:
    return (
        one.section == other.section
        and set(one.actions) <= set(other.actions)
        and set(one.doses) <= set(other.doses)
        and set(one.because) <= set(other.because)
        and _is_due_like(one, other)
    )


def _says_nothing_new(one: Advice, other: Advice) -> bool:
    """Whether the other's words hold all of this one's, in both voices, whatever their capitals and marks."""
    held = all(f" {_bare(one.say.to(voice))} " in f" {_bare(other.say.to(voice))} " for voice in VOICES)
    return held and set(one.doses) <= set(other.doses) and _is_due_like(one, other)


def _is_due_like(one: Advice, other: Advice) -> bool:
    return set(one.due) <= set(other.due) and set(one.within) <= set(other.within)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


# --- the pack's own

Claims = Callable[[Pack, Seen, str], Iterable[Together]]


def _always(pack: Pack, seen: Seen, name: str, statements: Iterable[Advice]) -> Together:
    return seen, not_yes(name, Any(tuple(one.when for one in statements)))


# What may be claimed: key -> where its names come from, and the combinations that would break it.
CLAIMS: dict[str, tuple[Callable[[Pack], Iterable[str]], Claims]] = {
    "never": (
        lambda pack: LEVELS,
        lambda pack, seen, name: [(seen, is_yes(f"{name} is given", level_given(pack, _level(name))))],
    ),
    "at least": (
        lambda pack: LEVELS,
        lambda pack, seen, name: [(seen, not_yes(f"less than {name}", at_least_given(pack, _level(name))))],
    ),
    "never advise": (
        lambda pack: pack.actions,
        lambda pack, seen, name: [(seen, said(one)) for one in advising(pack, name)],
    ),
    "always advise": (
        lambda pack: pack.actions,
        lambda pack, seen, name: [_always(pack, seen, f"{name} is not advised", advising(pack, name))],
    ),
    "always avoid": (
        lambda pack: pack.actions,
        lambda pack, seen, name: [
            _always(pack, seen, f"nothing is said against {name}", advising(pack, name, ("avoid",)))
        ],
    ),
    "never say": (
        lambda pack: pack.statements,
        lambda pack, seen, name: [(seen, said(pack.statements[name]))],
    ),
    "always say": (
        lambda pack: pack.statements,
        lambda pack, seen, name: [_always(pack, seen, f"`{name}` is not said", [pack.statements[name]])],
    ),
}
WHEN: dict[str, frozenset[Truth]] = {
    "whenever": frozenset([YES]),
    "while unknown": frozenset([UNKNOWN]),
    "while possible": frozenset([YES, UNKNOWN]),
}


def _level(name: str) -> Level:
    return next(level for level in LEVELS if level == name)


def _own(pack: Pack) -> Iterator[Property]:
    path = pack.folder / "properties.yaml"
    seen: dict[str, Property] = {}
    if path.is_file():
        for item in read_items(path, f"{pack.folder.name}/properties.yaml"):
            one = _read_property(item, pack)
            if one.name in seen:
                also = f"Also at {seen[one.name].place}."
                raise PackError(f"property `{one.name}` stands twice", where=str(one.place), mend=also)
            seen[one.name] = one
            yield one
            if one.combinations:  # a claim about nobody would hold whatever the pack says
                about = (one.combinations[0][0],)
                yield Property(f"Somebody is as “{one.name}” says", "possible", (about,), place=one.place)


def _read_property(item: Fields, pack: Pack) -> Property:
    take = Take(item, "property")
    name = take.text("name")
    take.call(f"property `{name}`")
    seen = _read_when(take, pack)
    combinations: list[Together] = []
    claimed = [key for key in CLAIMS if take.has(key)]
    if not claimed:
        raise take.error("claims nothing", "Add one of " + ", ".join(f"`{key}:`" for key in CLAIMS) + ".")
    for key in claimed:
        names, claims = CLAIMS[key]
        for one in take.texts(key):
            known = list(names(pack))
            if one not in known:
                raise take.error(f"`{key}: {one}` names nothing", nearest(one, known), one)
            combinations += claims(pack, seen, one)
    take.done()
    return Property(name, "never", tuple(combinations), place=take.place)


def _read_when(take: Take, pack: Pack) -> Seen:
    keys = [key for key in WHEN if take.has(key)]
    if len(keys) > 1:
        raise take.error("has two conditions", "Keep one of " + ", ".join(f"`{key}:`" for key in WHEN) + ".")
    if not keys:
        return is_yes("anybody", ALWAYS)
    node = read(take.any(keys[0]), Vocabulary(pack.types, frozenset(pack.rules)))
    refuse_unstable(node, pack.conditions, anywhere=True)
    return Seen(keys[0], node, WHEN[keys[0]])
