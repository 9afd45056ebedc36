"""Raw transcript and output held side by side: what stood where, and what stands there now.

The output names its redactions by offsets into itself, without a word of what was there; the vault
keeps the originals in the same order. Walking both texts at once gives every original its place in
the raw text, and proves on the way that nothing else differs. Where a walk does not come out even,
nothing is shown: a file or the output is not the one that belongs here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deid.errors import ReviewError
from deid.store import Table, open_files
from deid.transcript import EntityType, Part, Place, Transcript, Turn
from deid.vault import Original, TranscriptRecord, Vault


@dataclass(frozen=True, slots=True)
class Mention:
    """One redaction, seen from both sides.

    Attributes:
        place: In the raw transcript.
        written: In the output.
        entity_type: What was found.
        original: What stood there.
        now: What stands there instead.
        pseudonym: The identity's, or "".
        operator: What was done.
        recogniser: Which way of knowing decided.
        rule: Which of its rules fired.
        score: Confidence, 0 to 1.
        by_person: Whether a person decided it.
        identity_id: The identity where it stands for one.
        recalled: Whether it was masked only because another transcript had shown it.
    """

    place: Place
    written: Place
    entity_type: EntityType
    original: str = field(repr=False)
    now: str
    pseudonym: str
    operator: str
    recogniser: str
    rule: str
    score: float
    by_person: bool
    identity_id: int | None
    recalled: bool


type Piece = str | Mention
"""A stretch that is the same on both sides, or a redaction."""


@dataclass(frozen=True, slots=True)
class AlignedTurn:
    """One turn in pieces; joined from either side they are the raw and the written part."""

    turn: Turn
    speaker: tuple[Piece, ...] = field(repr=False)
    text: tuple[Piece, ...] = field(repr=False)

    def pieces(self, part: Part) -> tuple[Piece, ...]:
        """The pieces of one part."""
        return self.speaker if part is Part.SPEAKER else self.text

    def mentions(self) -> Iterator[Mention]:
        """The redactions of both parts, in file order."""
        for piece in (*self.speaker, *self.text):
            if isinstance(piece, Mention):
                yield piece

    def written(self, part: Part) -> str:
        """A part as it stands in the output."""
        return "".join(each if isinstance(each, str) else each.now for each in self.pieces(part))


@dataclass(frozen=True, slots=True)
class Aligned:
    """A transcript seen from both sides."""

    turns: tuple[AlignedTurn, ...] = field(repr=False)

    def mentions(self) -> Iterator[Mention]:
        """Every redaction, in file order."""
        for turn in self.turns:
            yield from turn.mentions()


type Row = Mapping[str, Any]


def outputs_of(root: Path, record: TranscriptRecord, table: Table) -> list[Row]:
    """The rows of a finished transcript in one table, as the vault names its file.

    Raises:
        ReviewError: It has no such file, or it is gone.
    """
    folder = f"{'audit' if table is Table.REDACTIONS else 'staging'}/{table}/"
    paths = [root / name for name in record.outputs if name.startswith(folder)]
    if len(paths) != 1 or not paths[0].is_file():
        raise ReviewError("this transcript has no output to show; let the next run do it again")
    return list(open_files(paths, table).to_table().to_pylist())


def aligned_of(root: Path, vault: Vault, record: TranscriptRecord, raw: Transcript) -> Aligned:
    """A finished transcript seen from both sides.

    Args:
        root: The workspace.
        vault: Open for reading.
        record: What the vault knows of the transcript.
        raw: Its raw file as it was when it was done.

    Raises:
        ReviewError: Output, originals and raw text do not belong to one another.
    """
    return align(
        raw,
        outputs_of(root, record, Table.TURNS),
        outputs_of(root, record, Table.REDACTIONS),
        vault.originals(transcript_id=record.transcript_id),
    )


def align(
    raw: Transcript, turns: Sequence[Row], redactions: Sequence[Row], originals: Iterable[Original]
) -> Aligned:
    """Walk raw transcript and output together.

    Args:
        raw: As the reader delivered it.
        turns: Rows of the output, in order.
        redactions: Rows of what was replaced, in file order.
        originals: What stood there, in the same order.

    Raises:
        ReviewError: The walk does not come out even.
    """
    kept = list(originals)
    if len(turns) != len(raw.turns) or len(redactions) != len(kept):
        raise _uneven()
    by_part: dict[tuple[int, Part], list[tuple[Row, Original]]] = {}
    for row, original in zip(redactions, kept, strict=True):
        by_part.setdefault((row["turn"], Part(row["part"])), []).append((row, original))
    done = []
    for turn, written in zip(raw.turns, turns, strict=True):
        speaker, text = (
            tuple(_walk(turn, part, written[part], by_part.pop((turn.number, part), [])))
            for part in Part
        )
        done.append(AlignedTurn(turn, speaker, text))
    if by_part:
        raise _uneven()
    return Aligned(tuple(done))


def _walk(
    turn: Turn, part: Part, written: str, redactions: Iterable[tuple[Row, Original]]
) -> Iterator[Piece]:
    raw, here, there = turn.part(part), 0, 0
    for row, original in redactions:
        start, end = row["start"], row["end"]
        plain = written[there:start]
        place = Place(turn.number, part, here + len(plain), here + len(plain) + len(original.text))
        if (
            not there <= start < end <= len(written)
            or raw[here : place.start] != plain
            or raw[place.start : place.end] != original.text
        ):
            raise _uneven()
        if plain:
            yield plain
        yield _mention(row, original, place, written[start:end])
        here, there = place.end, end
    if raw[here:] != written[there:]:
        raise _uneven()
    if raw[here:]:
        yield raw[here:]


def _mention(row: Row, original: Original, place: Place, now: str) -> Mention:
    return Mention(
        place=place,
        written=Place(place.turn, place.part, row["start"], row["end"]),
        entity_type=EntityType(row["entity_type"]),
        original=original.text,
        now=now,
        pseudonym=row["pseudonym"],
        operator=row["operator"],
        recogniser=row["recogniser"],
        rule=row["rule"],
        score=row["score"],
        by_person=row["by_person"],
        identity_id=original.identity_id,
        recalled=original.recalled,
    )


def _uneven() -> ReviewError:
    return ReviewError(
        "output, originals and raw file do not fit one another; let the next run do it again"
    )
