"""Detection run again over what is about to leave: how much of it still looks like an identifier?

The leak check knows what was found once; this asks what a fresh look would find. Brackets that
stand for something replaced are no finding, nor is what the policy keeps or only makes coarser.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from deid.bundle import Approved
from deid.repeats import folded
from deid.settings import Operator
from deid.transcript import Detection, EntityType, Transcript, Turn, TurnKind

type Detect = Callable[[Transcript], Iterable[Detection]]

PER = 10_000
_BRACKET = re.compile(r"\[[^\[\]]*\](?:['\u2019]?s\b)?")
_REPLACED = frozenset({Operator.PSEUDONYM, Operator.TAG})


@dataclass(frozen=True, slots=True)
class Residual:
    """What was found again.

    Attributes:
        words: Words that were looked at.
        places: Transcript id and turn with something found, in order, each once.
    """

    words: int
    places: tuple[tuple[str, int], ...]

    @property
    def rate(self) -> float:
        """Turns with a finding in ten thousand words."""
        return round(len(self.places) * PER / max(1, self.words), 2)


def residual(
    transcripts: Sequence[Approved],
    detect: Detect,
    policy: Mapping[EntityType, Operator],
    *,
    spared: Callable[[str], Iterable[str]] = lambda _: (),
) -> Residual:
    """Look for identifiers in the de-identified turns of all transcripts.

    ``spared`` are words of one transcript that a person decided to leave standing.
    """
    words = 0
    places: set[tuple[str, int]] = set()
    for approved in transcripts:
        transcript = _transcript(approved)
        words += transcript.words
        kept = set(map(folded, spared(approved.transcript_id)))
        for found in detect(transcript):
            if policy[found.entity_type] not in _REPLACED or _said(transcript, found) in kept:
                continue
            if _stands(transcript, found):
                places.add((approved.transcript_id, found.place.turn))
    return Residual(words, tuple(sorted(places)))


def _said(transcript: Transcript, found: Detection) -> tuple[str, ...]:
    place = found.place
    return folded(transcript.turns[place.turn].part(place.part)[place.start : place.end])


def _stands(transcript: Transcript, found: Detection) -> bool:
    """Whether anything of a finding is left when what was replaced is taken out of it."""
    text = transcript.turns[found.place.turn].part(found.place.part)
    inside = [match.span() for match in _BRACKET.finditer(text)]
    left = (
        text[at]
        for at in range(found.place.start, found.place.end)
        if not any(start <= at < end for start, end in inside)
    )
    return any(character.isalnum() for character in left)


def _transcript(approved: Approved) -> Transcript:
    turns = (
        Turn(
            number=row["turn"],
            text=row["text"],
            speaker=row["speaker"],
            kind=TurnKind(row["kind"]),
        )
        for row in approved.turns.to_pylist()
    )
    return Transcript(tuple(turns), approved.summary()["format"])
