"""Different words for the same thing ("sciatica", "lumbosacral radicular syndrome"), so that a search finds either.

Equal means equal in a search: what is broader, narrower or merely related is not here. Changes no question's meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rootline.content.take import Take
from rootline.errors import PackError
from rootline.logic.place import Fields, place_of

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Synonyms:
    """Groups of names for one thing each."""

    groups: tuple[tuple[str, ...], ...] = ()

    def widen(self, text: str) -> tuple[tuple[str, ...], ...]:
        """For each thing that the text names: the name it uses, then the others; of names inside others the longer."""
        words = _spaced(text)
        found = {group: [name for name in group if _spaced(name) in words] for group in self.groups}
        named = {group: max(names, key=len) for group, names in found.items() if names}
        return tuple(
            (name, *(other for other in group if other != name))
            for group, name in named.items()
            if not any(name != other and _spaced(name) in _spaced(other) for other in named.values())
        )


def _spaced(text: str) -> str:
    """Its words between single spaces, without a last "s": one name stands for one and for several."""
    words = (word if len(word) < 4 else word.removesuffix("s") for word in _WORD.findall(text.lower()))
    return f" {' '.join(words)} "


def read_synonyms(fields: Fields) -> Synonyms:
    """`vocabulary.yaml`: each thing with its names. Raises `PackError` for a name that stands for two things."""
    groups, owner = [], dict[str, str]()
    for thing, value in fields.items():
        take = Take(value, f"vocabulary `{thing}`")
        names = take.texts("names")
        take.done()
        if len(names) < 2:
            raise take.error("there is nothing to widen by", "Give at least two names: `names: [a, b]`.")
        for name in names:
            if (key := _spaced(name)) in owner:
                also = f"It also stands under `{owner[key]}`."
                raise PackError(f"vocabulary: `{name}` is named twice", where=str(place_of(name)), mend=also)
            owner[key] = str(thing)
        groups.append(tuple(str(name) for name in names))
    return Synonyms(tuple(groups))
