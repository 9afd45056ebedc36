"""The values that every stage takes and returns: frozen, checked at birth, silent in ``repr``.

A transcript is a tuple of turns. Everything found is located by turn number, part of the turn
(the speaker label or the text) and half-open character offsets into that part, exactly as the
reader delivered it; no stage normalises the text itself. Text fields are kept out of ``repr`` so
that a value which ends up in a message or a debugger's log shows no speech.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class EntityType(StrEnum):
    """What can be found. Presidio's names where it has one; see the policy for what is done."""

    PERSON = "PERSON"
    LOCATION = "LOCATION"
    STREET_ADDRESS = "STREET_ADDRESS"
    UK_POSTCODE = "UK_POSTCODE"
    ORGANIZATION = "ORGANIZATION"
    UK_NHS = "UK_NHS"
    UK_CHI = "UK_CHI"
    UK_HSC = "UK_HSC"
    MEDICAL_RECORD = "MEDICAL_RECORD"
    UK_NINO = "UK_NINO"
    STAFF_REGISTRATION = "STAFF_REGISTRATION"
    PHONE_NUMBER = "PHONE_NUMBER"
    EMAIL_ADDRESS = "EMAIL_ADDRESS"
    URL = "URL"
    SOCIAL_HANDLE = "SOCIAL_HANDLE"
    UK_VEHICLE_REGISTRATION = "UK_VEHICLE_REGISTRATION"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    CREDIT_CARD = "CREDIT_CARD"
    DATE_OF_BIRTH = "DATE_OF_BIRTH"
    DATE_TIME = "DATE_TIME"
    AGE = "AGE"


class TurnKind(StrEnum):
    """Where in the raw file a turn stood. Whatever is not SPEECH is de-identified all the same."""

    SPEECH = "speech"
    COVER = "cover"
    HEADER = "header"
    FOOTER = "footer"
    COMMENT = "comment"
    FOOTNOTE = "footnote"
    TEXT_BOX = "text-box"
    HIDDEN = "hidden"
    NOTE = "note"


class Part(StrEnum):
    """The two strings of a turn that can hold an identifier."""

    SPEAKER = "speaker"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: who is labelled as speaking, and what stands in the file, to the character.

    Attributes:
        number: Place in the transcript, from 0, without gaps.
        text: The words, without the speaker label and the time stamp.
        speaker: The label as written ("Sarah (tutor)"), or "" where there is none.
        kind: Where in the file the turn stood.
        start_ms: Start in milliseconds from the beginning of the recording, or None.
        end_ms: End in milliseconds, or None.
    """

    number: int
    text: str = field(repr=False)
    speaker: str = field(default="", repr=False)
    kind: TurnKind = TurnKind.SPEECH
    start_ms: int | None = None
    end_ms: int | None = None

    def __post_init__(self) -> None:
        """Refuse a negative number and times that run backwards."""
        if self.number < 0:
            raise ValueError("a turn's number is 0 or more")
        if self.start_ms is not None and self.end_ms is not None and self.end_ms < self.start_ms:
            raise ValueError("a turn ends before it starts")

    def part(self, part: Part) -> str:
        """The string that offsets of this part count in."""
        return self.speaker if part is Part.SPEAKER else self.text


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a reader made of one raw file.

    Attributes:
        turns: In file order, numbered from 0 without gaps.
        format: The reader's name ("docx", "vtt", ...); never the file's name.
        dropped: What the reader left out and how often, such as ``{"deleted-run": 3}``.
    """

    turns: tuple[Turn, ...] = field(repr=False)
    format: str
    dropped: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a gap in the numbering, and put the counts in order."""
        if any(turn.number != place for place, turn in enumerate(self.turns)):
            raise ValueError("turns are numbered from 0 without gaps")
        object.__setattr__(self, "dropped", dict(sorted(self.dropped.items())))

    @property
    def words(self) -> int:
        """Words of all turns' texts, counted between white space."""
        return sum(len(turn.text.split()) for turn in self.turns)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is: turn number, part, and half-open character offsets into that part."""

    turn: int
    part: Part
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse an empty or reversed stretch."""
        if self.turn < 0 or not 0 <= self.start < self.end:
            raise ValueError("a place needs turn >= 0 and 0 <= start < end")

    def overlaps(self, other: "Place") -> bool:
        """Whether the two share a character."""
        return (
            self.turn == other.turn
            and self.part is other.part
            and self.start < other.end
            and other.start < self.end
        )


@dataclass(frozen=True, slots=True)
class Detection:
    """One recogniser's claim. Claims may overlap; ``deid.resolve`` makes them disjoint.

    Attributes:
        place: Where.
        entity_type: What.
        score: Confidence from 0 to 1.
        recogniser: Which way of knowing ("ner", "spoken-numbers", "register", ...).
        rule: Which of its rules fired; goes to the audit row, so it never holds a value.
    """

    place: Place
    entity_type: EntityType
    score: float
    recogniser: str
    rule: str

    def __post_init__(self) -> None:
        """Refuse a score outside 0 to 1."""
        if not 0.0 <= self.score <= 1.0:
            raise ValueError("a score lies between 0 and 1")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A stretch that will be treated: disjoint from every other annotation of its transcript.

    ``rules`` names every detection that was merged into it, the deciding one first, each as
    ``recogniser/rule``.
    """

    place: Place
    entity_type: EntityType
    score: float
    rules: tuple[str, ...]
