"""What is measured against what: gold items, predicted spans, and one table between their labels.

Gold files are read by people and by other tools, so their labels are plain words ("POSTCODE"),
fewer than the pipeline's entity types. The table here is the one place where the two meet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from deid.errors import DeidError, ExitCode
from deid.transcript import EntityType


class GoldError(DeidError):
    """A gold or predictions file cannot be used; the message names line and span, never text."""

    exit_code = ExitCode.INPUT


class GoldLabel(StrEnum):
    """What an annotator can call a stretch of text."""

    PERSON = "PERSON"
    SPEAKER = "SPEAKER"
    LOCATION = "LOCATION"
    POSTCODE = "POSTCODE"
    DOB = "DOB"
    DATE = "DATE"
    CONTACT = "CONTACT"
    ID = "ID"
    ORG = "ORG"
    AGE = "AGE"
    COUNTRY = "COUNTRY"
    UNSURE = "UNSURE"


DIRECT = frozenset(
    {
        GoldLabel.PERSON,
        GoldLabel.SPEAKER,
        GoldLabel.LOCATION,
        GoldLabel.POSTCODE,
        GoldLabel.DOB,
        GoldLabel.CONTACT,
        GoldLabel.ID,
    }
)
"""The labels that `identifiers missed per 10,000 words` counts."""

NEUTRAL = frozenset({GoldLabel.AGE, GoldLabel.COUNTRY, GoldLabel.UNSURE})
"""Masking one of these is neither right nor needless: policies differ on them."""

LABELS: Mapping[str, GoldLabel] = MappingProxyType(
    {
        EntityType.PERSON: GoldLabel.PERSON,
        EntityType.LOCATION: GoldLabel.LOCATION,
        EntityType.STREET_ADDRESS: GoldLabel.LOCATION,
        EntityType.UK_POSTCODE: GoldLabel.POSTCODE,
        EntityType.ORGANIZATION: GoldLabel.ORG,
        EntityType.UK_NHS: GoldLabel.ID,
        EntityType.UK_CHI: GoldLabel.ID,
        EntityType.UK_HSC: GoldLabel.ID,
        EntityType.MEDICAL_RECORD: GoldLabel.ID,
        EntityType.UK_NINO: GoldLabel.ID,
        EntityType.STAFF_REGISTRATION: GoldLabel.ID,
        EntityType.PHONE_NUMBER: GoldLabel.CONTACT,
        EntityType.EMAIL_ADDRESS: GoldLabel.CONTACT,
        EntityType.URL: GoldLabel.CONTACT,
        EntityType.SOCIAL_HANDLE: GoldLabel.CONTACT,
        EntityType.UK_VEHICLE_REGISTRATION: GoldLabel.ID,
        EntityType.BANK_ACCOUNT: GoldLabel.ID,
        EntityType.CREDIT_CARD: GoldLabel.ID,
        EntityType.DATE_OF_BIRTH: GoldLabel.DOB,
        EntityType.DATE_TIME: GoldLabel.DATE,
        EntityType.AGE: GoldLabel.AGE,
        "SPEAKER": GoldLabel.SPEAKER,  # how `deid annotate` calls a PERSON in a speaker label
        # Only stock Presidio says these. What is in neither table still masks its words; it has
        # no row of its own in the precision column.
        "UK_PASSPORT": GoldLabel.ID,
        "UK_DRIVING_LICENCE": GoldLabel.ID,
        "IBAN_CODE": GoldLabel.ID,
        "MEDICAL_LICENSE": GoldLabel.ID,
        "US_BANK_NUMBER": GoldLabel.ID,
        "US_DRIVER_LICENSE": GoldLabel.ID,
        "US_ITIN": GoldLabel.ID,
        "US_PASSPORT": GoldLabel.ID,
        "US_SSN": GoldLabel.ID,
        "ID": GoldLabel.ID,
        "NRP": GoldLabel.COUNTRY,
    }
)
"""Predicted label -> gold label. Total over EntityType."""

COUNTS_AS: Mapping[GoldLabel, frozenset[GoldLabel]] = MappingProxyType(
    {
        GoldLabel.PERSON: frozenset({GoldLabel.PERSON, GoldLabel.SPEAKER}),
        GoldLabel.SPEAKER: frozenset({GoldLabel.PERSON, GoldLabel.SPEAKER}),
        GoldLabel.LOCATION: frozenset({GoldLabel.LOCATION, GoldLabel.POSTCODE}),
        GoldLabel.POSTCODE: frozenset({GoldLabel.LOCATION, GoldLabel.POSTCODE}),
        GoldLabel.DOB: frozenset({GoldLabel.DOB, GoldLabel.DATE}),
        GoldLabel.DATE: frozenset({GoldLabel.DOB, GoldLabel.DATE}),
        GoldLabel.CONTACT: frozenset({GoldLabel.CONTACT, GoldLabel.ID}),
        GoldLabel.ID: frozenset({GoldLabel.CONTACT, GoldLabel.ID}),
        GoldLabel.ORG: frozenset({GoldLabel.ORG}),
        GoldLabel.AGE: frozenset({GoldLabel.AGE}),
        GoldLabel.COUNTRY: frozenset({GoldLabel.COUNTRY}),
        GoldLabel.UNSURE: frozenset(),
    }
)
"""A prediction of one label is right when it overlaps gold of any of these."""


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """An identifier as annotated: half-open character offsets into the item's text.

    Attributes:
        start: First character.
        end: One past the last character.
        label: What it is.
        form: How it was said ("written", "digits", "nato", ...), "" where not stated.
        origin: Where the name comes from ("welsh", ...), "" where not stated.
    """

    start: int
    end: int
    label: GoldLabel
    form: str = ""
    origin: str = ""

    def __post_init__(self) -> None:
        """Refuse an empty or reversed stretch."""
        if not 0 <= self.start < self.end:
            raise ValueError("a span needs 0 <= start < end")


@dataclass(frozen=True, slots=True)
class PredictedSpan:
    """A stretch that a system would mask; ``label`` is an entity type's name."""

    start: int
    end: int
    label: str
    score: float = 1.0
    recogniser: str = ""

    def __post_init__(self) -> None:
        """Refuse an empty or reversed stretch."""
        if not 0 <= self.start < self.end:
            raise ValueError("a span needs 0 <= start < end")


@dataclass(frozen=True, slots=True)
class Item:
    """One gold text.

    Attributes:
        id: As given in the file; unique among all items of an evaluation.
        text: ``Speaker: utterance`` lines.
        spans: By start.
        source: Which gold file it came from (its name without suffix).
        format: Format of the raw file it was taken from, "" where not stated.
        case: "sentence", "lower", "upper", or "" where not stated.
    """

    id: str
    text: str = field(repr=False)
    spans: tuple[GoldSpan, ...] = field(repr=False)
    source: str = ""
    format: str = ""
    case: str = ""


type Predict = Callable[[Sequence[Item]], Sequence[Sequence[PredictedSpan]]]
"""A system under test: one list of spans an item, in the items' order. It reads only the text."""
