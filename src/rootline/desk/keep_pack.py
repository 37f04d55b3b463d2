"""Keeps a version of a pack at the desk, whole, and lays it out again for as long as it is read.

Keeps each version once, by its hash; compares nothing.
"""

from __future__ import annotations

import io
import lzma
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from rootline.desk.tables import KeptPack
from rootline.errors import DeskError
from rootline.packs.load import hash_files, load
from rootline.packs.model import Pack

_BROKEN = (tarfile.TarError, lzma.LZMAError, EOFError)  # what is no archive any more


def keep_pack(session: Session, pack: Pack) -> None:
    """Keep this version, unless it is here. Raises `DeskError` where its files were changed since it was loaded."""
    if session.get(KeptPack, pack.sha256) is None:
        archive = _archive(pack.folder)
        with _laid_out(archive, pack.id) as again:
            if again.sha256 != pack.sha256:
                raise DeskError("the pack was changed meanwhile", where=pack.id, mend="Start again.")
        session.add(KeptPack(sha256=pack.sha256, pack=pack.id, version=pack.version, archive=archive))
        session.flush()


@contextmanager
def kept_pack(session: Session, sha256: str) -> Iterator[Pack]:
    """A version that was kept. Raises `DeskError` where it is no longer what was kept."""
    kept = session.get_one(KeptPack, sha256)
    with _laid_out(kept.archive, kept.pack) as pack:
        if pack.sha256 != sha256:
            raise _altered(kept.pack)
        yield pack


def is_as_kept(kept: KeptPack) -> bool:
    """Whether a kept version still is, to the letter, what its hash says."""
    try:
        with tarfile.open(fileobj=io.BytesIO(kept.archive)) as packed:
            files = [(one.name, packed.extractfile(one)) for one in packed if one.isfile()]
            return hash_files((name, file.read()) for name, file in files if file) == kept.sha256
    except _BROKEN:
        return False


def _archive(folder: Path) -> bytes:
    """What the pack's hash is over, as a tar that is the same for the same files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:xz") as archive:
        for path in sorted(folder.rglob("*.yaml")):
            content = path.read_bytes()
            entry = tarfile.TarInfo(path.relative_to(folder).as_posix())
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


@contextmanager
def _laid_out(archive: bytes, name: str) -> Iterator[Pack]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / name
        try:
            with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
                packed.extractall(folder, filter="data")
        except _BROKEN:
            raise _altered(name) from None
        yield load(folder)


def _altered(name: str) -> DeskError:
    mend = "`rootline desk audit` says what else was altered; restore a backup."
    return DeskError(f"the version kept of {name} was altered", mend=mend)
