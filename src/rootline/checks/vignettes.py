"""Worked patients: read from the pack's `vignettes/`, run, and held against what the author expects.

A vignette's facts may start from a baseline (`like: no_red_flags`). Its story is read by `narrative`, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from rootline.content.take import Take
from rootline.content.yaml_text import read_fields, read_items
from rootline.errors import PackError, nearest
from rootline.logic.place import Fields, Place
from rootline.logic.values import Value, write_value
from rootline.packs.explore import ask_next
from rootline.packs.localise import Likelihood, likelihood_at
from rootline.packs.model import LEVELS, Pack
from rootline.packs.read_facts import read_case
from rootline.packs.run import Plan, run

_FIRST_ASKED = 8
# How likely a site of lesion is -> the key that expects it.
SITE_KEYS: dict[Likelihood | None, str] = {
    "likely": "likely site",
    "possible": "possible site",
    "unlikely": "unlikely site",
    None: "no site",
}


@dataclass(frozen=True)
class Vignette:
    """A worked patient: `told` are the facts of the story, `facts` these and those of the person it is `like`."""

    name: str
    story: str
    like: str
    told: dict[str, Value]
    facts: dict[str, Value]
    expect: dict[str, tuple[str, ...]]
    place: Place


def read_vignettes(pack: Pack, folder: Path) -> tuple[Vignette, ...]:
    """All vignettes of the pack. Raises `PackError` for a name that does not exist, or that stands twice."""
    people = read_people(pack, folder)
    found: dict[str, Vignette] = {}
    for path in sorted((folder / "vignettes").glob("*.yaml")):
        for item in read_items(path, f"{folder.name}/vignettes/{path.name}"):
            one = _read_one(item, pack, people)
            if one.name in found:
                also = f"Also at {found[one.name].place}."
                raise PackError(f"vignette `{one.name}` stands twice", where=str(one.place), mend=also)
            found[one.name] = one
    return tuple(found.values())


def read_people(pack: Pack, folder: Path) -> dict[str, dict[str, Value]]:
    """The baselines that vignettes start from, by name, each with all its facts. Raises `PackError`."""
    path = folder / "people.yaml"
    if not path.is_file():
        return {}
    take = Take(read_fields(path, f"{folder.name}/people.yaml"), "people")
    people: dict[str, dict[str, Value]] = {}
    for name in take.keys():
        people[name] = _read_facts(take.any(name), pack, people, f"person `{name}`")[2]
    return people


def _read_facts(
    fields: Fields, pack: Pack, people: dict[str, dict[str, Value]], what: str
) -> tuple[str, dict[str, Value], dict[str, Value]]:
    """The person they are like, the facts told, and these laid over the person's."""
    take = Take(fields, what)
    like = take.text("like", "")
    own = Fields({key: value for key, value in fields.items() if key != "like"}, fields.place)
    if like and like not in people:
        raise take.error(f"no person is called `{like}`", nearest(like, people), like)
    told = read_case(own, pack.types, what)
    return str(like), told, {**people.get(like, {}), **told}


def _read_one(item: Fields, pack: Pack, people: dict[str, dict[str, Value]]) -> Vignette:
    take = Take(item, "vignette")
    name = take.text("name")
    take.call(f"vignette `{name}`")
    like, told, facts = _read_facts(take.mapping("facts"), pack, people, f"vignette `{name}`")
    expected = Take(take.any("expect"), f"vignette `{name}`")
    expect = {key: expected.texts(key) for key in _CHECKS if expected.has(key)}
    expected.done()
    for key, names in expect.items():
        for one in names:
            if one not in _CHECKS[key](pack):
                raise expected.error(f"`{key}: {one}` names nothing", nearest(one, _CHECKS[key](pack)), one)
    if not expect:
        raise take.error("expects nothing", "Add `expect: {urgency: …}`.")
    vignette = Vignette(name, take.text("story", ""), like, told, facts, expect, take.place)
    take.done()
    return vignette


def write_vignette(pack: Pack, vignette: Vignette) -> str:
    """The vignette as it stands in a file of `vignettes/`; its facts are written out."""
    facts = ", ".join(
        f"{fact}: {_plain(write_value(value, pack.types[fact]))}" for fact, value in vignette.facts.items()
    )
    expect = ", ".join(f"{key}: [{', '.join(names)}]" for key, names in vignette.expect.items())
    return f'- name: "{vignette.name}"\n  facts: {{{facts}}}\n  expect: {{{expect}}}\n'


def _plain(text: str) -> str:
    """A value as YAML takes it inside braces: `>6 weeks` would open a block of text."""
    return text if text[0].isalnum() else f'"{text}"'


# What may be expected, and where its names come from.
_CHECKS: dict[str, Callable[[Pack], Collection[str]]] = {
    "urgency": lambda pack: (*LEVELS, "undetermined"),
    "at least": lambda pack: LEVELS,
    "could be": lambda pack: LEVELS,
    "advised": lambda pack: pack.actions,
    "not advised": lambda pack: pack.actions,
    "said": lambda pack: pack.statements,
    "open": lambda pack: pack.statements,
    "not said": lambda pack: pack.statements,
    "asks": lambda pack: pack.facts,
    **dict.fromkeys(SITE_KEYS.values(), lambda pack: [site.id for site in pack.sites]),
}


def failures(pack: Pack, vignette: Vignette) -> list[str]:
    """What the plan does not do that the vignette expects; empty when it holds."""
    plan = run(pack, vignette.facts)
    advised = {what for one in plan.advised if one.status == "applies" for what in done(one.advice.actions)}
    status = {one.advice.id: one.status for one in plan.advised}
    found: list[str] = []
    for key, names in vignette.expect.items():
        found += [
            f"expected `{key}: {name}`, got {got}" for name in names if (got := _miss(key, name, plan, advised, status))
        ]
    return found


def _miss(key: str, name: str, plan: Plan, advised: set[str], status: Mapping[str, str]) -> str:
    """What was found instead, or nothing when the expectation holds."""
    urgency = plan.urgency
    if key == "urgency":
        level = urgency.level or "undetermined"
        return "" if level == name else f"{level} (at least {urgency.at_least})"
    if key == "at least":
        return "" if urgency.at_least == name else urgency.at_least
    if key == "could be":
        return "" if name in urgency.could_be else ", ".join(urgency.could_be)
    if key == "advised":
        return "" if name in advised else ", ".join(sorted(advised)) or "nothing"
    if key == "not advised":
        open_ = [one.advice.id for one in plan.advised if one.status == "if" and name in done(one.advice.actions)]
        return f"advised {name}" if name in advised else f"left open by {open_[0]}" if open_ else ""
    if key == "asks":
        asked = [one.fact for one in ask_next(plan)[:_FIRST_ASKED]]
        return "" if name in asked else ", ".join(asked) or "nothing"
    if key in SITE_KEYS.values():
        found = likelihood_at(plan.pack, plan.values, name)
        return "" if SITE_KEYS[found] == key else SITE_KEYS[found]
    wanted = {"said": "applies", "open": "if", "not said": "does not apply"}[key]
    return "" if status[name] == wanted else status[name]


def done(actions: tuple[tuple[str, str], ...]) -> set[str]:
    """The actions that are done or considered, not avoided."""
    return {what for kind, what in actions if kind != "avoid"}
