"""Rules, urgency lines, advice, actions and disagreements as a pack writes them.

Contraindications are built in here: advice to do or consider an action carries "and not contraindicated"
in its condition, so that no author can forget it. Nothing is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rootline.content.take import Take
from rootline.errors import InputError, nearest
from rootline.evidence.points.cite import read_citation
from rootline.evidence.points.source import Citation, Source
from rootline.logic.place import Fields, Items
from rootline.logic.read import Vocabulary, operator_of, read
from rootline.logic.tree import ALWAYS, All, Node, Not, Rule
from rootline.logic.units import UNITS
from rootline.logic.values import Amount, read_amount
from rootline.packs.model import (
    ACTION_KINDS,
    LEVELS,
    SECTIONS,
    Action,
    Advice,
    Disagreement,
    Dose,
    Position,
    RuleDefinition,
    UrgencyLine,
)  # fmt: skip
from rootline.packs.names import refuse_name
from rootline.packs.read_facts import read_wording
from rootline.readers.english import Wording


@dataclass(frozen=True)
class Known:
    """What the rest of the pack already declares, for resolving names."""

    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    actions: Mapping[str, Action]


def read_rule(name: str, fields: Fields, known: Known) -> tuple[RuleDefinition, Wording, Wording]:
    """A rule, and how it is said when it holds and when it does not."""
    take = Take(fields, f"rule `{name}`")
    words = Take(take.any("words"), f"words of rule `{name}`")
    says = (read_wording(words.any("yes"), words, "yes"), read_wording(words.any("no"), words, "no"))
    words.done()
    rule = RuleDefinition(
        name=name,
        when=_condition(take, fields, known),
        because=_because(take, known),
        reading=take.text("reading", ""),
        place=fields.place,
    )
    take.done()
    return rule, *says


def _condition(take: Take, fields: Fields, known: Known) -> Node:
    """`when: …`, or the condition's operator written straight into the mapping."""
    if take.has("when"):
        return read(take.any("when"), known.vocabulary)
    inline = operator_of(fields)
    if inline is None:
        raise take.error("no condition", "Add `when: …`, or `any of: […]`.")
    take.any(next(iter(inline)))
    return read(inline, known.vocabulary)


def _because(take: Take, known: Known) -> tuple[Citation, ...]:
    return tuple(read_citation(text, known.sources) for text in take.texts("because"))


def read_actions(fields: Fields) -> dict[str, Action]:
    """The one list of things that can be done."""
    actions = {}
    for id_, value in fields.items():
        refuse_name("action", id_)
        take = Take(value, f"action `{id_}`")
        actions[str(id_)] = Action(
            id=str(id_),
            words=read_wording(take.any("words"), take, "words"),
            heard=take.texts("heard as"),
            section=take.one_of("section", tuple(SECTIONS)),
            contraindicated=take.text("contraindicated", "") or None,
            incompatible=take.texts("incompatible with"),
        )
        for other in take.texts("incompatible with"):
            if other not in fields:
                raise take.error(f"no action is called `{other}`", nearest(other, fields), other)
        take.done()
    return actions


def read_urgency_line(fields: Fields, known: Known) -> UrgencyLine:
    """`- emergency: CONDITION`, with what to say and do."""
    level = next((level for level in LEVELS if level in fields), None)
    take = Take(fields, "urgency line")
    if level is None:
        raise take.error("no level", "Start the line with " + ", ".join(f"`{name}:`" for name in LEVELS) + ".")
    when = read(take.any(level), known.vocabulary)
    return UrgencyLine(level, _read_said(take, "red-flags", when, known))


def read_advice(fields: Fields, section: str, known: Known) -> Advice:
    """One piece of advice of a section's file."""
    take = Take(fields, f"advice in {section}")
    return _read_said(take, section, _condition(take, fields, known), known)


def _read_said(take: Take, section: str, when: Node, known: Known) -> Advice:
    id_ = take.text("id")
    take.call(f"advice `{id_}`")
    actions = _read_done(take, known)
    doses = _read_doses(take)
    dose_of, despite = _read_dose_of(take, doses, actions, known)
    advised = [what for kind, what in actions if kind != "avoid"]
    advice = Advice(
        id=str(id_),
        section=section,
        when=_guarded(when, advised if despite else [*advised, *dose_of], known),
        say=read_wording(take.any("say"), take, "say"),
        actions=actions,
        doses=doses,
        dose_of=dose_of,
        despite=despite,
        because=_because(take, known),
        strength=take.text("strength", ""),
        certainty=take.text("certainty", ""),
        reading=take.text("reading", ""),
        headline=read_wording(take.any("headline"), take, "headline") if take.has("headline") else None,
        due=_read_times(take, "due", take.texts("due")),
        within=_read_times(take, "within", take.texts("within")),
        detail=take.flag("detail"),
        outside=take.flag("outside"),
        place=take.place,
    )
    take.done()
    if not advice.because and not advice.reading:
        raise take.error("nothing it rests on", "Add `because: [source#point]`, or `reading: …` where it is ours.")
    return advice


def _read_done(take: Take, known: Known) -> tuple[tuple[str, str], ...]:
    actions = []
    for kind in ACTION_KINDS:
        for what in take.texts(kind):
            if what not in known.actions:
                raise take.error(f"no action is called `{what}`", nearest(what, known.actions), what)
            actions.append((kind, str(what)))
    return tuple(actions)


_DOSE_OF = re.compile(r"^(?P<action>\S+)(?: despite (?P<rule>\S+))?$")


def _read_dose_of(
    take: Take, doses: tuple[Dose, ...], actions: tuple[tuple[str, str], ...], known: Known
) -> tuple[tuple[str, ...], str | None]:
    """The actions that the doses are of: those advised beside them, or the one named by `dose of:`."""
    text = take.text("dose of", "")
    if not text:
        advised = tuple(what for kind, what in actions if kind != "avoid")
        if doses and not advised:
            raise take.error(
                "gives a dose, but of which action?", "Add `dose of: nsaid`: its contraindication then counts."
            )
        return (advised if doses else ()), None
    match = _DOSE_OF.match(text)
    if not match or match["action"] not in known.actions:
        raise take.error(f"`dose of: {text}` names no action", nearest(text.split()[0], known.actions), text)
    rule = match["rule"]
    if rule and rule != known.actions[match["action"]].contraindicated:
        raise take.error(f"`{rule}` is not what contraindicates `{match['action']}`", "Leave `despite …` out.", text)
    if rule and not take.has("reading"):
        raise take.error("gives a dose despite a contraindication", "Say why in `reading: …`.", text)
    return (match["action"],), rule


def _guarded(when: Node, advised: Iterable[str], known: Known) -> Node:
    """The condition, and that no advised action is contraindicated."""
    rules = {known.actions[what].contraindicated for what in advised} - {None}
    guards = tuple(Not(Rule(name)) for name in sorted(rules) if name)  # type: ignore[type-var]
    if not guards:
        return when
    parts = when.parts if isinstance(when, All) else (when,)
    return All((*(() if when == ALWAYS else parts), *guards), when.place)


_TIMES = Amount(UNITS["d"], 0.0, 3660.0)


def _read_times(take: Take, key: str, texts: Iterable[str]) -> tuple[float, ...]:
    """Times after the onset of symptoms, or after today, in days."""
    try:
        return tuple(read_amount(text, _TIMES, unit_needed=True) for text in texts)
    except InputError as error:
        raise take.error(f"`{key}:` {error.what}", error.mend) from None


def _read_doses(take: Take) -> tuple[Dose, ...]:
    value = take.any("doses")
    if value is None:
        return ()
    if not isinstance(value, Items):
        raise take.error("`doses:` should be a list", "Write `- {drug: …, dose: …}` lines.", value)
    doses = []
    for item in value:
        inner = Take(item, "dose")
        doses.append(
            Dose(
                inner.text("drug"), inner.text("dose"), inner.text("maximum", ""),
                inner.text("duration", ""), inner.text("note", ""),
            )
        )  # fmt: skip
        inner.done()
    return tuple(doses)


def read_disagreement(id_: str, fields: Fields, known: Known) -> Disagreement:
    """A topic on which sources disagree, with who says what."""
    take = Take(fields, f"disagreement `{id_}`")
    about = take.texts("about")
    for what in about:
        if what not in known.actions:
            raise take.error(f"no action is called `{what}`", nearest(what, known.actions), what)
    positions = take.any("positions")
    if not isinstance(positions, Items) or len(positions) < 2:
        raise take.error("`positions:` needs at least two", "A disagreement has two sides or more.", positions)
    disagreement = Disagreement(
        id=str(id_),
        title=read_wording(take.any("title"), take, "title"),
        about=tuple(str(what) for what in about),
        positions=tuple(_read_position(item, known) for item in positions),
        why=take.text("why"),
        our_reading=read_wording(take.any("our reading"), take, "our reading"),
        place=fields.place,
    )
    take.done()
    return disagreement


def _read_position(fields: Any, known: Known) -> Position:
    take = Take(fields, "position")
    position = Position(read_wording(take.any("says"), take, "says"), _because(take, known))
    take.done()
    if not position.because:
        raise take.error("nobody who says so", "Add `because: [source#point]`.")
    return position
