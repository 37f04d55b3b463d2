"""Real keys and tokens of a made-up client."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

ISSUER = "https://ehr.example"
ELLIPTIC = ec.generate_private_key(ec.SECP384R1())
PRIME = rsa.generate_private_key(65537, 2048)
STRANGER = ec.generate_private_key(ec.SECP384R1())


def key_set() -> dict[str, Any]:
    """The public keys, as a client publishes them."""
    elliptic = json.loads(ECAlgorithm.to_jwk(ELLIPTIC.public_key()))
    prime = json.loads(RSAAlgorithm.to_jwk(PRIME.public_key()))
    return {"keys": [{**elliptic, "kid": "e", "use": "sig"}, {**prime, "kid": "r", "use": "sig"}]}


def token(audience: Any, *, key: Any = ELLIPTIC, algorithm: str = "ES384", kid: str | None = "e", head: Any = None,
          without: str = "", **claims: Any) -> str:  # fmt: skip
    """A token; every claim can be changed or left out."""
    now = int(time.time())
    body = {"iss": ISSUER, "aud": audience, "exp": now + 120, "iat": now, "jti": str(uuid.uuid4()), **claims}
    body.pop(without, None)
    headers = {**({"kid": kid} if kid else {}), **(head or {})}
    return jwt.encode(body, key, algorithm=algorithm, headers=headers)
