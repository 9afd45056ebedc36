"""The identities of one transcript, with what they are called and how often they came up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deid.naming import name_words
from deid.subjects import THING_KINDS
from deid.vault import (
    Identity,
    Vault,
    aliases_among,
    identities_among,
    transcripts_among,
)


@dataclass(frozen=True, slots=True)
class Who:
    """One identity on a page.

    Attributes:
        identity: As the vault has it.
        names: What it is called: as said in the transcript, then as known from elsewhere.
        here: How often it was replaced in the transcript; 0 where that was not asked.
        transcripts: In how many transcripts it was replaced.
    """

    identity: Identity
    names: tuple[str, ...] = field(repr=False)
    here: int = 0
    transcripts: int = 0

    @classmethod
    def of(cls, vault: Vault, identity_id: int) -> "Who":
        """One identity of the vault.

        Raises:
            VaultError: There is none of this number.
        """
        vault.identity(identity_id)
        (found,) = cls.every(vault, {identity_id: {}})
        return found

    @classmethod
    def every(cls, vault: Vault, said: Mapping[int, Mapping[str, int]]) -> list["Who"]:
        """Many identities at once; ``said``: how often each was called what in a transcript."""
        identities = identities_among(vault, said)
        aliases, transcripts = aliases_among(vault, said), transcripts_among(vault, said)
        found = []
        for identity_id, identity in identities.items():
            here = said[identity_id]
            names = {" ".join(name_words(name)) or name: name for name in here}
            known = (each for each in aliases[identity_id] if each not in names)
            called = (*names.values(), *known)
            found.append(cls(identity, called, sum(here.values()), transcripts[identity_id]))
        return found

    @property
    def is_person(self) -> bool:
        """Whether it is somebody, not a place or an organisation."""
        return self.identity.kind not in THING_KINDS


def people_of(vault: Vault, transcript_id: str) -> Sequence[Who]:
    """Everybody and every place of a transcript: people first, by pseudonym."""
    said: dict[int, Counter[str]] = {}
    for each in vault.originals(transcript_id=transcript_id):
        if each.identity_id is not None:
            said.setdefault(each.identity_id, Counter())[each.text] += 1
    return sorted(
        Who.every(vault, said),
        key=lambda one: (not one.is_person, one.identity.kind, one.identity.number),
    )
