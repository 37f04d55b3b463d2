"""Unpacks gzip as a stream, giving all that stands before a damage to the last byte, and where the damage is.

Sets no limit to what comes out; who reads does.
"""

from __future__ import annotations

import zlib
from io import BufferedReader

from rootline.errors import EvidenceError

_PIECE = 64_000  # bytes of the file unpacked at a time
_GZIP = 31  # what tells zlib that this is gzip, with its header and sum


class Unpacked:
    """What comes out of a gzip file, of one part or of several."""

    def __init__(self, raw: BufferedReader, name: str) -> None:
        self._raw, self._name = raw, name
        self._waiting = b""  # read from the file and not yet unpacked
        self._part = zlib.decompressobj(_GZIP)
        self._has_begun = False  # the part that is being unpacked
        self._damage: EvidenceError | None = None

    def read(self, most: int) -> bytes:
        """Some of the next bytes; none at the end. Raises `EvidenceError`, once all before a damage was given."""
        while self._damage is None:
            self._waiting = self._waiting or self._raw.read(_PIECE)
            if not self._waiting and self._has_begun:
                self._damage = self._error(f"breaks off at byte {self._raw.tell()}: the gzip file is not complete")
                if data := self._part.flush():
                    return data
            elif not self._waiting:
                return b""
            elif data := self._next(most):
                return data
        raise self._damage

    def _next(self, most: int) -> bytes:
        if not self._has_begun:
            self._waiting = self._waiting.lstrip(b"\0")  # a part may be followed by zeros
        before = self._part.copy()
        try:
            data = self._part.decompress(self._waiting, most)
        except zlib.error:
            return self._up_to_the_damage(before)
        self._has_begun = self._has_begun or bool(self._waiting)
        self._waiting = self._part.unconsumed_tail
        if self._part.eof:
            self._waiting = self._part.unused_data
            self._part, self._has_begun = zlib.decompressobj(_GZIP), False
        return data

    def _up_to_the_damage(self, part: zlib._Decompress) -> bytes:
        given, at = [], 0
        try:
            for at in range(len(self._waiting)):
                given.append(part.decompress(self._waiting[at : at + 1]))
        except zlib.error:
            pass
        place = self._raw.tell() - len(self._waiting) + at
        self._damage = self._error(f"is damaged at byte {place}: the gzip file cannot be unpacked there")
        return b"".join(given)

    def _error(self, what: str) -> EvidenceError:
        return EvidenceError(what, where=self._name, mend="Download or copy it again.")
