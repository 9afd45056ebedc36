"""Passwords of accounts: how long one is, how it is kept (argon2id) and how it is asked for.

A password is folded before anything is done with it, never shown, and never kept.
"""

import hashlib
import secrets
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from deid.errors import AccountError

SHORTEST_PASSWORD = 12
"""Characters; NIST SP 800-63B asks for length and against rules of composition."""
LONGEST_PASSWORD = 1024


class Passwords:
    """One way of hashing; argon2id with the second recommendation of RFC 9106 unless given."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def kept(self, name: str, password: str) -> str:
        """What is kept of a new password, salt and parameters in it.

        Raises:
            AccountError: It is too short or too long, or the account's name.
        """
        folded = _folded(password)
        if not SHORTEST_PASSWORD <= len(folded) <= LONGEST_PASSWORD or folded == name:
            raise AccountError(
                f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters and is not "
                "the account's name"
            )
        return self._hasher.hash(folded)

    def match(self, stored: str, password: str) -> bool:
        """Whether this is the password of which ``stored`` was kept."""
        try:
            return self._hasher.verify(stored, _folded(password)[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, stored: str) -> bool:
        """Whether what is kept was made with other parameters than are used now."""
        return self._hasher.check_needs_rehash(stored)

    def renewed(self, password: str) -> str:
        """What is kept of a password that was right, with the parameters of now."""
        return self._hasher.hash(_folded(password))

    @cached_property
    def of_nobody(self) -> str:
        """A hash that no password matches for whoever is not there; made whoever asks first."""
        return self._hasher.hash(secrets.token_hex())


def mark(stored: str) -> str:
    """Another for each password that is kept; it says nothing of it."""
    return hashlib.sha256(stored.encode()).hexdigest()


def _folded(password: str) -> str:
    """As compared: NFKC, so that one keyboard's accent is another's (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)
