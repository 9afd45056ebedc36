"""Signed heads of the log: what makes a rewritten or shortened log show.

A checkpoint is an event whose facts hold a signature over the hash of the line before it. Its own
hash is signed as well and kept, as a line of canonical JSON, in ``checkpoints.jsonl``: whoever
cuts the end off the log has to cut it off there too, and cannot do either in a bundle that has
left. Ed25519 gives the same bytes for the same data, so that a lost copy can be made again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deid.audit.event import MalformedLineError
from deid.audit.facts import Fact
from deid.keys import StudyKeys, key_fingerprint

_HEX_SIGNATURE = 128
_FIELDS = frozenset({"seq", "hash", "key", "signature"})


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A statement that line ``seq`` of the log has this hash; ``key`` tells which key signed."""

    seq: int
    hash: str
    key: str
    signature: str

    def holds(self, public_key: Ed25519PublicKey) -> bool:
        """Whether the signature is this key's over this statement."""
        try:
            if len(self.signature) != _HEX_SIGNATURE:
                return False
            public_key.verify(bytes.fromhex(self.signature), _statement(self.seq, self.hash))
        except (InvalidSignature, ValueError):
            return False
        return True

    def facts(self) -> dict[str, Fact]:
        """What the checkpoint event that follows the signed line holds."""
        return {"head": self.hash, "key": self.key, "signature": self.signature}

    def line(self) -> bytes:
        """Its line in ``checkpoints.jsonl``, with the line feed."""
        texts = {"hash": self.hash, "key": self.key, "signature": self.signature}
        return rfc8785.dumps({"seq": self.seq, **texts}) + b"\n"


def signed_head(keys: StudyKeys, *, seq: int, digest: str) -> SignedHead:
    """Sign that line ``seq`` has the hash ``digest``."""
    signature = keys.sign(_statement(seq, digest)).hex()
    return SignedHead(seq, digest, key_fingerprint(keys.public_key), signature)


def head_in_event(fields: Mapping[str, Fact]) -> SignedHead:
    """What a checkpoint event states about the line before it.

    Raises:
        MalformedLineError: The event is no checkpoint in form.
    """
    facts, seq = fields["facts"], fields["seq"]
    if not isinstance(facts, dict) or not isinstance(seq, int):
        raise MalformedLineError
    return _head({**facts, "seq": seq - 1, "hash": facts.get("head")})


def head_in_line(line: bytes) -> SignedHead:
    """What a line of ``checkpoints.jsonl`` states.

    Raises:
        MalformedLineError: It is not a canonical line of that file.
    """
    try:
        loaded = json.loads(line)
        if not isinstance(loaded, dict) or loaded.keys() != _FIELDS:
            raise MalformedLineError
        head = _head(loaded)
        if head.line() != line:
            raise MalformedLineError
    except (ValueError, RecursionError):
        raise MalformedLineError from None
    return head


def _head(fields: Mapping[str, Fact]) -> SignedHead:
    match fields:
        case {"seq": int(seq), "hash": str(digest), "key": str(key), "signature": str(signature)}:
            return SignedHead(seq, digest, key, signature)
        case _:
            raise MalformedLineError


def _statement(seq: int, digest: str) -> bytes:
    return rfc8785.dumps({"context": "deid/audit/checkpoint/v1", "seq": seq, "hash": digest})
