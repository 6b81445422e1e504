"""The archive's own key, with which it signs what it sends to course systems: made once, read by its owner only."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

# Where LTI is on, the archive does not start without these.
with suppress(ImportError):
    import jwt
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa


def private_key() -> rsa.RSAPrivateKey:
    """Our key, made when there is none."""
    path = Path(settings.DATA_DIR) / "lti_key.pem"
    if not path.exists():
        _make(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError(f"The file {path} holds no RSA key: delete it, and a new one is made.")
    return key


def public_key() -> dict[str, Any]:
    """What others check our signatures with."""
    found = jwt.algorithms.RSAAlgorithm.to_jwk(private_key().public_key(), as_dict=True)
    kid = hashlib.sha256(found["n"].encode()).hexdigest()[:16]
    return {"kty": "RSA", "n": found["n"], "e": found["e"], "alg": "RS256", "use": "sig", "kid": kid}


def signed(claims: dict[str, Any]) -> str:
    """A token of ours."""
    return jwt.encode(claims, private_key(), algorithm="RS256", headers={"kid": public_key()["kid"]})


def _make(path: Path) -> None:
    """Writes a new key in one step, so that of two processes that do both read the same."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".lti_key-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
