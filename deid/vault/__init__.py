"""The encrypted record of who is who, and of what was replaced.

Its contents never leave ``vault.db`` except through the values that this package hands out, whose
``repr`` shows none of them.
"""

from deid.vault.among import (
    aliases_among,
    identities_among,
    shared_among,
    transcripts_among,
)
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
    "aliases_among",
    "bearers",
    "identities_among",
    "shared_among",
    "transcripts_among",
]
