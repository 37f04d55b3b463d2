"""The trigger words of narratives, read once from `triggers.yaml` and `ordinary.yaml`. Data, no decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rootline.content.take import Take
from rootline.content.yaml_text import read_yaml
from rootline.logic.place import Fields
from rootline.narrative.phrase import Phrases

_GROUPS = (
    "denied before",
    "denied after",
    "not a denial",
    "uncertain",
    "not a doubt",
    "historical before",
    "historical after",
    "earlier",
    "earlier beside",
    "family",
    "hypothetical",
    "safety net",
    "supposed",
    "asked",
    "named emergencies",
    "taken back",
)
_LISTS = (
    "ends",
    "turns",
    "before an order",
    "ended",
    "states",
    "degrees",
    "limits",
    "excepts",
    "contrasts",
    "reaches far",
    "list words",
    "near words",
    "narrow words",
    "narrow lists",
    "left",
    "right",
    "other parts",
    "own parts",
    "other symptoms",
    "worries",
    "do not know",
    "taking",
    "not taking",
    "treating",
    "owners",
    "question words",
    "open question words",
    "abbreviations",
    "persons",
    "pet names",
    "patient again",
    "speaker again",
    "another when I speak",
    "relatives who may be the patient",
    "tell of another",
)
_EMPTY = "tells nothing"
_ORDINARY = ("says nothing", "ordinary", "asks nothing", "plain words")
# Told or left out as written; a pack may know a slip of them better: "collapse" is mended into its "collapsed".
_AS_WRITTEN = {"states", "degrees", "says nothing", "ordinary", "asks nothing"}


@dataclass(frozen=True)
class Triggers:
    """Phrases by what they do, and plain word lists."""

    groups: dict[str, Phrases[str]]
    answers: dict[str, str]
    lists: dict[str, frozenset[str]]
    left_out: dict[str, str]
    time: dict[str, Any]

    @property
    def words(self) -> set[str]:
        """Every word that stands here, for the spelling check."""
        found: set[str] = set(self.answers) | set(self.time["units"]) | set(self.time["numbers"])
        for phrases in self.groups.values():
            found |= phrases.words
        for name, words in self.lists.items():
            if name not in _AS_WRITTEN:
                found |= words
        return found


@cache
def triggers() -> Triggers:
    """The one set of triggers."""
    take, ordinary = _take("triggers"), _take("ordinary")
    answers = take.any("answers")
    found = Triggers(
        groups={name: _phrases(take, name) for name in _GROUPS} | {_EMPTY: _phrases(ordinary, _EMPTY)},
        answers={str(word): str(answer) for answer in ("yes", "no") for word in answers[answer]},
        lists=_words(take, _LISTS) | _words(ordinary, _ORDINARY),
        left_out={str(key): str(value) for key, value in take.any("apostrophes left out").items()},
        time=_plain(take.any("time words")),
    )
    take.done()
    ordinary.done()
    return found


def _take(name: str) -> Take:
    return Take(read_yaml(Path(__file__).with_name(f"{name}.yaml"), f"{name}.yaml"), name)


def _words(take: Take, names: Iterable[str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(str(word) for word in take.texts(name)) for name in names}


def _phrases(take: Take, name: str) -> Phrases[str]:
    return Phrases((phrase, str(phrase)) for phrase in take.texts(name))


def _plain(value: Any) -> Any:
    """Located values as ordinary ones; numbers as numbers."""
    if isinstance(value, Fields):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return float(value) if value.replace(".", "").isdigit() else str(value)
