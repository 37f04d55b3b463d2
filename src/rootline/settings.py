"""What is here and where: the version, packs, the user's library, PubMed, a language model. Decides nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rootline.errors import NotFoundError, nearest

DEFAULT_PACK = "lumbar-radiculopathy"
LIBRARY_FILE = "library.sqlite"
EUTILS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"  # where PubMed answers programs


@cache
def program_version() -> str:
    """The version of the program as it was installed."""
    from importlib.metadata import version

    return version("rootline")


def packs_folder() -> Path:
    """The folder of topic packs: `ROOTLINE_PACKS`, else those installed beside the code, else the checkout's."""
    if named := os.environ.get("ROOTLINE_PACKS"):
        return Path(named)
    installed = Path(__file__).parent / "shipped_packs"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "packs"


def find_pack(id_: str) -> Path | None:
    """The folder of the topic pack with this id, if it is here. An id from a file never leads to another folder."""
    folders = [path.parent for path in packs_folder().glob("*/pack.yaml")]
    return next((folder for folder in folders if folder.name == id_), None)


def pack_folder(name: str = DEFAULT_PACK) -> Path:
    """One pack's folder, by its id or by a path. Raises `NotFoundError` that names the packs there are."""
    if name and (Path(name) / "pack.yaml").is_file():
        return Path(name).resolve() if Path(name).name in ("", "..") else Path(name)
    folder = packs_folder() / name
    if not (folder / "pack.yaml").is_file():
        known = [path.parent.name for path in packs_folder().glob("*/pack.yaml")]
        raise NotFoundError(f"no topic pack is called `{name}`", mend=nearest(name, known))
    return folder


def state_folder() -> Path:
    """Where what the user asks to keep is kept: `ROOTLINE_STATE`, else the user's own state folder."""
    if named := os.environ.get("ROOTLINE_STATE"):
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("rootline", appauthor=False)


def library_folder() -> Path:
    """The user's library of documents: `ROOTLINE_LIBRARY`, else a folder where this system keeps a user's data."""
    if named := os.environ.get("ROOTLINE_LIBRARY"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("rootline", appauthor=False) / "library"


def holds_library(folder: Path) -> bool:
    """Whether something was ever imported there; looking makes nothing."""
    return (folder / LIBRARY_FILE).is_file()


@dataclass(frozen=True)
class Eutils:
    """PubMed's E-utilities: where they are, and who asks. The key allows ten requests a second instead of three."""

    address: str
    email: str
    key: str


def eutils() -> Eutils:
    """From `ROOTLINE_EUTILS`, `ROOTLINE_EUTILS_EMAIL` and `ROOTLINE_EUTILS_KEY`. Used only when the user fetches."""
    return Eutils(
        address=os.environ.get("ROOTLINE_EUTILS", EUTILS).rstrip("/") + "/",
        email=os.environ.get("ROOTLINE_EUTILS_EMAIL", ""),
        key=os.environ.get("ROOTLINE_EUTILS_KEY", ""),
    )


@dataclass(frozen=True)
class LanguageModel:
    """A language model behind an OpenAI-compatible address, as the user named it."""

    address: str
    name: str
    key: str = field(default="", repr=False)
    unencrypted: bool = False  # whether the user allows plain HTTP to another machine
    seconds: float = 120.0  # for one whole reply


def language_model() -> LanguageModel | None:
    """From `ROOTLINE_LLM`, `_MODEL`, `_KEY` and `_UNENCRYPTED`; None unless the first two name one."""
    address, name = os.environ.get("ROOTLINE_LLM", ""), os.environ.get("ROOTLINE_LLM_MODEL", "")
    if not (address and name):
        return None
    allowed = os.environ.get("ROOTLINE_LLM_UNENCRYPTED") == "yes"
    return LanguageModel(address.rstrip("/"), name, os.environ.get("ROOTLINE_LLM_KEY", ""), allowed)
