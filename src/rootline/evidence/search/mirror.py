"""A folder that may not be written, as one that may: its files are linked, what is written stays aside and is dropped.

Copies and changes nothing of the folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory


def is_read_only(folder: Path) -> bool:
    """By its rights or by how its file system is mounted."""
    return folder.exists() and not os.access(folder, os.W_OK)


def mirror(folder: Path) -> TemporaryDirectory[str]:
    """Links to the files of a folder; to none where it is not there. Goes with the object that is given."""
    aside = TemporaryDirectory(prefix="rootline-")
    for file in folder.iterdir() if folder.is_dir() else ():
        if file.suffix != ".lock":
            Path(aside.name, file.name).symlink_to(file.absolute())
    return aside
