"""One decision of a person about one stretch of speech, and how far it reaches."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from deid.transcript import EntityType, Place


class Kind(StrEnum):
    """What was decided."""

    MASK = "mask"
    KEEP = "keep"
    ASSIGN = "assign"
    RETYPE = "retype"


class Reach(StrEnum):
    """Where it holds: at this place, wherever the words stand in this transcript, or anywhere."""

    HERE = "here"
    TRANSCRIPT = "transcript"
    STUDY = "study"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an account decided; the vault gives it its number.

    Attributes:
        id: From 1, in the order in which decisions were made; 0 before it is kept.
        at: When, in UTC.
        account: Who.
        kind: Mask the words, keep them, say whose name they are, or of what type they are.
        reach: Where it holds.
        transcript_id: Where it was made; for a reach up to the transcript, where it holds.
        place: In the raw transcript.
        entity_type: What the words are, or were wrongly taken for.
        text: The words as they stand there.
        identity_id: Whose name it is, where that was said.
        void: Whether it was taken back.
    """

    id: int
    at: datetime
    account: str
    kind: Kind
    reach: Reach
    transcript_id: str
    place: Place
    entity_type: EntityType
    text: str = field(repr=False)
    identity_id: int | None = None
    void: bool = False

    def __post_init__(self) -> None:
        """Refuse what could not be applied."""
        if self.kind is Kind.ASSIGN and (self.identity_id is None or self.reach is Reach.STUDY):
            raise ValueError("a name is given to an identity, within one transcript")
        if self.kind is Kind.KEEP and self.identity_id is not None:
            raise ValueError("what is kept is nobody's name")

    def holds_in(self, transcript_id: str) -> bool:
        """Whether it bears on a transcript."""
        return not self.void and (self.reach is Reach.STUDY or self.transcript_id == transcript_id)
