"""Which files a user means by files, folders and patterns: each once, in the order of their names.

From a folder no link leads out of it: neither one to a folder, so no circle is walked, nor one to a file outside.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rootline.errors import EvidenceError
from rootline.evidence.intake.opening import shown

# What is taken from a folder; a file that is named itself is always looked at.
_SUFFIXES = frozenset(
    (
        ".xml",
        ".nxml",
        ".nbib",
        ".medline",
        ".ris",
        ".bib",
        ".pdf",
        ".html",
        ".htm",
        ".xhtml",
        ".md",
        ".markdown",
        ".txt",
    )
)


def files_of(arguments: Iterable[str], pass_over: Callable[[Path], None]) -> list[Path]:
    """The files; other kinds, and links that lead out of a folder, are told to `pass_over`. Raises `EvidenceError`."""
    found: dict[Path, None] = {}
    for argument in arguments:
        for path in _meant(argument):
            for file in _walk(path, pass_over) if path.is_dir() else [path]:
                found[file] = None
    return list(found)


def _meant(argument: str) -> list[Path]:
    path = Path(argument)
    if "\0" not in argument and (path.is_symlink() or path.exists()):
        return [path]
    matched = [] if "\0" in argument else sorted(map(Path, glob.glob(argument, recursive=True)))
    if not matched:
        raise EvidenceError(
            "no such file or folder", where=shown(argument), mend="Check the name; `*` may stand in it."
        )
    return matched


def _walk(folder: Path, pass_over: Callable[[Path], None]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            suffix = Path(name.lower().removesuffix(".gz")).suffix
            if name.startswith("."):
                continue
            leads_out = path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())
            if suffix in _SUFFIXES and not leads_out:
                yield path
            else:
                pass_over(path)
