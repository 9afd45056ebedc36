"""Detection over a text of ``Speaker: utterance`` lines, in offsets of that text."""

from collections.abc import Iterator
from dataclasses import dataclass

from deid.detect.engine import Detector
from deid.detect.words.gazetteer import is_common
from deid.ingest.plain import split
from deid.resolve import resolve
from deid.transcript import EntityType, Part, Transcript, Turn

SPEAKER = "SPEAKER"
"""The label of a name that stands as, or in, a speaker label."""


@dataclass(frozen=True, slots=True)
class Span:
    """One annotation: half-open character offsets, entity type or SPEAKER, score, who found it."""

    start: int
    end: int
    label: str
    score: float
    recogniser: str


def annotate_text(text: str, detector: Detector) -> Iterator[Span]:
    """What the pipeline would annotate in a text, in order of offsets; spans are disjoint."""
    pieces = split(text)
    turns = tuple(
        Turn(number, piece.text, piece.speaker, piece.kind) for number, piece in enumerate(pieces)
    )
    transcript = Transcript(turns, "txt")
    annotations = resolve(transcript, detector.detect(transcript), is_common=is_common)
    seen: set[tuple[int, int]] = set()
    for annotation in annotations:
        place, piece = annotation.place, pieces[annotation.place.turn]
        speaker = place.part is Part.SPEAKER
        base = piece.speaker_start if speaker else piece.text_start
        start, end = base + place.start, base + place.end
        if (start, end) in seen:
            continue
        seen.add((start, end))
        named = speaker and annotation.entity_type is EntityType.PERSON
        label = SPEAKER if named else annotation.entity_type.value
        yield Span(start, end, label, annotation.score, annotation.rules[0])
