"""The identities of one transcript, with what they are called and how often they came up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from deid.naming import name_words
from deid.subjects import THING_KINDS
from deid.vault import Identity, Vault


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
    def of(
        cls, vault: Vault, identity_id: int, *, said: Mapping[str, int] = MappingProxyType({})
    ) -> "Who":
        """One identity of the vault; ``said``: how often it was called what in the transcript.

        Raises:
            VaultError: There is none of this number.
        """
        names = {" ".join(name_words(name)) or name: name for name in said}
        known = (alias.text for alias in vault.aliases(identity_id))
        return cls(
            vault.identity(identity_id),
            (*names.values(), *(name for name in known if name not in names)),
            sum(said.values()),
            len(vault.transcripts_of(identity_id)),
        )

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
    found = [Who.of(vault, identity_id, said=words) for identity_id, words in said.items()]
    return sorted(
        found, key=lambda one: (not one.is_person, one.identity.kind, one.identity.number)
    )
