"""The leak check: every file that would leave is opened again and searched for every value.

What is written is not trusted because of how it was written. A finding names file, place and
kind, never the value; a file that cannot be read whole is treated as one that leaks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
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
    names = {Where.FOLDER_NAME: folders, Where.FILE_NAME: [name]}
    for where, cells in names.items():
        for match in searcher.search(cells):
            yield _finding(number, where, match)
    reader = READERS.get(path.suffix)
    if reader is None:
        raise ValueError("a file of this kind cannot be checked")
    columns: dict[int, str] = {}
    for strings in reader(path):
        if strings.where is Where.COLUMN_NAME and strings.column is not None:
            columns[strings.column] = _safe_name(strings, searcher)
        for match in searcher.search(strings.cells):
            column = "" if strings.column is None else columns[strings.column]
            yield _finding(number, strings.where, match, column, strings.row(match.cell))
    for match in _in_bytes(path, searcher):
        yield _finding(number, Where.BYTES, match)


def _in_bytes(path: Path, searcher: Searcher) -> Iterator[Match]:
    """Distinctive values in the raw bytes: page indexes, padding, what no reader shows."""
    tail, overlap = b"", searcher.longest_bytes
    if not overlap:
        return
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield from searcher.search_bytes(tail + block)
            tail = (tail + block)[-overlap:]


def _safe_name(strings: Strings, searcher: Searcher) -> str:
    name = strings.cells[0]
    if _PLAIN_NAME.fullmatch(name) and not any(searcher.search(strings.cells)):
        return name
    return str(strings.column)


def _finding(
    file: int, where: Where, match: Match, column: str = "", row: int | None = None
) -> Finding:
    value = match.form.value
    return Finding(file, where, column, row, value.kind, value.source, match.form.how)
