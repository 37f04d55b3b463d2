"""Whether the files of a search index are as they were written, by the sums that Tantivy puts at their ends.

A file that was found sound and has not changed since is not read again. Mends nothing.
"""

from __future__ import annotations

import json
import struct
import zlib
from contextlib import suppress
from pathlib import Path

_NOTE = "sound.json"  # name -> size and time of change of each file found sound
_END = struct.Struct("<II")  # the length of the footer before it, and a number that marks it
_MARK = 1337
_CHUNK = 1 << 20


def is_sound(folder: Path) -> bool:
    """False when a file of the last commit is not what was written. What is missing shows when the index is opened."""
    try:
        segments = json.loads((folder / "meta.json").read_bytes())["segments"]
        names = {str(one["segment_id"]).replace("-", "") for one in segments}
    except FileNotFoundError:
        return True
    except (OSError, ValueError, KeyError, TypeError):
        return False
    known, found = _noted(folder), dict[str, list[int]]()
    for file in sorted(folder.iterdir()):
        if file.name.split(".")[0] in names:
            with suppress(FileNotFoundError):  # another process has merged it away
                stamp = [file.stat().st_size, file.stat().st_mtime_ns]
                if known.get(file.name) != stamp and not _is_as_written(file):
                    return False
                found[file.name] = stamp
    if found != known:
        with suppress(OSError):
            (folder / _NOTE).write_text(json.dumps(found))
    return True


def _noted(folder: Path) -> dict[str, list[int]]:
    try:
        noted = json.loads((folder / _NOTE).read_bytes())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _is_as_written(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size < _END.size:
            return False
        file.seek(size - _END.size)
        length, mark = _END.unpack(file.read(_END.size))
        body = size - _END.size - length
        if mark != _MARK or body < 0:
            return False
        file.seek(body)
        try:
            due = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        found = 0
        while body > 0 and (part := file.read(min(_CHUNK, body))):
            found, body = zlib.crc32(part, found), body - len(part)
    return bool(found == due)
