"""Strings and the places in which they stand: what the readers of every kind of file hand out."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TextIO

_LINES = 2_000
_LONGEST_LINE = 1 << 20
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class Where(StrEnum):
    """The kinds of place in which a value can leave."""

    CELL = "cell"
    DICTIONARY = "dictionary"
    STATISTICS = "statistics"
    FOOTER = "footer"
    COLUMN_NAME = "column-name"
    FILE_NAME = "file-name"
    FOLDER_NAME = "folder-name"
    TEXT = "text"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Strings:
    """Strings of one place.

    Attributes:
        where: What kind of place.
        cells: The strings.
        column: The column's number in the file, None outside columns.
        row: The first row that holds a cell, None where no row does; rows count from 0.
    """

    where: Where
    cells: Sequence[str] = field(repr=False)
    column: int | None = None
    row: Callable[[int], int | None] = field(repr=False, default=lambda _: None)


def text_cells(file: TextIO) -> Iterator[Strings]:
    """The lines of a text; JSON and HTML escapes as the characters that they stand for.

    Raises:
        ValueError: A line is too long to be checked whole.
    """
    first = 0
    while lines := [line for _, line in zip(range(_LINES), _lines(file), strict=False)]:
        cells = [html.unescape(_ESCAPE.sub(lambda m: chr(int(m[1], 16)), x)) for x in lines]
        yield Strings(Where.TEXT, cells, row=first.__add__)
        first += len(lines)


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and not line.endswith("\n"):
            raise ValueError("a line is too long to be checked whole")
        yield line
