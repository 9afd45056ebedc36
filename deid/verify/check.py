"""The leak check: every file that would leave is opened again and searched for every value.

What is written is not trusted because of how it was written. A finding names file, place and
kind, never the value; a file that cannot be read whole is treated as one that leaks.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from pathlib import Path

import pyarrow as pa

from deid.errors import Reason, WithheldError
from deid.transcript import EntityType
from deid.verify.places import READERS, Strings, Where
from deid.verify.search import Match, Searcher
from deid.verify.values import How, Source

MOST_FINDINGS = 1_000
"""So many findings of a file are reported; one is enough to withhold it."""

_BLOCK = 1 << 20
_TEXT = 1 << 16
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_.]{0,39}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One value in one place.

    Attributes:
        file: Place of the file in the paths given to :func:`check_files`, from 0.
        where: What kind of place in the file.
        column: The column's name, or its number where the name itself leaks; "" outside columns.
        row: The first row (in a turns file: the turn) or line, from 0, or None.
        kind: What the value is.
        source: Where the value was learnt.
        how: In which form it was found.
    """

    file: int
    where: Where
    column: str
    row: int | None
    kind: EntityType
    source: Source
    how: How


def check_files(paths: Iterable[Path], searcher: Searcher, *, root: Path) -> list[Finding]:
    """Search files, and the names of them and their folders below ``root``.

    Args:
        paths: Parquet or text files in or below ``root``.
        searcher: What must not be found.
        root: Where the part of a path begins that leaves with the file.

    Raises:
        WithheldError: A file is damaged, of a kind that cannot be checked, or outside ``root``.
    """
    findings: list[Finding] = []
    for number, path in enumerate(paths):
        try:
            found = _check_file(number, path, searcher, root)
            findings += islice(found, MOST_FINDINGS)
        except (OSError, ValueError, pa.ArrowException):
            raise WithheldError(
                Reason.UNREADABLE, stage="verify", detail=f"file={number}"
            ) from None
    return findings


def _check_file(number: int, path: Path, searcher: Searcher, root: Path) -> Iterator[Finding]:
    *folders, name = path.relative_to(root).parts
    names = (Strings(Where.FOLDER_NAME, folders), Strings(Where.FILE_NAME, [name]))
    reader = READERS.get(path.suffix)
    if reader is None:
        raise ValueError("a file of this kind cannot be checked")
    columns: dict[int, str] = {}
    for several in _together(chain(names, reader(path))):
        yield from _search(number, several, searcher, columns)
    for match in _in_bytes(path, searcher):
        yield _finding(number, Where.BYTES, match)


def _together(every: Iterable[Strings]) -> Iterator[list[Strings]]:
    """Places that are searched at once: a search has its price, however little it reads."""
    several: list[Strings] = []
    size = 0
    for strings in every:
        several.append(strings)
        size += sum(map(len, strings.cells))
        if size >= _TEXT:
            yield several
            several, size = [], 0
    yield several


def _search(
    number: int, several: Sequence[Strings], searcher: Searcher, columns: dict[int, str]
) -> Iterator[Finding]:
    """What is found, place by place; notes what the columns may be called in a finding."""
    firsts = list(accumulate((len(strings.cells) for strings in several), initial=0))
    found: dict[int, list[Match]] = {}
    for match in searcher.search([cell for strings in several for cell in strings.cells]):
        found.setdefault(bisect_right(firsts, match.cell) - 1, []).append(match)
    for place, strings in enumerate(several):
        if strings.where is Where.COLUMN_NAME and strings.column is not None:
            is_safe = place not in found and _PLAIN_NAME.fullmatch(strings.cells[0])
            columns[strings.column] = strings.cells[0] if is_safe else str(strings.column)
        for match in found.get(place, ()):
            column = "" if strings.column is None else columns[strings.column]
            row = strings.row(match.cell - firsts[place])
            yield _finding(number, strings.where, match, column, row)


def _in_bytes(path: Path, searcher: Searcher) -> Iterator[Match]:
    """Distinctive values in the raw bytes: page indexes, padding, what no reader shows."""
    tail, overlap = b"", searcher.longest_bytes
    if not overlap:
        return
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield from searcher.search_bytes(tail + block)
            tail = (tail + block)[-overlap:]


def _finding(
    file: int, where: Where, match: Match, column: str = "", row: int | None = None
) -> Finding:
    value = match.form.value
    return Finding(file, where, column, row, value.kind, value.source, match.form.how)
