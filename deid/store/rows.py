"""Row types of the three outputs: frozen, fields exactly the columns, silent about speech."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from deid.store.columns import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRow:
    """One turn, de-identified. Times in milliseconds from the beginning of the recording."""

    table: ClassVar[Table] = Table.TURNS

    study_id: str
    transcript_id: str
    turn: int
    kind: str
    speaker: str = field(repr=False)
    start_ms: int | None
    end_ms: int | None
    text: str = field(repr=False)
    n_redactions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptRow:
    """One transcript: counts, and the versions and digests that made its output."""

    table: ClassVar[Table] = Table.TRANSCRIPTS

    study_id: str
    transcript_id: str
    format: str
    words: int
    speakers: int
    turns: int
    n_redactions: int
    redactions_by_type: Mapping[str, int]
    flags: Mapping[str, int]
    dropped: Mapping[str, int]
    code_version: str
    model_name: str
    model_version: str
    model_digest: str
    policy_digest: str
    config_digest: str
    register_digest: str
    lists_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionRow:
    """One replaced stretch, without its original; offsets count in the output."""

    table: ClassVar[Table] = Table.REDACTIONS

    transcript_id: str
    turn: int
    part: str
    start: int
    end: int
    entity_type: str
    pseudonym: str
    operator: str
    recogniser: str
    rule: str
    score: float
    by_person: bool
    original_hmac: str = field(repr=False)


type Row = TurnRow | TranscriptRow | RedactionRow
