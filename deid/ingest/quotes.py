"""A line of CSV whose quotes were not doubled, where only one reading fits the table.

``P2,"It was" hard`` and ``P2,"She said "no" and left"`` were written by hand or by a careless
export. A quote at the start of a cell ends it only before a delimiter or the line's end; where it
ends nowhere it is a character. What could be cut into the table's columns in two ways is refused,
for a comma in the wrong place would put speech under somebody else's label.
"""

from collections.abc import Iterator

from deid.errors import InputError, Reason

_MOST_QUOTES = 40
_MOST_CELLS = 40

type Readings = frozenset[tuple[str, ...]]
"""Different cells that one line may stand for."""


def only_reading(line: str, delimiter: str, width: int) -> tuple[str, ...]:
    """The cells of a line, quotes that are no cell's own kept in them.

    Args:
        line: One line, with or without its line feed.
        delimiter: What stands between cells.
        width: How many cells the other rows have.

    Raises:
        InputError: MALFORMED where no reading has that width, or more than one.
    """
    line = line.rstrip("\r\n")
    found: Readings = frozenset()
    if 1 < width <= _MOST_CELLS and line.count('"') <= _MOST_QUOTES:
        found = _Cutter(line, delimiter).readings(0, width)
    if len(found) != 1:
        raise InputError(Reason.MALFORMED, detail="quotes do not match")
    (cells,) = found
    return cells


class _Cutter:
    """Ways to cut one line into cells; what follows a place is cut once."""

    def __init__(self, line: str, delimiter: str) -> None:
        self._line, self._delimiter = line, delimiter
        self._known: dict[tuple[int, int], Readings] = {}

    def readings(self, at: int, width: int) -> Readings:
        """Up to two ways to cut what begins here into so many cells."""
        key = (at, width)
        if key not in self._known:
            quoted = self._cut(self._quoted(at), width)
            self._known[key] = quoted or self._cut(self._bare(at), width)
        return self._known[key]

    def _cut(self, cells: Iterator[tuple[str, int]], width: int) -> Readings:
        found: set[tuple[str, ...]] = set()
        for cell, end in cells:
            if end == len(self._line):
                found |= {(cell,)} if width == 1 else set()
            elif width > 1:
                found |= {(cell, *rest) for rest in self.readings(end + 1, width - 1)}
            if len(found) > 1:
                break
        return frozenset(found)

    def _quoted(self, at: int) -> Iterator[tuple[str, int]]:
        """A quoted cell and its end, for each quote that may close it."""
        if not self._line.startswith('"', at):
            return
        close = self._line.find('"', at + 1)
        while close >= 0:
            end = close + 1
            if end == len(self._line) or self._line[end] == self._delimiter:
                yield self._line[at + 1 : close].replace('""', '"'), end
            close = self._line.find('"', end)

    def _bare(self, at: int) -> Iterator[tuple[str, int]]:
        end = self._line.find(self._delimiter, at)
        end = len(self._line) if end < 0 else end
        yield self._line[at:end], end
