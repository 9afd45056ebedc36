"""The identities of one transcript, with what they are called and how often they came up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from deid.subjects import THING_KINDS
from deid.vault import Identity, Vault


@dataclass(frozen=True, slots=True)
class Who:
    """One identity on a page.

    Attributes:
        identity: As the vault has it.
        names: What it is called in the study, as first seen.
        here: How often it was replaced in the transcript; 0 where that was not asked.
        transcripts: In how many transcripts it was replaced.
    """

    identity: Identity
    names: tuple[str, ...] = field(repr=False)
    here: int = 0
    transcripts: int = 0

    @classmethod
    def of(cls, vault: Vault, identity_id: int, *, here: int = 0) -> "Who":
        """One identity of the vault.

        Raises:
            VaultError: There is none of this number.
        """
        return cls(
            vault.identity(identity_id),
            tuple(alias.text for alias in vault.aliases(identity_id)),
            here,
            len(vault.transcripts_of(identity_id)),
        )

    @property
    def is_person(self) -> bool:
        """Whether it is somebody, not a place or an organisation."""
        return self.identity.kind not in THING_KINDS


def people_of(vault: Vault, transcript_id: str) -> Sequence[Who]:
    """Everybody and every place of a transcript: people first, by pseudonym."""
    counts = Counter(
        each.identity_id
        for each in vault.originals(transcript_id=transcript_id)
        if each.identity_id is not None
    )
    found = [Who.of(vault, identity_id, here=here) for identity_id, here in counts.items()]
    return sorted(
        found, key=lambda one: (not one.is_person, one.identity.kind, one.identity.number)
    )
