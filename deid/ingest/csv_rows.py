"""CSV with speaker and text columns, comma, semicolon or tab between them.

The csv module reads; strictly, so that a quote which is never closed is a cut-off file and not
one giant cell.
"""

import csv
import io

from deid.errors import InputError, Reason
from deid.ingest.drafts import Draft, finish
from deid.ingest.encoding import decode
from deid.ingest.limits import Limits
from deid.ingest.plain import drafts_of, split
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
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [tuple(row) for row in reader if row]
    except csv.Error as error:
        ended = "end of data" in str(error)
    finally:
        csv.field_size_limit(before)
    reason = Reason.TRUNCATED if ended else Reason.MALFORMED
    raise InputError(reason, detail="quotes do not match")


def _evenness(text: str, mark: str) -> tuple[int, int]:
    """How many of the first rows have the commonest width above one, and that width."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    widths = [len(row) for row, _ in zip(reader, range(_SAMPLE), strict=False) if row]
    common = max(set(widths), key=widths.count, default=1)
    return (widths.count(common), common) if common > 1 else (0, 0)
