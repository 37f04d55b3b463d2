"""Random secrets that prove who asks: sessions, tokens, states. Kept only as hashes: a stolen copy opens nothing.

They hold 256 random bits: a plain SHA-256 cannot be tried out, unlike that of a password, which people choose.
"""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """43 letters, digits, `-` and `_`."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
