"""What the leak check looks for: one value, where it was learnt, and how far it is searched."""

from dataclasses import dataclass, field
from enum import StrEnum

from deid.transcript import EntityType


class Source(StrEnum):
    """Who says that the value is somebody's."""

    ORIGINAL = "original"
    REGISTER = "register"


class Scope(StrEnum):
    """Whose value it is: this transcript's, or the study's."""

    TRANSCRIPT = "transcript"
    STUDY = "study"


@dataclass(frozen=True, slots=True)
class SearchValue:
    """One original or register value.

    Attributes:
        text: As it stood; never shown, never written.
        kind: What it is.
        source: Where it was learnt. A register value is always searched.
        scope: An original of this very transcript is searched whole and by part; one of another
            transcript only where it is distinctive, since there it may be an ordinary word.
    """

    text: str = field(repr=False)
    kind: EntityType
    source: Source
    scope: Scope


class How(StrEnum):
    """In which form a value was found."""

    WHOLE = "whole"
    PART = "part"
    CAPITALISED = "capitalised"
    JOINED = "joined-or-split"
    SPELT = "spelt"
    ONE_EDIT = "one-letter-off"
    SOUND = "sounds-like"
    NUMBER = "number"
    DATE = "date"
    BYTES = "bytes"


class Stream(StrEnum):
    """The readings of a text that are searched; see :mod:`deid.verify.streams`."""

    WORDS = "words"
    CASED = "cased"
    SQUEEZED = "squeezed"
    SPELT = "spelt"
    NUMBERS = "numbers"
    VOCABULARY = "vocabulary"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Form:
    """One string to look for in one reading.

    Attributes:
        stream: The reading.
        pattern: The string, in that reading's own spelling.
        how: What a match is reported as.
        value: The value that it is a form of.
    """

    stream: Stream
    pattern: str | bytes = field(repr=False)
    how: How
    value: SearchValue
