"""The door of the service: whose token is taken, and once only.

A token's own `jku` is never followed: keys come from the configured place of its issuer. Decides nothing clinical.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import jwt

from rootline.edges.cds_hooks.config import Client, Config

_LONGEST_LIFE = 300  # seconds that a token may live, as CDS Hooks advises
_LEEWAY = 30  # seconds that clocks may differ
_REFRESH_AFTER = 60  # seconds until keys are fetched again: one that was taken back is trusted no longer than that
_LONGEST_TOKEN = 16_384
_KIND = {"ES384": "EC", "RS384": "RSA"}  # the kind of key that an algorithm takes


class Refused(Exception):
    """A call that is not let in; the text tells a client why, and nothing that it sent."""


@dataclass
class _Keys:
    found: jwt.PyJWKSet
    at: float


@dataclass
class Door:
    """Checks tokens for one server. `seen` is the folder that all its processes share to know a token again."""

    config: Config
    seen: Path
    _keys: dict[str, _Keys] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def check(self, authorization: str, audience: str) -> None:
        """Raises `Refused` for a call that no known client made for this address, now, for the first time."""
        if self.config.is_open:
            return
        kind, _, token = authorization.partition(" ")
        if kind.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
            raise Refused("a bearer token is needed")
        try:
            client, key, algorithm = self._claimed(token)
            claims = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=audience,
                issuer=client.issuer,
                leeway=_LEEWAY,
                options={"require": ["iss", "aud", "exp", "iat", "jti"]},
            )
        except jwt.PyJWTError as error:
            raise Refused(f"the token is refused ({type(error).__name__})") from None
        jti, expires, issued = claims["jti"], float(claims["exp"]), float(claims["iat"])
        if claims["aud"] not in (audience, [audience]):
            raise Refused("the token is also for somebody else")
        if not isinstance(jti, str) or not jti:
            raise Refused("the token has no id")
        if expires - issued > _LONGEST_LIFE:
            raise Refused(f"the token lives longer than {_LONGEST_LIFE} seconds")
        self._remember(client.issuer, jti)

    def _claimed(self, token: str) -> tuple[Client, Any, str]:
        """The client and key that a token names, not yet proved. Raises `Refused`, `PyJWTError`."""
        header = jwt.get_unverified_header(token)
        issuer = jwt.decode(token, options={"verify_signature": False}).get("iss")
        client = self.config.clients.get(issuer) if isinstance(issuer, str) else None
        if client is None:
            raise Refused("the issuer is not known here")
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in client.algorithms:
            raise Refused("the algorithm is not taken")
        if not isinstance(kid, str):
            raise Refused("the token names no key")
        for key in self._keys_of(client).keys:
            if key.key_id == kid and key.key_type == _KIND[algorithm]:
                return client, key.key, algorithm
        raise Refused("the key is not known here")

    def _keys_of(self, client: Client) -> jwt.PyJWKSet:
        """A client's public keys, none older than a minute. Raises `Refused` where they cannot be had."""
        with self._lock:
            known = self._keys.get(client.issuer)
            if known is None or time.monotonic() - known.at > _REFRESH_AFTER:
                known = self._keys[client.issuer] = _Keys(_read_keys(client), time.monotonic())
            return known.found

    def _remember(self, issuer: str, jti: str) -> None:
        """Raises `Refused` for an id that came before, whatever else its token says; the file's name alone is kept."""
        self.seen.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = hashlib.sha256(f"{len(issuer)}:{issuer}{jti}".encode(errors="backslashreplace")).hexdigest()
        try:
            with open(self.seen / name, "x"):
                pass
        except FileExistsError:
            raise Refused("the token was used before") from None
        self._forget()

    def _forget(self) -> None:
        """Drop what came so long ago that its token has expired: it lived no longer than a token may."""
        longest_ago = time.time() - _LONGEST_LIFE - 4 * _LEEWAY
        for path in self.seen.iterdir():
            try:
                if path.stat().st_mtime < longest_ago:
                    path.unlink()
            except FileNotFoundError:  # another process was faster
                continue


def _read_keys(client: Client) -> jwt.PyJWKSet:
    """The keys at the configured place. Raises `Refused`."""
    try:
        if client.key_file:
            return jwt.PyJWKSet.from_dict(json.loads(client.key_file.read_text(encoding="utf-8")))
        return jwt.PyJWKClient(client.keys, cache_keys=False, timeout=5).get_jwk_set(refresh=True)
    except (OSError, ValueError, jwt.PyJWTError):
        raise Refused("the keys of this client cannot be had") from None
