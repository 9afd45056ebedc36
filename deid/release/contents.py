"""What a checker is shown of a release: counts, files and digests, and no text of a transcript."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deid.bundle import Approved
from deid.release.record import Files


@dataclass(frozen=True, slots=True)
class TranscriptFacts:
    """One transcript in counts.

    Attributes:
        transcript_id: Its id.
        words: Words before de-identification.
        turns: Its turns.
        speakers: Different speaker labels.
        redactions: Stretches replaced, by entity type.
        flags: Quasi-identifiers that were kept, by kind.
        dropped: Parts of the raw file that were left out, by kind.
        by_person: Replacements that a person decided.
        lowest_score: Of the replacements' scores, None without any.
    """

    transcript_id: str
    words: int
    turns: int
    speakers: int
    redactions: Mapping[str, int]
    flags: Mapping[str, int]
    dropped: Mapping[str, int]
    by_person: int
    lowest_score: float | None

    @classmethod
    def of(cls, approved: Approved) -> "TranscriptFacts":
        """Count a transcript's tables."""
        row: dict[str, Any] = approved.summary()
        redactions = approved.redactions.to_pylist()
        return cls(
            transcript_id=approved.transcript_id,
            words=row["words"],
            turns=row["turns"],
            speakers=row["speakers"],
            redactions=row["redactions_by_type"],
            flags=row["flags"],
            dropped=row["dropped"],
            by_person=sum(each["by_person"] for each in redactions),
            lowest_score=min((each["score"] for each in redactions), default=None),
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a release would let out, in counts, and the files by path and digest."""

    transcripts: tuple[TranscriptFacts, ...]
    files: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, approved: Sequence[Approved], files: Files) -> "Contents":
        """Count the transcripts of a release."""
        paths = (pair for each in files.values() for pair in each.items())
        return cls(tuple(map(TranscriptFacts.of, approved)), tuple(sorted(paths)))

    @property
    def words(self) -> int:
        """Words of all transcripts."""
        return sum(each.words for each in self.transcripts)

    @property
    def redactions(self) -> dict[str, int]:
        """Replacements by entity type."""
        return _summed([each.redactions for each in self.transcripts])

    @property
    def flags(self) -> dict[str, int]:
        """Quasi-identifiers kept, by kind."""
        return _summed([each.flags for each in self.transcripts])


def _summed(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(sorted(total.items()))
