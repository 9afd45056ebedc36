"""The manifest: every file's digest, and what was approved, checked and used; and its signature.

The signature is detached, over the SHA-256 of the manifest's bytes, and its file has exactly one
way of being written, so that no byte of a bundle can change unseen.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deid.bundle.about import About, counts, moment, versions
from deid.bundle.approved import Approved
from deid.keys import StudyKeys, key_fingerprint
from deid.store import SCHEMA_VERSION

MANIFEST, SIGNATURE = "manifest.json", "signature.json"
SCHEMA = "deid-bundle/1"
_CONTEXT = "deid/bundle/manifest/v1"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a bundle: path from its folder, SHA-256, bytes, and rows where it is a table."""

    path: str
    sha256: str
    size: int
    rows: int | None = None

    def told(self) -> dict[str, object]:
        """For the manifest."""
        told: dict[str, object] = {"path": self.path, "sha256": self.sha256, "bytes": self.size}
        return told if self.rows is None else {**told, "rows": self.rows}


def manifest_bytes(
    about: About, transcripts: Sequence[Approved], listed: Sequence[Listed], keys: StudyKeys
) -> bytes:
    """The manifest as indented JSON."""
    told = {
        "schema": SCHEMA,
        "release": about.release_id,
        "made_at": moment(about.made_at),
        "approval": about.approval(),
        "approvals": [approval.told() for approval in about.approvals],
        "checks": [
            {"name": c.name, "threshold": c.threshold, "result": c.result, "meaning": c.meaning}
            for c in about.checks
        ],
        "measured": dict(about.measured),
        "versions": versions(transcripts),
        "table_schema": SCHEMA_VERSION,
        "rows": counts(transcripts),
        "audit": {"head": about.audit_head, "key": key_fingerprint(keys.public_key)},
        "files": [file.told() for file in listed],
    }
    return json_bytes(told)


def signature_bytes(manifest: bytes, keys: StudyKeys) -> bytes:
    """The detached signature, as one line of canonical JSON."""
    digest = hashlib.sha256(manifest).hexdigest()
    return _signature_line(
        key_fingerprint(keys.public_key), digest, keys.sign(_statement(digest)).hex()
    )


def signature_holds(manifest: bytes, signature: bytes, public_key: Ed25519PublicKey) -> bool:
    """Whether the signature's file is this key's for this manifest, to the byte."""
    try:
        told = json.loads(signature)
        digest = hashlib.sha256(manifest).hexdigest()
        written = _signature_line(key_fingerprint(public_key), digest, told["signature"])
        public_key.verify(bytes.fromhex(told["signature"]), _statement(digest))
    except (InvalidSignature, ValueError, KeyError, TypeError, RecursionError):
        return False
    return written == signature and told["signature"].islower()


def json_bytes(told: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """Indented JSON that is the same for the same value."""
    return (json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _signature_line(key: str, digest: str, signature: str) -> bytes:
    return rfc8785.dumps({"key": key, "manifest": digest, "signature": signature}) + b"\n"


def _statement(digest: str) -> bytes:
    return rfc8785.dumps({"context": _CONTEXT, "manifest": digest})
