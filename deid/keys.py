"""The study's secrets: one master secret, what is derived from it, and the signing key.

One 32-byte secret comes from a file, the environment or a trust's own secret store; HKDF-SHA-256
(RFC 5869) makes a separate key of it for each use, so that none tells another. Logs are signed
with an Ed25519 key (RFC 8032), so that whoever verifies needs the public half only. No secret may
ever reach a ``repr``, a message, a pickle or a command line.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Never

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from deid.errors import StudyKeyError
from deid.files import write_new
from deid.keysource import KeyFile, KeySource, default_source, private_bytes, study_secret
from deid.workspace import Workspace

STUDY_KEY_NAME = "study.key"
SIGNING_KEY_NAME = "signing.key"
PUBLIC_KEY_NAME = "signing.pub"
DATA_KEYS_NAME = "data.key"
"""The keys of HMACs and ids, wrapped under the study key; there since the first rotation."""
ROTATION_NAME = "rotation.json"
"""Stands while a change of keys waits to be completed; see :mod:`deid.rotation`."""
_SECRET_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.2: random nonces of 96 bits


@dataclass(frozen=True, slots=True, eq=False)
class StudyKeys:
    """Every key of one study, silent in ``repr`` and refusing to be pickled."""

    vault_key: bytes = field(repr=False)
    _originals_key: bytes = field(repr=False)
    _identifier_key: bytes = field(repr=False)
    _sealing_key: bytes = field(repr=False)
    _signing_key: Ed25519PrivateKey = field(repr=False)

    @property
    def public_key(self) -> Ed25519PublicKey:
        """What a verifier needs."""
        return self._signing_key.public_key()

    def sign(self, data: bytes) -> bytes:
        """The 64-byte Ed25519 signature of ``data``; the same data gives the same bytes."""
        return self._signing_key.sign(data)

    def hmac_original(self, text: str) -> str:
        """HMAC-SHA-256 of the normalised original, in hexadecimal: to recognise, not to read."""
        return _hmac(self._originals_key, normalised(text).encode())

    def identifier(self, prefix: str, *parts: str) -> str:
        """A stable id such as ``t-0123456789abcdef`` that tells nothing of its parts."""
        joined = b"".join(len(part.encode()).to_bytes(8) + part.encode() for part in parts)
        return f"{prefix}-{_hmac(self._identifier_key, prefix.encode() + b'\0' + joined)[:16]}"

    def seal(self, data: bytes, *, context: bytes = b"") -> bytes:
        """Encrypt with AES-256-GCM: 12 bytes of nonce, then ciphertext and tag.

        ``context`` is bound to the result without being part of it: unsealing needs the same.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._sealing_key).encrypt(nonce, data, context)

    def unseal(self, data: bytes, *, context: bytes = b"") -> bytes:
        """What was sealed.

        Raises:
            StudyKeyError: It was sealed with another key or context, or was altered.
        """
        try:
            nonce, sealed = data[:_NONCE_BYTES], data[_NONCE_BYTES:]
            return AESGCM(self._sealing_key).decrypt(nonce, sealed, context)
        except (InvalidTag, ValueError):
            raise StudyKeyError("sealed data was altered, or sealed with another key") from None

    def __reduce__(self) -> Never:
        """Keys stay in the process that loaded them; a worker loads its own."""
        raise TypeError("study keys are never pickled; load them again")


def create(workspace: Workspace, *, source: KeySource | None = None) -> StudyKeys:
    """Make whatever is missing of a study's keys, never overwriting any, and load them.

    Raises:
        StudyKeyError: The secret is gone while the vault that it opens still stands, or as for
            :func:`load`.
    """
    chosen = source or default_source()
    study_key = workspace.keys / STUDY_KEY_NAME
    if isinstance(chosen, KeyFile) and not study_key.exists():
        if workspace.vault.exists():
            raise StudyKeyError(
                f"keys/{STUDY_KEY_NAME} is missing but the vault is there; restore the key, since "
                "no new one can open it"
            )
        write_new(study_key, f"{secrets.token_hex(_SECRET_BYTES)}\n".encode())
    signing_key, public_key = workspace.keys / SIGNING_KEY_NAME, workspace.keys / PUBLIC_KEY_NAME
    if not signing_key.exists() and not public_key.exists():
        write_new(signing_key, _private_pem(Ed25519PrivateKey.generate()))
    if signing_key.exists() and not public_key.exists():
        write_new(public_key, _public_pem(_signing_key(workspace).public_key()))
    return load(workspace, source=chosen)


def load(
    workspace: Workspace, *, source: KeySource | None = None, settling: bool = False
) -> StudyKeys:
    """The keys of a study; without ``source``, from the environment if set, else from the file.

    ``settling`` is for :mod:`deid.rotation` alone, which completes a change of keys.

    Raises:
        StudyKeyError: A key is missing, malformed, readable by others, or the signing key and
            its public half do not belong together.
    """
    if not settling and (workspace.keys / ROTATION_NAME).exists():
        raise StudyKeyError("a change of keys was cut short; complete it with: deid keys settle")
    secret = study_secret(source or default_source(), workspace.keys / STUDY_KEY_NAME)
    signing = _signing_key(workspace)
    stated = load_public_key(workspace.keys / PUBLIC_KEY_NAME)
    if key_fingerprint(stated) != key_fingerprint(signing.public_key()):
        raise StudyKeyError(
            f"keys/{SIGNING_KEY_NAME} and keys/{PUBLIC_KEY_NAME} do not belong together; "
            "restore both from the same backup"
        )
    return _study_keys(secret, _data_keys(workspace, secret), signing)


def old_vault_key(secret: bytes) -> bytes:
    """The vault key of an earlier study key, to open a backup from before a rotation."""
    return _derived(secret, "vault")


def renewed(keys: StudyKeys, secret: bytes) -> tuple[StudyKeys, dict[str, bytes]]:
    """Keys of a new secret that give the same HMACs and ids as before, and a new signing key.

    Returns:
        The keys, and the files besides the secret's that have to stand in ``keys/`` for
        :func:`load` to give them; the earlier public key is among them, for auditors.
    """
    signing, data_keys = Ed25519PrivateKey.generate(), keys._originals_key + keys._identifier_key  # noqa: SLF001 - of this module
    files = {
        DATA_KEYS_NAME: aes_key_wrap(_derived(secret, "wrapping"), data_keys).hex().encode(),
        SIGNING_KEY_NAME: _private_pem(signing),
        PUBLIC_KEY_NAME: _public_pem(signing.public_key()),
        earlier_public_key_name(keys.public_key): _public_pem(keys.public_key),
    }
    return _study_keys(secret, data_keys, signing), files


def earlier_public_key_name(key: Ed25519PublicKey) -> str:
    """What the file of a public key is called once another has taken its place."""
    return f"signing-{key_fingerprint(key)[:16]}.pub"


def load_public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a PEM file.

    Raises:
        StudyKeyError: There is none, or it is of another kind.
    """
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        raise StudyKeyError("the public key is missing or not a PEM file") from None
    if not isinstance(key, Ed25519PublicKey):
        raise StudyKeyError("the public key is not an Ed25519 key")
    return key


def key_fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the raw public key, in hexadecimal: which key signed."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()


def normalised(text: str) -> str:
    """The form in which originals are compared: NFKC, case-folded, single spaces, no marks.

    Format characters (soft hyphens, zero-width spaces, direction marks) are dropped, so that a
    name is the same name with and without them.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    visible = "".join(char for char in folded if unicodedata.category(char) != "Cf")
    return " ".join(visible.split())


def _study_keys(secret: bytes, data_keys: bytes, signing: Ed25519PrivateKey) -> StudyKeys:
    return StudyKeys(
        vault_key=_derived(secret, "vault"),
        _originals_key=data_keys[:_SECRET_BYTES],
        _identifier_key=data_keys[_SECRET_BYTES:],
        _sealing_key=_derived(secret, "sealing"),
        _signing_key=signing,
    )


def _data_keys(workspace: Workspace, secret: bytes) -> bytes:
    """The keys of HMACs and ids: derived in a new study, unwrapped once its key was rotated."""
    path = workspace.keys / DATA_KEYS_NAME
    if not path.exists():
        if any(workspace.keys.glob("signing-*.pub")):
            raise StudyKeyError(f"keys/{DATA_KEYS_NAME} is missing; restore it from a backup")
        return _derived(secret, "originals") + _derived(secret, "identifiers")
    try:
        wrapped = bytes.fromhex(private_bytes(path).decode("ascii"))
        return aes_key_unwrap(_derived(secret, "wrapping"), wrapped)
    except (ValueError, InvalidUnwrap):
        raise StudyKeyError(
            f"the study key is not the one that keys/{DATA_KEYS_NAME} was wrapped with; after a "
            "rotation only the new study key opens the study"
        ) from None


def _derived(secret: bytes, use: str) -> bytes:
    return HKDF(
        algorithm=SHA256(), length=_SECRET_BYTES, salt=None, info=f"deid/v1/{use}".encode()
    ).derive(secret)


def _hmac(key: bytes, data: bytes) -> str:
    return hmac.new(key, data, hashlib.sha256).hexdigest()


def _signing_key(workspace: Workspace) -> Ed25519PrivateKey:
    pem = private_bytes(workspace.keys / SIGNING_KEY_NAME)
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise StudyKeyError(f"keys/{SIGNING_KEY_NAME} is not a PEM key; restore it") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise StudyKeyError(f"keys/{SIGNING_KEY_NAME} is not an Ed25519 key; restore it")
    return key


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _public_pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
