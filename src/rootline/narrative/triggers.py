"""The trigger words of narratives, read once from `triggers.yaml`. Data, no decisions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rootline.content.take import Take
from rootline.content.yaml_text import read_yaml
from rootline.logic.place import Fields
from rootline.narrative.phrase import Phrases

_GROUPS = {
    "denied": ("denied before", "denied after"),
    "historical": ("historical before", "historical after"),
}


@dataclass(frozen=True)
class Triggers:
    """Phrases by what they do, and plain word lists."""

    before: dict[str, Phrases[str]]
    after: dict[str, Phrases[str]]
    no_denial: Phrases[str]
    supposed: Phrases[str]
    answers: dict[str, str]
    lists: dict[str, frozenset[str]]
    left_out: dict[str, str]
    time: dict[str, Any]

    @property
    def words(self) -> set[str]:
        """Every word that stands here, for the spelling check."""
        found: set[str] = set(self.answers) | set(self.time["units"]) | set(self.time["numbers"])
        for phrases in (*self.before.values(), *self.after.values(), self.no_denial, self.supposed):
            found |= phrases.words
        for words in self.lists.values():
            found |= words
        return found


@cache
def triggers() -> Triggers:
    """The one set of triggers."""
    fields = read_yaml(Path(__file__).with_name("triggers.yaml"), "triggers.yaml")
    take = Take(fields, "triggers")
    before = {group: _phrases(take, names[0]) for group, names in _GROUPS.items()}
    after = {group: _phrases(take, names[1]) for group, names in _GROUPS.items()}
    for group in ("uncertain", "family", "hypothetical"):
        before[group] = _phrases(take, group)
    after["uncertain"] = before["uncertain"]
    answers = take.any("answers")
    found = Triggers(
        before=before,
        after=after,
        no_denial=_phrases(take, "not a denial"),
        supposed=_phrases(take, "supposed"),
        answers={str(word): str(answer) for answer in ("yes", "no") for word in answers[answer]},
        lists={
            name: frozenset(str(word) for word in take.texts(name))
            for name in (
                "ends",
                "ended",
                "limits",
                "reaches far",
                "list words",
                "taking",
                "not taking",
                "treating",
                "question words",
                "abbreviations",
                "plain words",
                "relatives who may be the patient",
            )
        },
        left_out={str(key): str(value) for key, value in take.any("apostrophes left out").items()},
        time=_plain(take.any("time words")),
    )
    take.done()
    return found


def _phrases(take: Take, name: str) -> Phrases[str]:
    return Phrases((phrase, str(phrase)) for phrase in take.texts(name))


def _plain(value: Any) -> Any:
    """Located values as ordinary ones; numbers as numbers."""
    if isinstance(value, Fields):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return float(value) if value.replace(".", "").isdigit() else str(value)
