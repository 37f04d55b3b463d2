"""A folder of YAML, read into a `Pack`. Anything that cannot be resolved is an error with file and line.

Order: actions and sources, facts, rules, then everything that names them. Content is never changed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from rootline.content.take import Take
from rootline.content.yaml_text import read_fields, read_items
from rootline.errors import NotFoundError, PackError, nearest
from rootline.evidence.points.source import Source, read_source
from rootline.evidence.search.synonyms import Synonyms, read_synonyms
from rootline.logic.check import refuse_circles, refuse_unstable
from rootline.logic.place import Fields, Items, place_of
from rootline.logic.read import Vocabulary
from rootline.logic.tree import Node
from rootline.logic.values import Choice, FactType
from rootline.packs.findings import read_findings
from rootline.packs.ladder import ABOVE, WORDS, close_ladder
from rootline.packs.model import (
    SECTIONS,
    Advice,
    Fact,
    Pack,
    Question,
    RuleDefinition,
    Shorthand,
    Site,
    UrgencyLine,
)  # fmt: skip
from rootline.packs.names import refuse_name, refuse_pack_id
from rootline.packs.read_advice import (
    Known,
    read_actions,
    read_advice,
    read_disagreement,
    read_rule,
    read_urgency_line,
)  # fmt: skip
from rootline.packs.read_facts import read_case, read_fact, read_wording
from rootline.packs.read_sites import read_sites
from rootline.readers.english import Lexicon, Wording


def load(folder: Path) -> Pack:
    """Read and resolve the whole pack. Raises `PackError`; nothing half-read is returned."""
    if not (folder / "pack.yaml").is_file():
        raise NotFoundError(f"no topic pack in `{folder.name}`", mend="A pack is a folder with a `pack.yaml`.")
    head = Take(_fields(folder, "pack.yaml"), "pack")
    refuse_pack_id(head.text("id"))
    sources = _read_sources(folder)
    _refuse_lost_successors(sources)
    actions = read_actions(_fields(folder, "actions.yaml"))
    facts, values, leads = _read_facts(folder)
    types: dict[str, FactType] = {id_: fact.type for id_, fact in facts.items()}
    rule_fields = _read_rule_fields(folder)
    known = Known(Vocabulary(types, frozenset(rule_fields)), sources, actions)
    rules, rule_words = _read_rules(rule_fields, known)
    for action in actions.values():
        if action.contraindicated and action.contraindicated not in rules:
            raise PackError(
                f"action `{action.id}` names no rule `{action.contraindicated}`", where=f"{folder.name}/actions.yaml"
            )
    lines = [read_urgency_line(item, known) for item in _items(folder, "urgency.yaml")]
    urgency, rules[ABOVE] = close_ladder(lines, f"{folder.name}/urgency.yaml")
    advice = _read_all_advice(folder, known)
    _check(facts, rules, urgency, advice)
    disagreements = tuple(
        read_disagreement(id_, value, known) for id_, value in _fields(folder, "disagreements.yaml").items()
    )
    pack = Pack(
        id=head.text("id"),
        title=read_wording(head.any("title"), head, "title"),
        version=head.text("version"),
        updated=head.text("updated"),
        folder=folder,
        sha256=hash_folder(folder),
        for_=head.text("for"),
        onset_fact=_duration_fact(head, facts),
        side_fact=_side_fact(head, facts),
        fits=head.texts("fits"),
        covers=head.texts("covers"),
        elsewhere=head.texts("elsewhere"),
        whole=head.texts("whole plan"),
        headings=_read_headings(head),
        facts=facts,
        findings=_read_findings(folder, types),
        rules=rules,
        urgency=urgency,
        advice=advice,
        actions=actions,
        disagreements=disagreements,
        sites=_read_sites(folder, known),
        sources=sources,
        questions=_read_questions(head),
        shorthands=_read_shorthands(head, types),
        synonyms=_read_synonyms(folder),
        lexicon=Lexicon(types, values, leads, {**rule_words, **WORDS}),
    )
    head.done()
    return pack


def _name(folder: Path, path: Path) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _path(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise PackError(f"`{name}` is missing", where=folder.name, mend=f"Add `{name}`; it may be empty.")
    return path


def _fields(folder: Path, name: str) -> Fields:
    return read_fields(_path(folder, name), f"{folder.name}/{name}")


def _items(folder: Path, name: str) -> Items:
    return read_items(_path(folder, name), f"{folder.name}/{name}")


def _files(folder: Path, under: str) -> list[Path]:
    return sorted((folder / under).glob("*.yaml"))


def _read_rule_fields(folder: Path) -> dict[str, Fields]:
    """All rules of all files; a name may stand once."""
    merged: dict[str, Fields] = {}
    for path in _files(folder, "rules"):
        for key, value in _fields(folder, f"rules/{path.name}").items():
            refuse_name("rule", key)
            if key in merged:
                raise PackError(
                    f"`{key}` is defined twice", where=str(place_of(key)), mend=f"Also at {merged[key].place}."
                )
            merged[str(key)] = value
    return merged


def _read_sources(folder: Path) -> dict[str, Source]:
    files = _files(folder, "sources")
    return {path.stem: read_source(path.stem, _fields(folder, f"sources/{path.name}")) for path in files}


def _refuse_lost_successors(sources: dict[str, Source]) -> None:
    for source in sources.values():
        if source.superseded_by and source.superseded_by not in sources:
            what = f"source `{source.id}` is superseded by `{source.superseded_by}`, which is not here"
            raise PackError(what, where=str(source.place), mend=nearest(source.superseded_by, sources))


def _read_facts(
    folder: Path,
) -> tuple[dict[str, Fact], dict[tuple[str, str], Wording], dict[str, Wording]]:
    facts: dict[str, Fact] = {}
    values: dict[tuple[str, str], Wording] = {}
    leads: dict[str, Wording] = {}
    for path in _files(folder, "facts"):
        for id_, fields in _fields(folder, f"facts/{path.name}").items():
            refuse_name("fact", id_)
            if id_ in facts:
                also = f"Also at {facts[id_].place}."
                raise PackError(f"fact `{id_}` is defined twice", where=str(place_of(id_)), mend=also)
            fact, words = read_fact(str(id_), fields, path.stem)
            facts[fact.id] = fact
            for value, wording in words.items():
                if value:
                    values[fact.id, value] = wording
                else:
                    leads[fact.id] = wording
    return facts, values, leads


def _read_findings(folder: Path, types: dict[str, FactType]) -> dict[str, tuple[Node, ...]]:
    name = "findings.yaml"
    return read_findings(_fields(folder, name), types) if (folder / name).is_file() else {}


def _read_synonyms(folder: Path) -> Synonyms:
    name = "vocabulary.yaml"
    return read_synonyms(_fields(folder, name)) if (folder / name).is_file() else Synonyms()


def _read_sites(folder: Path, known: Known) -> tuple[Site, ...]:
    name = "sites.yaml"
    return read_sites(_fields(folder, name), known) if (folder / name).is_file() else ()


def _read_rules(
    rule_fields: dict[str, Fields], known: Known
) -> tuple[dict[str, RuleDefinition], dict[tuple[str, bool], Wording]]:
    rules: dict[str, RuleDefinition] = {}
    words: dict[tuple[str, bool], Wording] = {}
    for name, fields in rule_fields.items():
        rules[name], words[name, True], words[name, False] = read_rule(name, fields, known)
    refuse_circles({name: rule.when for name, rule in rules.items()})
    return rules, words


def _read_all_advice(folder: Path, known: Known) -> tuple[Advice, ...]:
    found: list[Advice] = []
    for section in SECTIONS:
        if (folder / "advice" / f"{section}.yaml").is_file():
            found += [read_advice(item, section, known) for item in _items(folder, f"advice/{section}.yaml")]
    for path in _files(folder, "advice"):
        if path.stem not in SECTIONS:
            raise PackError("no section has this name", where=_name(folder, path), mend=nearest(path.stem, SECTIONS))
    return tuple(found)


def _check(
    facts: dict[str, Fact],
    rules: dict[str, RuleDefinition],
    urgency: tuple[UrgencyLine, ...],
    advice: tuple[Advice, ...],
) -> None:
    """What can only be seen once everything is read."""
    conditions = {name: rule.when for name, rule in rules.items()}
    for name in rules:
        if name in facts:
            raise PackError(f"`{name}` is both a fact and a rule", where=str(rules[name].place), mend="Rename one.")
    for fact in facts.values():
        if fact.lasts_as and (fact.lasts_as not in facts or facts[fact.lasts_as].kind != "duration"):
            raise PackError(f"`lasts as: {fact.lasts_as}` names no duration", where=str(fact.place))
    seen: dict[str, Advice] = {}
    for line in urgency:
        refuse_unstable(line.advice.when, conditions, anywhere=True)
    for one in (*(line.advice for line in urgency), *advice):
        refuse_unstable(one.when, conditions, anywhere=False)
        if one.id in seen:
            also = f"Also at {seen[one.id].place}."
            raise PackError(f"advice `{one.id}` stands twice", where=str(one.place), mend=also)
        seen[one.id] = one


def _duration_fact(head: Take, facts: dict[str, Fact]) -> str | None:
    if not head.has("onset fact"):
        return None
    name = head.text("onset fact")
    if name not in facts or facts[name].kind != "duration":
        durations = [fact.id for fact in facts.values() if fact.kind == "duration"]
        raise head.error(f"`onset fact: {name}` names no duration", nearest(name, durations), name)
    return str(name)


def _side_fact(head: Take, facts: dict[str, Fact]) -> str | None:
    if not head.has("side fact"):
        return None
    name = head.text("side fact")
    choices = {fact.id: set(fact.type.values) for fact in facts.values() if isinstance(fact.type, Choice)}
    sides = [fact for fact, values in choices.items() if values == {"left", "right"}]
    if name not in sides:
        raise head.error(f"`side fact: {name}` names no fact of `left` and `right`", nearest(name, sides), name)
    return str(name)


def _read_headings(head: Take) -> dict[str, tuple[str, ...]]:
    take = Take(head.any("headings", Fields({}, head.place)), "headings")
    headings = {str(section): take.texts(section) for section in take.keys()}
    for section in headings:
        if section not in SECTIONS:
            raise take.error(f"no section is called `{section}`", nearest(section, SECTIONS))
    return headings


def _read_questions(head: Take) -> tuple[Question, ...]:
    take = Take(head.any("questions", Fields({}, head.place)), "questions")
    return tuple(Question(str(id_), take.text(id_)) for id_ in take.keys())


def _read_shorthands(head: Take, types: dict[str, FactType]) -> tuple[Shorthand, ...]:
    value = head.any("shorthands", Items([], head.place))
    found = []
    for item in value:
        take = Take(item, "shorthand")
        found.append(Shorthand(take.texts("heard as"), read_case(take.any("means"), types, "shorthand")))
        take.done()
    return tuple(found)


def stamp_folder(folder: Path) -> int:
    """Another number when a file was written, added or taken out: cheap to ask before `hash_folder`."""
    found = ((str(path), path.stat()) for path in sorted(folder.rglob("*.yaml")))
    return hash(tuple((name, told.st_mtime_ns, told.st_size, told.st_ino) for name, told in found))


def hash_folder(folder: Path) -> str:
    """SHA-256 over every file's path and bytes: one letter changed anywhere is another pack."""
    found = sorted(folder.rglob("*.yaml"))
    return hash_files((path.relative_to(folder).as_posix(), path.read_bytes()) for path in found)


def hash_files(files: Iterable[tuple[str, bytes]]) -> str:
    """The same, of files that lie in no folder: their paths and bytes, in the order of a folder's."""
    digest = hashlib.sha256()
    for path, content in files:
        digest.update(path.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()
