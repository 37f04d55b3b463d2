"""Standard input as a file for a while, so that it can be recognised, hashed and read like any other.

Reads nothing of what comes in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rootline.evidence.intake.limits import CHUNK

NAME = "standard input"


@contextmanager
def spooled(stream: BinaryIO) -> Iterator[Path]:
    """A file with all that comes in; gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        with path.open("wb") as file:
            while part := stream.read(CHUNK):
                file.write(part)
        yield path
