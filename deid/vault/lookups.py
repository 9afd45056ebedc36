"""Break-glass lookups as the vault keeps them: who looked at which pseudonym, when and why.

Only :mod:`deid.lookup` decides who may look; nothing here checks who asks.
"""

from datetime import datetime

from deid.vault import statements
from deid.vault.vault import Vault


def meant(vault: Vault, kind: str, number: int) -> int | None:
    """Key of the identity that a pseudonym means, whatever its capitals; merged ones followed."""
    rows = vault.run(statements.IDENTITY_MEANT, kind, number)
    return int(rows[0][0]) if rows else None


def add(vault: Vault, *, at: datetime, account: str, pseudonym: str, reason: str) -> None:
    """Note a lookup; inside of a transaction."""
    vault.run(statements.ADD_LOOKUP, at.isoformat(), account, pseudonym, reason)
