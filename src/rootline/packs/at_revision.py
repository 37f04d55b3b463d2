"""A pack as it stood at a revision of its git repository, laid out in a folder of its own for as long as it is read.

Knows git and nothing of what a pack holds.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rootline.errors import NotFoundError
from rootline.packs.load import load
from rootline.packs.model import Pack
from rootline.settings import pack_folder


@contextmanager
def pack_at(name: str) -> Iterator[Pack]:
    """A pack by its id, its folder, or `REVISION:FOLDER` as git writes it. Raises `NotFoundError` or `PackError`."""
    revision, colon, folder = name.partition(":")
    if not colon or Path(name).exists():
        yield load(pack_folder(name))
        return
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(fileobj=io.BytesIO(_archive(revision, folder, name))) as archive:
            archive.extractall(temporary, filter="data")
        yield load(Path(temporary) / folder)


def _archive(revision: str, folder: str, name: str) -> bytes:
    """The folder at that revision, as a tar."""
    if revision.startswith("-"):
        raise NotFoundError(f"`{revision}` is no revision", mend="Write `REVISION:FOLDER`, such as `HEAD~1:packs/x`.")
    done = subprocess.run(["git", "archive", "--format=tar", revision, "--", folder], capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NotFoundError(
            f"no pack at `{name}`: {said[-1] if said else 'git failed'}",
            mend="Inside the repository, write `REVISION:FOLDER`, such as `HEAD~1:packs/lumbar-radiculopathy`.",
        )
    return done.stdout
