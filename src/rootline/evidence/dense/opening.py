"""The sentence model in a folder, loaded once in a process; the only door to the libraries that it takes.

Imports them when a model is asked for and not before, and never goes on without it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rootline.errors import EvidenceError
from rootline.evidence.dense.model_folder import read_model_folder

if TYPE_CHECKING:
    from rootline.evidence.dense.embed import Embedder

_Stamp = tuple[tuple[str, int, int], ...]


def open_model(folder: Path) -> Embedder:
    """Raises `EvidenceError` where folder or libraries are not what they must be. A changed folder is read anew."""
    files = [(str(one), one.stat()) for one in sorted(folder.rglob("*")) if one.is_file()]
    return _loaded(folder, tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in files))


@lru_cache(maxsize=1)
def _loaded(folder: Path, _: _Stamp) -> Embedder:
    model = read_model_folder(folder)
    try:
        from rootline.evidence.dense.embed import Embedder
    except ModuleNotFoundError as error:
        mend = "Install the extra: `pip install 'rootline[dense]'`; or unset `ROOTLINE_DENSE_MODEL`."
        raise EvidenceError(f"the sentence model: `{error.name}` is not installed", mend=mend) from None
    return Embedder(model)
