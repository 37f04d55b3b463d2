"""Tokens for forms that change something here: proof that the form came from one of our own pages, and what it showed.

Each is a fresh random number with its signature, so no two pages hold the same one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time

_LASTS = 12 * 3600  # seconds: a page may stay open through a shift


def make_token(key: bytes) -> str:
    """A token for one page."""
    body = f"{int(time.time()):x}.{secrets.token_hex(8)}"
    return f"{body}.{_signature(body, key)}"


def is_token(text: str, key: bytes) -> bool:
    """Whether this server made it, not too long ago."""
    body, _, signature = text.rpartition(".")
    if not hmac.compare_digest(_signature(body, key).encode(), signature.encode(errors="replace")):
        return False
    return 0 <= time.time() - int(body.partition(".")[0], 16) < _LASTS


def mark(shown: str, key: bytes) -> str:
    """Goes along with what a page showed, so that a form can prove it was shown here."""
    return _signature(f"shown {shown}", key)


def is_mark(text: str, shown: str, key: bytes) -> bool:
    """Whether a page of this server showed this."""
    return hmac.compare_digest(mark(shown, key).encode(), text.encode(errors="replace"))


def _signature(body: str, key: bytes) -> str:
    return hmac.new(key, body.encode(errors="replace"), hashlib.sha256).hexdigest()[:32]
