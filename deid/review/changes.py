"""What a decision changed: outputs before and after, kept for a while in this process's memory.

The text before may hold the very name that was missed, so it is written nowhere, and a page that
shows it is audited like one with originals.
"""

import difflib
import re
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deid.store import Table, open_files, transcript_paths

_KEPT = 50
_PIECES = re.compile(r"\[[^\[\]\n]{1,60}\]|\w+|\s+|[^\w\s]")
_LONGEST = 20_000
"""Characters of a turn beyond which its words are not held against each other one by one."""

type Lines = tuple[tuple[str, str, int], ...]
"""Speaker, text and number of redactions of every turn."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one side; ``differs`` where the other side has other words."""

    text: str = field(repr=False)
    differs: bool


@dataclass(frozen=True, slots=True)
class TurnChange:
    """One turn that came out differently."""

    number: int
    before: tuple[Stretch, ...] = field(repr=False)
    after: tuple[Stretch, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """How one transcript changed.

    Attributes:
        transcript_id: Which.
        turns: Those that changed.
        before: Redactions before, None where there was no output.
        after: Redactions after, None where it is withheld now.
    """

    transcript_id: str
    turns: tuple[TurnChange, ...]
    before: int | None
    after: int | None


class Changes:
    """The differences of the last decisions, by a key that is in the page's address."""

    def __init__(self) -> None:
        self._kept: dict[str, Mapping[str, Difference]] = {}
        self._guard = threading.Lock()

    def put(self, key: str, differences: Mapping[str, Difference]) -> None:
        """Keep what a decision changed; the oldest goes."""
        with self._guard:
            self._kept[key] = differences
            for old in list(self._kept)[:-_KEPT]:
                del self._kept[old]

    def get(self, key: str) -> Mapping[str, Difference] | None:
        """What a decision changed, by transcript; None when it is forgotten."""
        with self._guard:
            return self._kept.get(key)


def written_now(staging: Path, ids: Collection[str]) -> dict[str, Lines]:
    """The outputs of transcripts as they are; those without one are left out."""
    found: dict[str, Lines] = {}
    for each in ids:
        path, _ = transcript_paths(staging, each)
        if path.is_file():
            rows = open_files([path], Table.TURNS).to_table(
                columns=["speaker", "text", "n_redactions"]
            )
            found[each] = tuple(zip(*(column.to_pylist() for column in rows.columns), strict=True))
    return found


def compared(before: Mapping[str, Lines], after: Mapping[str, Lines]) -> dict[str, Difference]:
    """How transcripts changed, by id."""
    return {
        each: Difference(
            each,
            tuple(_turns(before.get(each, ()), after.get(each, ()))),
            _redactions(before.get(each)),
            _redactions(after.get(each)),
        )
        for each in sorted({*before, *after})
    }


def _redactions(lines: Lines | None) -> int | None:
    return None if lines is None else sum(number for _, _, number in lines)


def _turns(before: Lines, after: Lines) -> Iterator[TurnChange]:
    """The turns that differ; none where one side has no output, or another file behind it."""
    if len(before) != len(after):
        return
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if old[:2] != new[:2]:
            yield TurnChange(number, *_sides(_line(*old[:2]), _line(*new[:2])))


def _line(speaker: str, text: str) -> str:
    return f"{speaker}: {text}" if speaker else text


def _sides(before: str, after: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    if len(before) + len(after) > _LONGEST:
        return (Stretch(before, differs=True),), (Stretch(after, differs=True),)
    old, new = _words(before), _words(after)
    sides: tuple[list[Stretch], list[Stretch]] = ([], [])
    for tag, *at in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words in zip(sides, (old[at[0] : at[1]], new[at[2] : at[3]]), strict=True):
            if words:
                side.append(Stretch("".join(words), tag != "equal"))
    return tuple(sides[0]), tuple(sides[1])


def _words(text: str) -> list[str]:
    """A text in words and what is between them, a pseudonym in one piece."""
    return _PIECES.findall(text)
