"""A real OpenID provider in this process, for tests: it signs in one person, and lies where a test wants it to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "rootline-desk", "the client's secret & more"
Lie = Callable[[dict[str, Any]], None]


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Provider:
    """What it says of the person, and how it lies: `lie` changes the claims, `sign` makes the token otherwise."""

    issuer: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    person: dict[str, Any] = field(default_factory=dict)
    lie: Lie = lambda claims: None
    sign: Callable[[Provider, dict[str, Any]], str] | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "person-1", "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], **self.person,
        }  # fmt: skip
        self.lie(claims)
        if self.sign is not None:
            return self.sign(self, claims)
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)


def unsigned(provider: Provider, claims: dict[str, Any]) -> str:
    """`alg: none`."""
    return f"{_b64(json.dumps({'alg': 'none'}).encode())}.{_b64(json.dumps(claims).encode())}."


def signed_by_public_key(provider: Provider, claims: dict[str, Any]) -> str:
    """HS256, with the provider's public key as if it were a shared secret."""
    body = f"{_b64(json.dumps({'alg': 'HS256', 'kid': 'one'}).encode())}.{_b64(json.dumps(claims).encode())}"
    return f"{body}.{_b64(hmac.new(provider.key.as_pem(private=False), body.encode(), hashlib.sha256).digest())}"


def signed_by_another_key(provider: Provider, claims: dict[str, Any]) -> str:
    """The right algorithm and key id, by a key that is not the provider's."""
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048, {"kid": "one"}))


def bringing_its_own_key(provider: Provider, claims: dict[str, Any]) -> str:
    """By another key, which the token itself brings along."""
    key = ECKey.generate_key("P-256")
    return jwt.encode({"alg": "ES256", "jwk": key.as_dict(private=False)}, claims, key)


@contextmanager
def providing() -> Iterator[Provider]:
    """Start one on a free port and stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    provider = Provider(f"http://127.0.0.1:{port}")
    server = uvicorn.Server(uvicorn.Config(_app(provider), "127.0.0.1", port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield provider
    server.should_exit = True
    thread.join(10)


def _app(provider: Provider) -> FastAPI:
    app = FastAPI(telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False,
                             "auto_configure": False})  # fmt: skip

    @app.get("/.well-known/openid-configuration")
    def describe() -> dict[str, str]:
        at = provider.issuer
        return {"issuer": at, "authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token",
                "jwks_uri": f"{at}/jwks"}  # fmt: skip

    @app.get("/jwks")
    def keys() -> dict[str, Any]:
        return {"keys": [provider.key.as_dict(private=False)]}

    @app.get("/authorize")
    def authorize(request: Request) -> RedirectResponse:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT and asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256" and "openid" in asked["scope"].split()
        code = secrets.token_hex(8)
        provider.codes[code] = asked
        provider.asked.append(asked)
        return RedirectResponse(asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]}), 303)

    @app.post("/token")
    async def token(request: Request) -> dict[str, Any]:
        sent = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        client = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        asked = provider.codes.pop(sent["code"], None)
        challenge = _b64(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if asked is None or client != f"{CLIENT}:{SECRET}" or challenge != asked["code_challenge"]:
            raise HTTPException(400)
        assert sent["redirect_uri"] == asked["redirect_uri"] and sent["grant_type"] == "authorization_code"
        access = {"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 60}
        return {**access, "id_token": provider.token(asked)}

    return app
