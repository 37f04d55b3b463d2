"""What is here and where: version, packs, library, desk, PubMed, sign-on, a language model. Decides nothing."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from rootline.errors import InputError, NotFoundError, nearest

DEFAULT_PACK = "lumbar-radiculopathy"
LIBRARY_FILE = "library.sqlite"
DESK_FILE = "desk.sqlite"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
EUTILS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"  # where PubMed answers programs
FHIR_BASE = "https://rootline.invalid/fhir"  # `.invalid` belongs to nobody and never will (RFC 6761)


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


def fhir_base() -> str:
    """What canonical FHIR addresses begin with: `ROOTLINE_FHIR_BASE`, else a reserved name that leads nowhere.

    Raises `InputError` for what is no address.
    """
    base = os.environ.get("ROOTLINE_FHIR_BASE", FHIR_BASE).rstrip("/")
    if not re.fullmatch(r"https?://[^\s/|#?]+[^\s|#?]*", base):
        raise InputError("`ROOTLINE_FHIR_BASE` is not an address", mend="Write it as `https://example.org/fhir`.")
    return base


def state_folder() -> Path:
    """Where what the user asks to keep is kept: `ROOTLINE_STATE`, else the user's own state folder."""
    if named := os.environ.get("ROOTLINE_STATE"):
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("rootline", appauthor=False)


def requests_a_minute(unless_set: int) -> int:
    """How often one address may ask the HTTP API: `ROOTLINE_REQUESTS_A_MINUTE`, 0 for no limit. Raises `InputError`."""
    named = os.environ.get("ROOTLINE_REQUESTS_A_MINUTE", str(unless_set))
    if not (named.isascii() and named.isdigit() and len(named) <= 9):
        mend = "Write a number, or 0 for no limit."
        raise InputError(f"`ROOTLINE_REQUESTS_A_MINUTE` is `{named}`", mend=mend)
    return int(named)


def library_folder() -> Path:
    """The user's library of documents: `ROOTLINE_LIBRARY`, else a folder where this system keeps a user's data."""
    if named := os.environ.get("ROOTLINE_LIBRARY"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("rootline", appauthor=False) / "library"


def dense_model() -> Path | None:
    """The folder of the sentence model that is fused into searches: `ROOTLINE_DENSE_MODEL`; None unless named."""
    named = os.environ.get("ROOTLINE_DENSE_MODEL")
    return Path(named) if named else None


def holds_library(folder: Path) -> bool:
    """Whether something was ever imported there; looking makes nothing."""
    return (folder / LIBRARY_FILE).is_file()


def desk_url() -> str:
    """Where the editorial desk is kept: the address in `ROOTLINE_DESK`, else a file in the state folder."""
    return os.environ.get("ROOTLINE_DESK") or f"sqlite:///{state_folder() / DESK_FILE}"


def holds_desk() -> bool:
    """Whether there is a desk to ask: one was named, or made here. Looking makes nothing."""
    return bool(os.environ.get("ROOTLINE_DESK")) or (state_folder() / DESK_FILE).is_file()


def desk_token() -> str:
    """The token by which who submits at the command line is proved: `ROOTLINE_DESK_TOKEN`; empty unless set."""
    return os.environ.get("ROOTLINE_DESK_TOKEN", "").strip()  # from a file it comes with the end of its line


def desk_key_file() -> Path:
    """The private key that signs the desk's reports: `ROOTLINE_DESK_KEY`, else a file in the state folder."""
    named = os.environ.get("ROOTLINE_DESK_KEY")
    return Path(named) if named else state_folder() / "desk.key"


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


def readers_need_account() -> bool:
    """Whether reading takes an account too: `ROOTLINE_READERS=accounts`. Raises `InputError` for another word."""
    readers = os.environ.get("ROOTLINE_READERS", "anyone")
    if readers not in ("anyone", "accounts"):
        raise InputError(f"ROOTLINE_READERS cannot be `{readers}`", mend="It is `anyone` or `accounts`.")
    return readers == "accounts"


def site_address() -> str:
    """Where browsers reach the site, as `https://desk.example.org`: `ROOTLINE_ADDRESS`; empty where nobody said."""
    return os.environ.get("ROOTLINE_ADDRESS", "").rstrip("/")


@dataclass(frozen=True)
class SignOnSettings:
    """An OpenID provider: its address, what it knows us by, whose mail counts, and which of its groups have a role."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    domains: frozenset[str]
    claim: str  # of the ID token; empty: roles are given here, by an administrator
    roles: tuple[tuple[str, str], ...]  # value of the claim, role; the first that fits counts


def sign_on_settings() -> SignOnSettings | None:
    """From `ROOTLINE_OIDC_…`; None where none of it is set. Raises `InputError` for a part missing or unsafe."""
    issuer = os.environ.get("ROOTLINE_OIDC_ISSUER", "")
    if not any(value for name, value in os.environ.items() if name.startswith("ROOTLINE_OIDC_")):
        return None
    client, secret = os.environ.get("ROOTLINE_OIDC_CLIENT", ""), os.environ.get("ROOTLINE_OIDC_SECRET", "")
    domains = frozenset(os.environ.get("ROOTLINE_OIDC_DOMAINS", "").lower().split(",")) - {""}
    claim, _, pairs = os.environ.get("ROOTLINE_OIDC_ROLES", "").partition(":")
    roles = tuple((value, role) for value, _, role in (pair.rpartition("=") for pair in pairs.split(",") if pair))
    if not (issuer and client and secret and domains and site_address()) or bool(claim) != bool(roles):
        mend = "Set ROOTLINE_OIDC_ISSUER, _CLIENT, _SECRET, _DOMAINS and ROOTLINE_ADDRESS; _ROLES: `groups:a=reviewer`."
        raise InputError("single sign-on is only half set up", mend=mend)
    where = urlsplit(issuer)
    if not where.hostname or (where.scheme != "https" and (where.scheme, where.hostname in LOOPBACK) != ("http", True)):
        mend = "Give its address with https; http is for a provider on this machine alone."
        raise InputError("the way to the sign-on provider is not encrypted", mend=mend)
    return SignOnSettings(issuer, client, secret, domains, claim, roles)


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
