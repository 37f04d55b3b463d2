"""Who may call the CDS Hooks service, and how it answers: one file, named in `ROOTLINE_CDS`. Off without it.

Reads and checks the file; verifies no token and opens no address.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rootline.content.take import Take
from rootline.content.yaml_text import read_fields
from rootline.logic.place import Fields
from rootline.settings import LOOPBACK

FILE = "ROOTLINE_CDS"
ALGORITHMS = ("ES384", "RS384")  # what CDS Hooks recommends; a client's token is taken with no other


@dataclass(frozen=True)
class Client:
    """A system that may call: its issuer, the algorithms of its tokens, and where its public keys are."""

    issuer: str
    algorithms: tuple[str, ...]
    keys: str  # an address
    key_file: Path | None  # or a file


@dataclass(frozen=True)
class Config:
    """The service as it is set up. `is_open`: calls need no token, which only the loopback address allows."""

    address: str
    origins: frozenset[str]
    clients: dict[str, Client]
    is_open: bool
    info_cards: bool
    keep_cases: bool
    keep_comments: bool


def config_from_environment() -> Config | None:
    """The file that `ROOTLINE_CDS` names; None where it names none. Raises `PackError` that names file and line."""
    named = os.environ.get(FILE)
    return read_config(Path(named)) if named else None


def read_config(path: Path) -> Config:
    """The settings in a file. Raises `PackError`, `OSError`."""
    take = Take(read_fields(path, path.name), "CDS Hooks settings")
    address = take.text("address").rstrip("/")
    clients = {str(issuer): _read_client(str(issuer), one, path) for issuer, one in take.mapping("clients").items()}
    config = Config(
        address=address,
        origins=frozenset(map(str, take.texts("origins"))),
        clients=clients,
        is_open=take.flag("without token"),
        info_cards=take.flag("info cards"),
        keep_cases=take.flag("keep cases"),
        keep_comments=take.flag("keep comments"),
    )
    take.done()
    where = urlsplit(address)
    is_local = where.hostname in LOOPBACK
    if where.scheme != "https" and not (where.scheme == "http" and is_local):
        raise take.error("`address:` should begin with https://", "Only this machine's own address may do without.")
    if "*" in config.origins:
        raise take.error(
            "`origins:` names each origin; `*` would let in every page", "List the origins of the clients."
        )
    if config.is_open and (clients or not is_local):
        raise take.error("`without token:` is for a trial on the loopback address", "Name the clients instead.")
    if not config.is_open and not clients:
        raise take.error("nobody may call: `clients:` is empty", "Name a client by its issuer.")
    return config


def _read_client(issuer: str, fields: Fields, path: Path) -> Client:
    take = Take(fields, f"client `{issuer}`")
    algorithms = take.texts("algorithms") or ALGORITHMS
    for algorithm in algorithms:
        if algorithm not in ALGORITHMS:
            raise take.error(f"`{algorithm}` is not taken", f"One of {', '.join(ALGORITHMS)}.", algorithm)
    keys = take.text("keys")
    take.done()
    where = urlsplit(keys)
    if where.scheme in ("http", "https"):
        if where.scheme == "http" and where.hostname not in LOOPBACK:
            raise take.error("`keys:` should begin with https://", "Keys that can be changed on the way prove nothing.")
        return Client(issuer, tuple(map(str, algorithms)), str(keys), None)
    file = path.parent / keys
    if not file.is_file():
        raise take.error(f"there is no file `{keys}`", "Give a JSON Web Key Set: a file, or an https address.", keys)
    return Client(issuer, tuple(map(str, algorithms)), "", file)
