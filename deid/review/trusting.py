"""Whom the desk trusts to say who somebody is, as configured: the key file, read and checked.

A shared key signs, so it is its owner's alone; a public key signs nothing, so others may read it,
but whoever could change it could become anybody.
"""

import os
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from deid.errors import StudyKeyError
from deid.keysource import private_bytes
from deid.review.assertion import Assertions, Key
from deid.settings import ProxySettings, Signature

SHORTEST_KEY = 32
"""Bytes of a shared key (RFC 7518, 3.2)."""
SHORTEST_RSA = 2048
_LARGEST_FILE = 16_384


def trusted(told: ProxySettings, root: Path) -> Assertions | None:
    """What is accepted of the configured proxy; None where people sign in at the desk.

    Args:
        told: The settings.
        root: The workspace, from which a relative path counts.

    Raises:
        StudyKeyError: The key file is missing, open to others, or holds no such key.
    """
    if not told.header or told.key_file is None:
        return None
    path = root / told.key_file
    if told.algorithm is Signature.HS256:
        return Assertions(told, _shared(path))
    return Assertions(told, _public(path, told.algorithm))


def _shared(path: Path) -> bytes:
    key = private_bytes(path, name="review.proxy.key_file").strip()
    if len(key) < SHORTEST_KEY:
        raise StudyKeyError(
            f"review.proxy.key_file is too short: {SHORTEST_KEY} characters and more; make one "
            "with: openssl rand -hex 32"
        )
    return key


def _public(path: Path, algorithm: Signature) -> Key:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise StudyKeyError(f"review.proxy.key_file cannot be read: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as file:
        if stat.S_IMODE(os.fstat(descriptor).st_mode) & 0o022:
            raise StudyKeyError(
                "review.proxy.key_file can be changed by other accounts; repair with: chmod go-w"
            )
        data = file.read(_LARGEST_FILE)
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        raise StudyKeyError("review.proxy.key_file is no public key in PEM") from None
    if algorithm is Signature.ES256:
        if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
            return key
    elif isinstance(key, rsa.RSAPublicKey) and key.key_size >= SHORTEST_RSA:
        return key
    raise StudyKeyError(f"review.proxy.key_file is no key for {algorithm}")
