"""Whose token is taken: each rule is broken once."""

from __future__ import annotations

import base64
import hmac
import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.hazmat.primitives import serialization

from rootline.edges.cds_hooks.config import read_config
from rootline.edges.cds_hooks.door import Door, Refused
from rootline.errors import PackError
from tests.edges.cds_hooks.tokens import ISSUER, PRIME, STRANGER, key_set, token

HERE = "https://rootline.example/cds-services/rootline-order-sign"


def settings(folder, keys="keys.json", more=""):
    (folder / "keys.json").write_text(json.dumps(key_set()))
    text = f'address: "https://rootline.example/"\nclients:\n  "{ISSUER}":\n    keys: "{keys}"\n{more}'
    (folder / "cds.yaml").write_text(text)
    return folder / "cds.yaml"


@pytest.fixture
def door(tmp_path):
    return Door(read_config(settings(tmp_path)), tmp_path / "seen")


def bearer(said):
    return f"Bearer {said}"


def test_a_good_token_opens_with_either_algorithm(door):
    door.check(bearer(token(HERE)), HERE)
    door.check(bearer(token([HERE])), HERE)
    door.check(bearer(token(HERE, key=PRIME, algorithm="RS384", kid="r")), HERE)


def part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def by_hand(algorithm: str, secret: bytes | None) -> str:
    """A token that no honest library would make: unsigned, or signed with the public key as if it were a secret."""
    claims = {"iss": ISSUER, "aud": HERE, "exp": time.time() + 60, "iat": time.time(), "jti": "1"}
    said = ".".join(part(json.dumps(one).encode()) for one in ({"alg": algorithm, "kid": "r"}, claims))
    return f"{said}.{part(hmac.digest(secret, said.encode(), 'sha384')) if secret else ''}"


def public_key() -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return PRIME.public_key().public_bytes(serialization.Encoding.PEM, form)


BAD = {
    "no token": lambda: "",
    "no scheme": lambda: token(HERE),
    "another scheme": lambda: f"Basic {token(HERE)}",
    "no words": lambda: "Bearer ",
    "not a token": lambda: bearer("a.b.c"),
    "far too long": lambda: bearer("a" * 20_000),
    "alg none": lambda: bearer(by_hand("none", None)),
    "a symmetric algorithm": lambda: bearer(by_hand("HS384", public_key())),
    "an algorithm not listed": lambda: bearer(token(HERE, key=PRIME, algorithm="RS256", kid="r")),
    "a stranger's key": lambda: bearer(token(HERE, key=STRANGER)),
    "an unknown key": lambda: bearer(token(HERE, kid="x")),
    "no key named": lambda: bearer(token(HERE, kid=None)),
    "a key of the other kind": lambda: bearer(token(HERE, kid="r")),
    "its own address of keys": lambda: bearer(
        token(HERE, key=STRANGER, kid="s", head={"jku": "http://127.0.0.1:9/keys", "x5u": "http://127.0.0.1:9/"})
    ),
    "an unknown issuer": lambda: bearer(token(HERE, iss="https://other.example")),
    "an issuer that is no text": lambda: bearer(token(HERE, without="iss")),
    "another audience": lambda: bearer(token("https://rootline.example/cds-services")),
    "two audiences": lambda: bearer(token([HERE, "https://other.example"])),
    "no audience": lambda: bearer(token(HERE, without="aud")),
    "expired": lambda: bearer(token(HERE, exp=int(time.time()) - 60, iat=int(time.time()) - 200)),
    "not yet issued": lambda: bearer(token(HERE, iat=int(time.time()) + 120)),
    "no expiry": lambda: bearer(token(HERE, without="exp")),
    "no issue": lambda: bearer(token(HERE, without="iat")),
    "no id": lambda: bearer(token(HERE, without="jti")),
    "an empty id": lambda: bearer(token(HERE, jti="")),
    "a time beyond all numbers": lambda: bearer(token(HERE, exp=float("inf"))),
    "a head too deep to be read": lambda: bearer(f"{part(b'[' * 9000)}.e30.x"),
    "a body too deep to be read": lambda: bearer(f"{part(b'{}')}.{part(b'[' * 9000)}.x"),
    "a long life": lambda: bearer(token(HERE, exp=int(time.time()) + 3600)),
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_token_is_refused_and_not_repeated(door, why):
    said = BAD[why]()
    with pytest.raises(Refused) as caught:
        door.check(said, HERE)
    assert said == "" or said not in str(caught.value)


def test_clocks_may_differ_by_half_a_minute_and_no_more(door):
    now = int(time.time())
    door.check(bearer(token(HERE, exp=now - 20, iat=now - 100)), HERE)
    door.check(bearer(token(HERE, iat=now + 20)), HERE)
    for claims in ({"exp": now - 31, "iat": now - 100}, {"iat": now + 40}):
        with pytest.raises(Refused):
            door.check(bearer(token(HERE, **claims)), HERE)


def test_an_id_of_any_letters_opens_once(door):
    said = bearer(token(HERE, jti="\ud800"))
    door.check(said, HERE)
    with pytest.raises(Refused, match="used before"):
        door.check(said, HERE)


def test_an_id_opens_once_whatever_else_its_token_says(door):
    door.check(bearer(token(HERE, jti="1")), HERE)
    with pytest.raises(Refused, match="used before"):
        door.check(bearer(token(HERE, jti="1", exp=int(time.time()) + 200)), HERE)


def test_a_key_that_was_taken_back_is_trusted_no_longer_than_a_minute(door, tmp_path, monkeypatch):
    door.check(bearer(token(HERE)), HERE)
    left = {"keys": [one for one in key_set()["keys"] if one["kid"] != "e"]}
    (tmp_path / "keys.json").write_text(json.dumps(left))
    later = time.monotonic() + 61
    monkeypatch.setattr("rootline.edges.cds_hooks.door.time.monotonic", lambda: later)
    with pytest.raises(Refused, match="not known here"):
        door.check(bearer(token(HERE)), HERE)


def test_a_token_opens_once_for_all_processes(door, tmp_path):
    said = bearer(token(HERE))
    door.check(said, HERE)
    other = Door(door.config, tmp_path / "seen")
    for one in (door, other):
        with pytest.raises(Refused, match="used before"):
            one.check(said, HERE)


def test_one_of_many_at_once_gets_in(door):
    said, let_in = bearer(token(HERE)), []

    def go():
        try:
            door.check(said, HERE)
        except Refused:
            return
        let_in.append(1)

    threads = [threading.Thread(target=go) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert let_in == [1]


def test_what_has_expired_is_forgotten(door, tmp_path):
    (tmp_path / "seen").mkdir()
    (tmp_path / "seen" / "old").touch()
    os.utime(tmp_path / "seen" / "old", (time.time() - 1000,) * 2)
    door.check(bearer(token(HERE)), HERE)
    assert len(list((tmp_path / "seen").iterdir())) == 1


def test_keys_come_from_the_configured_address_and_are_fetched_anew_seldom(tmp_path):
    asked = []

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(key_set()).encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/jwks"
        door = Door(read_config(settings(tmp_path, address)), tmp_path / "seen")
        door.check(bearer(token(HERE)), HERE)
        for _ in range(5):
            with pytest.raises(Refused):
                door.check(bearer(token(HERE, kid="made-up")), HERE)
        assert asked == ["/jwks"]
    finally:
        server.shutdown()
        server.server_close()
    with pytest.raises(Refused, match="keys of this client cannot be had"):
        Door(door.config, tmp_path / "seen").check(bearer(token(HERE)), HERE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('address: "http://rootline.example"\nwithout token: yes\n', "should begin with https://"),
        ('address: "https://rootline.example"\nwithout token: yes\n', "is for a trial on the loopback address"),
        ('address: "https://rootline.example"\n', "nobody may call"),
        ('address: "http://localhost:1"\nwithout token: yes\norigins: ["*"]\n', "names each origin"),
        ('address: "http://localhost:1"\nwithout tokens: yes\n', "Did you mean `without token`?"),
        ('address: "https://r.example"\nclients: {a: {keys: none.json}}\n', "there is no file `none.json`"),
        ('address: "https://r.example"\nclients: {a: {keys: "http://keys.example"}}\n', "should begin with https://"),
        (
            'address: "https://r.example"\nclients: {a: {keys: "https://k.example", algorithms: [none]}}\n',
            "is not taken",
        ),
    ],
)
def test_settings_that_are_not_safe_are_refused(tmp_path, text, why):
    (tmp_path / "cds.yaml").write_text(text)
    with pytest.raises(PackError) as caught:
        read_config(tmp_path / "cds.yaml")
    assert why in str(caught.value) and "cds.yaml:" in str(caught.value)
