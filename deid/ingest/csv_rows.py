"""CSV with speaker and text columns, comma, semicolon or tab between them.

The csv module reads; strictly, so that a quote which is never closed is a cut-off file and not
one giant cell. A line whose quotes were not doubled (``P2,"It was" hard``) is left to
:mod:`deid.ingest.quotes`, which takes it where it can be read in one way only.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from deid.errors import InputError, Reason
from deid.ingest.drafts import Draft, finish
from deid.ingest.encoding import decode
from deid.ingest.limits import Limits
from deid.ingest.plain import drafts_of, split
from deid.ingest.quotes import only_reading
from deid.ingest.tables import columns_of, drafts
from deid.transcript import Transcript

_DELIMITERS = ",;\t|"
_SAMPLE = 50


def read(data: bytes, limits: Limits) -> Transcript:
    """Read a .csv file.

    Raises:
        InputError: TRUNCATED where a quote is never closed; MALFORMED; else as every reader.
    """
    text = decode(data, limits=limits)
    rows = _rows(text, limits)
    columns = columns_of(rows)
    if columns:
        found = [draft for said in drafts(rows, columns) for draft in said]
        dropped = {"column-heading": columns.headings}
        return finish(found, format="csv", limits=limits, dropped=dropped)
    if all(len(row) == 1 for row in rows):
        lines = "\n".join(cell for row in rows for cell in row)
        return finish(drafts_of(split(lines)), format="csv", limits=limits)
    plain = (Draft("\t".join(cell.strip() for cell in row).strip()) for row in rows)
    return finish(plain, format="csv", limits=limits)


def _rows(text: str, limits: Limits) -> list[tuple[str, ...]]:
    """All rows; the delimiter is the one that cuts the first rows into the most equal parts."""
    before = csv.field_size_limit(limits.line_chars)
    try:
        delimiter = max(_DELIMITERS, key=lambda mark: _evenness(text, mark))
        found = list(_read(text, delimiter))
    finally:
        csv.field_size_limit(before)
    widths = Counter(len(row) for row in found if not isinstance(row, str))
    width = widths.most_common(1)[0][0] if widths else 0
    return [only_reading(row, delimiter, width) if isinstance(row, str) else row for row in found]


def _read(text: str, delimiter: str) -> Iterator[tuple[str, ...] | str]:
    """Each row; the line itself where its quotes do not match."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    reason, at = None, 0
    while reason is None:
        at = reader.line_num
        try:
            row = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            reason = _reason(str(error), whole=reader.line_num == at + 1)
            if reason is None:
                yield lines[at]
        else:
            if row:
                yield row
    raise InputError(reason, detail="quotes do not match")


def _reason(message: str, *, whole: bool) -> Reason | None:
    """Why a row is refused; None where it is a whole line with a quote too many."""
    if "end of data" in message:
        return Reason.TRUNCATED
    return None if whole and "expected after" in message else Reason.MALFORMED


def _evenness(text: str, mark: str) -> tuple[int, int]:
    """How many of the first rows have the commonest width above one, and that width."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    widths = [len(row) for row, _ in zip(reader, range(_SAMPLE), strict=False) if row]
    common = max(set(widths), key=widths.count, default=1)
    return (widths.count(common), common) if common > 1 else (0, 0)
