"""Speaks with an OpenID provider: where to send a browser, and whom the code it comes back with stands for.

Believes an ID token only when the provider's own keys signed it by an algorithm on our list, for us alone, just now, in
answer to this browser. Decides no role.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from rootline.errors import SignInError
from rootline.settings import SignOnSettings

ALGORITHMS = ("RS256", "PS256", "ES256")  # signatures by the provider's own key: never `none`, never HS…
_LEEWAY = 30  # seconds that two clocks may differ
_OLDEST = 300  # seconds since the token was issued
_SECONDS = 10  # for one request to the provider


@dataclass(frozen=True)
class Identity:
    """Whom the provider vouches for. `claims` are all it said, for roles."""

    subject: str  # issuer and the name there: never another's
    email: str
    name: str
    claims: dict[str, Any]


def authorize_address(settings: SignOnSettings, callback: str, state: str, nonce: str, verifier: str) -> str:
    """Where the browser goes to sign on. Raises `SignInError` where the provider cannot be reached."""
    with _client(settings, callback) as client:
        where = _described(client, settings.issuer)["authorization_endpoint"]
        address, _ = client.create_authorization_url(where, state=state, nonce=nonce, code_verifier=verifier)
        return str(address)


def identity(
    settings: SignOnSettings, callback: str, code: str, nonce: str, verifier: str, now: Callable[[], int]
) -> Identity:
    """Whom a code stands for. Raises `SignInError`; what the provider sent is never repeated."""
    with _client(settings, callback) as client:
        described = _described(client, settings.issuer)
        given = _asked(lambda: client.fetch_token(described["token_endpoint"], code=code, code_verifier=verifier))
        keys = _asked(
            lambda: client.request("GET", described["jwks_uri"], withhold_token=True).raise_for_status().json()
        )
    return _believed(settings, given, keys, nonce, now())


def _believed(settings: SignOnSettings, given: dict[str, Any], keys: dict[str, Any], nonce: str, now: int) -> Identity:
    try:
        token = jwt.decode(
            str(given.get("id_token", "")),
            KeySet.import_key_set(cast(KeySetSerialization, keys)),
            algorithms=list(ALGORITHMS),
        )
        expected = {"iss": {"essential": True, "value": settings.issuer}}
        params = {"nonce": nonce, "client_id": settings.client, "access_token": given.get("access_token")}
        CodeIDToken(token.claims, token.header, expected, params).validate(now, _LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise _refused(f"its ID token is not good ({type(error).__name__})") from None
    said = token.claims
    if said["aud"] not in (settings.client, [settings.client]):
        raise _refused("its ID token is for another program, too")
    if not now - _OLDEST <= said["iat"]:
        raise _refused("its ID token is old")
    email = said.get("email")
    if said.get("email_verified") is not True or not isinstance(email, str) or email.count("@") != 1:
        raise _refused("it has not verified an e-mail address")
    if email.rpartition("@")[2].lower() not in settings.domains:
        raise _refused("the e-mail address is of a domain that is not allowed here")
    name = said.get("name")
    return Identity(f"{settings.issuer} {said['sub']}", email, name if isinstance(name, str) else "", said)


def _client(settings: SignOnSettings, callback: str) -> OAuth2Client:
    return OAuth2Client(
        settings.client, settings.secret or None, scope="openid email profile", redirect_uri=callback,
        code_challenge_method="S256", timeout=_SECONDS, follow_redirects=False,
    )  # fmt: skip


def _described(client: OAuth2Client, issuer: str) -> dict[str, str]:
    """What the provider says of itself; its addresses are believed only under encryption."""
    address = issuer.rstrip("/") + "/.well-known/openid-configuration"
    described = _asked(lambda: client.request("GET", address, withhold_token=True).raise_for_status().json())
    if described.get("issuer") != issuer:
        raise _refused("it calls itself by another name")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if not all(_is_safe(described.get(name)) for name in wanted):
        raise _refused("it does not name its addresses, or names one without https")
    return {name: described[name] for name in wanted}


def _is_safe(address: Any) -> bool:
    parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1"))


def _asked(ask: Callable[[], Any]) -> dict[str, Any]:
    try:
        said = ask()
    except Exception as error:  # the network, the provider's answer, its refusal: all end the same way
        raise _refused(f"it could not be asked ({type(error).__name__})") from None
    if not isinstance(said, dict):
        raise _refused("it gave an answer that cannot be read")
    return said


def _refused(why: str) -> SignInError:
    return SignInError(f"the sign-on provider was not believed: {why}", mend="Try again; else ask an administrator.")
