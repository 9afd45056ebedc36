"""How one signing key names its successor, so that what it signed goes on being provable.

A ``keys.rotated`` event holds both public keys and the old one's signature over the new one. Under
a checkpoint of the new key the event itself is vouched for, and with it the old public key: whoever
holds only the new one can check every checkpoint that the old one ever signed. The reverse is
never done: an old key may have been changed because it was stolen, so it vouches for nobody to a
verifier who trusts it alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deid.audit.event import MalformedLineError
from deid.audit.facts import Fact
from deid.keys import StudyKeys, key_fingerprint


@dataclass(frozen=True, slots=True)
class Handover:
    """The old key's statement that ``new`` (both raw, in hexadecimal) takes its place."""

    old: str
    new: str
    signature: str

    @classmethod
    def signed(cls, keys: StudyKeys, new: Ed25519PublicKey) -> "Handover":
        """Made with the keys that are about to go."""
        old_hex, new_hex = keys.public_key.public_bytes_raw().hex(), new.public_bytes_raw().hex()
        return cls(old_hex, new_hex, keys.sign(_statement(old_hex, new_hex)).hex())

    @classmethod
    def in_facts(cls, facts: object) -> "Handover":
        """What a ``keys.rotated`` event states.

        Raises:
            MalformedLineError: It states nothing of this form.
        """
        match facts:
            case {"old": str(old), "new": str(new), "signature": str(signature)}:
                return cls(old, new, signature)
            case _:
                raise MalformedLineError

    def facts(self) -> dict[str, Fact]:
        """The facts of its event."""
        return {"old": self.old, "new": self.new, "signature": self.signature}

    def holds(self) -> bool:
        """Whether the old key signed this."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.old))
            key.verify(bytes.fromhex(self.signature), _statement(self.old, self.new))
        except (InvalidSignature, ValueError):
            return False
        return True


def earlier_keys(
    handovers: list[Handover], latest: Ed25519PublicKey
) -> Mapping[str, Ed25519PublicKey]:
    """The public keys that led to the latest one, by fingerprint; ends at a link that is missing.

    Raises:
        MalformedLineError: A link of the chain is not signed by the key that it names.
    """
    keys: dict[str, Ed25519PublicKey] = {}
    wanted = latest.public_bytes_raw().hex()
    for handover in reversed(handovers):
        if handover.new != wanted:
            continue
        if not handover.holds():
            raise MalformedLineError
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(handover.old))
        keys[key_fingerprint(key)] = key
        wanted = handover.old
    return keys


def _statement(old: str, new: str) -> bytes:
    return rfc8785.dumps({"context": "deid/keys/handover/v1", "old": old, "new": new})
