"""The encrypted record of who is who, and of what was replaced.

Its contents never leave ``vault.db`` except through the values that this package hands out, whose
``repr`` shows none of them.
"""

from deid.vault.bearing import bearers
from deid.vault.rows import Alias, Identity, Original, TranscriptRecord, TranscriptState
from deid.vault.vault import Vault

__all__ = [
    "Alias",
    "Identity",
    "Original",
    "TranscriptRecord",
    "TranscriptState",
    "Vault",
    "bearers",
]
