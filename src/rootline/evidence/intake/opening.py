"""A file as a stream of bytes: unpacked when it is gzip, in UTF-8, within limits, knowing how far it has been read.

Knows nothing of what the bytes mean. No encoding is guessed: a wrong guess changes a dose's unit in silence.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
from io import BufferedReader
from pathlib import Path
from types import TracebackType

from rootline.errors import EvidenceError
from rootline.evidence.intake.limits import CHUNK, FREE_EXPANSION, HEAD, LARGEST_WHOLE, MEGABYTE, MOST_EXPANSION
from rootline.evidence.intake.unpacking import Unpacked

CONVERT = "Save it as UTF-8, for example with `iconv -f WINDOWS-1252 -t UTF-8`."
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_BOMS = ((codecs.BOM_UTF8, ""), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def shown(path: Path | str) -> str:
    """A path as it can be printed on one line, whatever is in its name."""
    text = str(path)
    return text if text.isprintable() else ascii(text)[1:-1]


def hash_of(path: Path) -> str:
    """The sha256 of the file as it lies there."""
    try:
        with _open(path, shown(path)) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EvidenceError(f"cannot be read: {error.strerror}", where=shown(path)) from None


def _open(path: Path, name: str) -> BufferedReader:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device may never end
            raise EvidenceError("is not a file that can be read to its end", where=name)
        return path.open("rb")
    except OSError as error:
        raise EvidenceError(f"cannot be read: {error.strerror}", where=name) from None


class Opened:
    """A file open for reading. `consumed` counts its own bytes, `read` gives those that come out of it."""

    def __init__(self, path: Path, name: str = "") -> None:
        self.name = name or shown(path)
        self._raw = _open(path, self.name)
        self.size = os.fstat(self._raw.fileno()).st_size
        self._given = 0
        self._coded: codecs.IncrementalDecoder | None = None
        try:
            is_gzip = self._raw.read(2) == b"\x1f\x8b"
            self._raw.seek(0)
            self._stream = Unpacked(self._raw, self.name) if is_gzip else self._raw
            self._head = self._start()
        except BaseException:
            self._raw.close()
            raise

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._raw.close()

    @property
    def consumed(self) -> int:
        """Bytes of the file itself that have been read."""
        return self._raw.tell()

    @property
    def head(self) -> bytes:
        """The beginning, without taking it."""
        return self._head

    def read(self) -> bytes:
        """The next bytes; none at the end. Raises `EvidenceError` where the file breaks off or expands too far."""
        if self._head:
            head, self._head = self._head, b""
            return head
        return self._recoded(self._unpacked(CHUNK))

    def whole(self, limit: int = LARGEST_WHOLE) -> bytes:
        """All of it, for formats that can only be read so."""
        parts, size = [], 0
        while part := self.read():
            parts.append(part)
            size += len(part)
            if size > limit:
                raise self._error(
                    f"holds more than {limit // MEGABYTE} MB", "Split it, or import the documents in it one by one."
                )
        return b"".join(parts)

    def text(self) -> str:
        """All of it as text. Raises `EvidenceError` for what is not text in UTF-8."""
        data = self.whole()
        at = data.find(b"\0")
        if at >= 0:
            raise self._error(f"holds a NUL byte at {at}: it is not text", "Give the file in a format listed in docs.")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._error(f"is not UTF-8 at byte {error.start}", CONVERT) from None

    def _start(self) -> bytes:
        """Looks at the first bytes for how the rest is coded."""
        head = self._unpacked(HEAD)
        if head[:2] == b"\x1f\x8b":
            raise self._error("is a gzip file inside a gzip file", "Unpack it once.")
        for bom, coding in _BOMS:
            if head.startswith(bom):
                self._coded = codecs.getincrementaldecoder(coding)() if coding else None
                return self._recoded(head[len(bom) :])
        if declared := _DECLARED.match(head):
            coding = declared[1].decode("ascii").lower()
            if coding not in ("utf-8", "utf8", "us-ascii", "ascii"):
                try:
                    self._coded = codecs.getincrementaldecoder(coding)()
                    "".encode(coding)
                except (LookupError, TypeError, AttributeError):
                    raise self._error(f"declares the encoding `{coding}`, which is not known", CONVERT) from None
        return self._recoded(head)

    def _recoded(self, data: bytes) -> bytes:
        if self._coded is None:
            return data
        try:
            text = self._coded.decode(data, final=not data)
            while data and not text:  # half a letter is no end of the file
                data = self._unpacked(CHUNK)
                text = self._coded.decode(data, final=not data)
            return text.encode("utf-8")
        except (UnicodeError, ValueError, TypeError, AttributeError):
            raise self._error("does not hold the encoding that it declares", CONVERT) from None

    def _unpacked(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except OSError as error:
            raise self._error(f"cannot be read: {error.strerror}") from None
        self._given += len(data)
        if self._given > FREE_EXPANSION and self._given > MOST_EXPANSION * self.consumed:
            raise self._error(
                f"expands to more than {MOST_EXPANSION} times its size", "Unpack it yourself if it can be trusted."
            )
        return data

    def _error(self, what: str, mend: str = "") -> EvidenceError:
        return EvidenceError(what, where=self.name, mend=mend)
