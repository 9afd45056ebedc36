"""Invented times: every word takes the same time, so that the same source gives the same file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from making.markup import Line

MS_PER_WORD = 380
MS_BETWEEN_TURNS = 420
DEFAULT_AUTHOR = "Transcription"
"""Document author where a source names none; says nothing about anybody."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of a turn with its times in milliseconds; ``first`` in its turn or not."""

    label: str
    text: str
    start_ms: int
    end_ms: int
    first: bool


def cues(turns: Sequence[Line], *, words: int) -> Iterator[Cue]:
    """Turns cut after at most ``words`` words; their texts joined by spaces give the turn."""
    clock = 1_200
    for turn in turns:
        spoken = turn.words.text.split(" ")
        for place in range(0, len(spoken), words):
            piece = spoken[place : place + words]
            end = clock + MS_PER_WORD * len(piece)
            yield Cue(turn.label.text, " ".join(piece), clock, end, place == 0)
            clock = end
        clock += MS_BETWEEN_TURNS


def whole(turns: Sequence[Line]) -> Iterator[Cue]:
    """One cue a turn."""
    return cues(turns, words=1_000_000)


def stamp(ms: int, *, decimal: str = ".") -> str:
    """``00:12:03.450``."""
    seconds, rest = divmod(ms, 1000)
    return f"{short(seconds * 1000)}{decimal}{rest:03d}"


def short(ms: int) -> str:
    """``00:12:03``."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"
