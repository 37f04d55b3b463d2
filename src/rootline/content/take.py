"""Takes the keys of one mapping one by one and complains about every key that nobody took.

A misspelt key is therefore an error, never a silently missing warning. Knows nothing of packs.
"""

from __future__ import annotations

from typing import Any

from rootline.errors import PackError, nearest
from rootline.logic.place import Fields, Items, Place, Text, place_of


class Take:
    """The fields of one thing ("advice `stay-active`"), taken by key."""

    def __init__(self, fields: Any, what: str) -> None:
        if not isinstance(fields, Fields):
            raise PackError(f"{what} should be a mapping", where=str(place_of(fields)), mend="Write `key: …` lines.")
        self._fields, self._what, self._taken = fields, what, set[str]()
        self.place: Place = fields.place

    def call(self, what: str) -> None:
        """Name the thing in later errors, once its name is read."""
        self._what = what

    def error(self, what: str, mend: str = "", at: object = None) -> PackError:
        """An error about this thing, at the place of one of its values."""
        place = place_of(at) if at is not None and place_of(at).line else self.place
        return PackError(f"{self._what}: {what}", where=str(place), mend=mend)

    def has(self, key: str) -> bool:
        return key in self._fields

    def keys(self) -> list[str]:
        return list(self._fields)

    def any(self, key: str, default: Any = None) -> Any:
        """Whatever stands under the key."""
        self._taken.add(key)
        return self._fields.get(key, default)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that must be there unless a default is given."""
        value = self.any(key)
        if value is None and default is not None:
            return default
        if value is None or (value == "" and default is None):
            raise self.error(f"`{key}:` is missing", f"Add `{key}: …`.")
        if not isinstance(value, Text):
            raise self.error(f"`{key}:` should be one text", "Put it in double quotes on one line.", value)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one; none when missing."""
        value = self.any(key)
        if value is None:
            return ()
        if isinstance(value, Text):
            return (value,)
        if not isinstance(value, Items) or not all(isinstance(item, Text) for item in value):
            raise self.error(f"`{key}:` should be a list of texts", "Write `[a, b]`.", value)
        return tuple(value)

    def items(self, key: str) -> list[Any]:
        """A list of whatever; none when missing."""
        value = self.any(key)
        if value is None:
            return []
        if not isinstance(value, Items):
            raise self.error(f"`{key}:` should be a list", "Write `[a, b]`.", value)
        return list(value)

    def mapping(self, key: str) -> Fields:
        """A mapping of names to things; empty when missing."""
        value = self.any(key)
        if value is None:
            return Fields({}, self.place)
        if not isinstance(value, Fields):
            raise self.error(f"`{key}:` should be a mapping", "Write `{name: …}`.", value)
        return value

    def flag(self, key: str) -> bool:
        """`yes` or `no`; no when missing."""
        value = self.text(key, "no")
        if value not in ("yes", "no"):
            raise self.error(f"`{key}:` is `yes` or `no`, not `{value}`", "", value)
        return value == "yes"

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """A text that must be one of a few."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.error(f"`{key}:` is never `{value}`", nearest(value, allowed), value)
        return value

    def done(self) -> None:
        """Refuse every key that was not taken."""
        for key in self._fields:
            if key not in self._taken:
                raise self.error(f"no key `{key}` belongs here", nearest(key, self._taken), key)
