"""What a trust's reverse proxy would send: signed tokens, right or wrong in one place."""

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

HEADER = "X-Desk-Assertion"
KEY = b"0123456789abcdef" * 4
NOW = 1_800_000_000

type PrivateKey = bytes | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def encoded(data: bytes) -> str:
    """As in a token: base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def token(
    claims: Mapping[str, Any], *, key: PrivateKey = KEY, alg: str = "HS256", **header: Any
) -> str:
    """A signed token."""
    parts = [{"alg": alg, "typ": "JWT", **header}, dict(claims)]
    signed = ".".join(encoded(json.dumps(part).encode()) for part in parts)
    return f"{signed}.{encoded(_signature(key, signed.encode()))}"


def claims(account: str, *, at: float = NOW, **changed: Any) -> dict[str, Any]:
    """What a proxy says of a request for the queue; a change to None leaves a claim out."""
    told = {
        "aud": "deid-review",
        "sub": account,
        "iat": int(at),
        "exp": int(at) + 60,
        "jti": secrets.token_hex(16),
        "method": "GET",
        "target": "/",
        **changed,
    }
    return {name: value for name, value in told.items() if value is not None}


def _signature(key: PrivateKey, signed: bytes) -> bytes:
    if isinstance(key, bytes):
        return hmac.digest(key, signed, sha256)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(signed, padding.PKCS1v15(), SHA256())
    r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)
