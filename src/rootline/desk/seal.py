"""The desk's key: made once with the desk, signs what the desk hands out, and lets anybody check it.

Signs bytes and says nothing of what they mean. The private half never enters the database.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path

from sqlalchemy import select

from rootline.desk.actor import Actor
from rootline.desk.audit import fingerprint, record
from rootline.desk.check_rows import detail_of
from rootline.desk.opening import Desk
from rootline.desk.tables import AuditEntry, Seal
from rootline.errors import DeskError, InputError

SCHEMA = "rootline.signature/1"


def make_seal(desk: Desk, file: Path, by: Actor) -> bool:
    """Make the key, unless the desk has one; whether it was made. Raises `DeskError` where the file is another's."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    with desk.writing() as session:
        if session.get(Seal, 1) is not None:
            return False
        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
        public = key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo).decode()
        session.add(Seal(id=1, public=public))
        record(session, desk.moment, by, "make seal", public=fingerprint(public))
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(private)
        except FileExistsError:
            mend = "Move it away, or name another place in ROOTLINE_DESK_KEY."
            raise DeskError("a key is there already", where=str(file), mend=mend) from None
    return True


def public_key(desk: Desk) -> str:
    """The public half, as PEM. Raises `DeskError` where the desk has none, or another than its record tells of."""
    with desk.reading() as session:
        seal = session.get(Seal, 1)
        made = session.scalars(select(AuditEntry).where(AuditEntry.act == "make seal").order_by(AuditEntry.sequence))
        details = [detail_of(one) or {} for one in made]
    if seal is None:
        raise DeskError("this desk has no key", mend="`rootline desk init` makes one.")
    if not details or details[0].get("public") != fingerprint(seal.public):
        mend = "`rootline desk audit` says what else was altered; restore a backup."
        raise DeskError("the desk's key is not the one that its record tells of", mend=mend)
    return seal.public


def sign(content: bytes, file: Path, public: str) -> str:
    """A signature to stand beside the content, as JSON. Raises `DeskError` where the key is not that of the desk."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        key = form.load_pem_private_key(file.read_bytes(), None)
    except FileNotFoundError:
        mend = "Put it back from where it is kept safe; it is not part of a backup."
        raise DeskError("the desk's key is not here", where=str(file), mend=mend) from None
    except ValueError:
        raise DeskError("this is no private key", where=str(file), mend="Put the desk's own back.") from None
    own = key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo).decode()
    if not isinstance(key, Ed25519PrivateKey) or own != public:
        raise DeskError("the key is not this desk's", where=str(file), mend="Put the desk's own back.")
    told = {
        "schema": SCHEMA,
        "algorithm": "Ed25519",
        "sha256": hashlib.sha256(content).hexdigest(),
        "public": own,
        "signature": base64.b64encode(key.sign(content)).decode(),
    }
    return json.dumps(told, indent=2) + "\n"


def is_signed(content: bytes, signature: str, public: str) -> bool:
    """Whether this content, to the last byte, was signed by the key with this public half. Raises `InputError`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        signed = base64.b64decode(json.loads(signature)["signature"], validate=True)
        key = form.load_pem_public_key(public.encode())
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"this is no signature: {type(error).__name__}", mend="Give the `.sig` file.") from None
    if not isinstance(key, Ed25519PublicKey):
        raise InputError("this is no Ed25519 key", mend="Give the desk's public key.")
    try:
        key.verify(signed, content)
    except InvalidSignature:
        return False
    return True
