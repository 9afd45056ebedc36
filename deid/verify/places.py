"""Every string that stands in a file, place by place, in memory that a batch needs.

A Parquet file says more than its rows: dictionaries may hold values that no row has, footers hold
minima, maxima, metadata and names. All of it is read here; a file of a kind that cannot be read
is refused, never passed over.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from math import isfinite
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from deid.verify.archives import archive_strings
from deid.verify.strings import Strings, Where, text_cells

__all__ = ["READERS", "Strings", "Where", "parquet_strings", "text_strings"]


_FEWEST_NUMBER_DIGITS = 100_000_000


def parquet_strings(path: Path) -> Iterator[Strings]:
    """Column by column within each row group, then what the footer says."""
    with pq.ParquetFile(path) as plain:
        metadata = plain.metadata
        leaves = [metadata.schema.column(i) for i in range(metadata.num_columns)]
        texts = [leaf.path for leaf in leaves if leaf.physical_type == "BYTE_ARRAY"]
        schema = plain.schema_arrow
    yield from _footer(metadata, schema)
    if len(set(schema.names)) < len(schema.names):
        raise ValueError("two columns of one name cannot be told apart")
    with pq.ParquetFile(path, read_dictionary=texts) as file:
        first = 0
        for group in range(metadata.num_row_groups):
            for number, name in enumerate(schema.names):
                column = file.read_row_group(group, columns=[name], use_threads=False)[name]
                offset = first
                for chunk in column.chunks:
                    yield from _array(chunk, number, offset.__add__)
                    offset += len(chunk)
            first += metadata.row_group(group).num_rows


def text_strings(path: Path) -> Iterator[Strings]:
    """The lines of a text file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from text_cells(file)


READERS: dict[str, Callable[[Path], Iterator[Strings]]] = {
    ".parquet": parquet_strings,
    **dict.fromkeys((".csv", ".html", ".json", ".jsonl", ".md", ".txt", ".xml"), text_strings),
    **dict.fromkeys((".docx", ".qdpx"), archive_strings),
}
"""What can be checked, by suffix."""


def _array(array: Any, column: int, row: Callable[[int], int | None]) -> Iterator[Strings]:
    """The strings of an Arrow array of any type, nested ones by their leaves."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        yield from _dictionary(array, column, row)
    elif pa.types.is_map(kind) or pa.types.is_list(kind) or pa.types.is_large_list(kind):
        offsets = array.offsets.to_pylist()

        def row_of_child(cell: int) -> int | None:
            parent = bisect_right(offsets, cell) - 1
            return row(parent) if 0 <= parent < len(array) else None

        for child in (array.keys, array.items) if pa.types.is_map(kind) else (array.values,):
            yield from _array(child, column, row_of_child)
    elif pa.types.is_struct(kind):
        for child in array.flatten():
            yield from _array(child, column, row)
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        yield from _numbers(array, column, row)
    elif not (pa.types.is_boolean(kind) or pa.types.is_null(kind)):
        yield Strings(Where.CELL, [_string(v) for v in array.to_pylist()], column, row)


def _dictionary(array: Any, column: int, row: Callable[[int], int | None]) -> Iterator[Strings]:
    """Each different value once; a value that no row has is found as the dictionary's."""
    used = set(pc.unique(array.indices).to_pylist())
    values = [_string(value) for value in array.dictionary.to_pylist()]

    def first_row(cell: int) -> int | None:
        return row(int(pc.index(array.indices, cell).as_py()))

    yield Strings(
        Where.CELL, [v if i in used else "" for i, v in enumerate(values)], column, first_row
    )
    unused = [v for i, v in enumerate(values) if i not in used]
    if unused:
        yield Strings(Where.DICTIONARY, unused, column)


def _numbers(array: Any, column: int, row: Callable[[int], int | None]) -> Iterator[Strings]:
    """Only numbers of nine digits or more: a shorter one is a time or a count."""
    cells = [
        str(int(v)) if v is not None and abs(v) >= _FEWEST_NUMBER_DIGITS and isfinite(v) else ""
        for v in array.to_pylist()
    ]
    if any(cells):
        yield Strings(Where.CELL, cells, column, row)


def _footer(metadata: Any, schema: Any) -> Iterator[Strings]:
    for number, name in enumerate(schema.names):
        yield Strings(Where.COLUMN_NAME, [name], number)
    said = [metadata.created_by or "", *_pairs(metadata.metadata), *_pairs(schema.metadata)]
    for field_ in schema:
        said += _pairs(field_.metadata)
    for leaf in range(metadata.num_columns):
        path = metadata.schema.column(leaf).path
        said.append(path)
        number = next(i for i, n in enumerate(schema.names) if f"{path}.".startswith(f"{n}."))
        for group in range(metadata.num_row_groups):
            chunk = metadata.row_group(group).column(leaf)
            said += [chunk.file_path or "", *_pairs(chunk.metadata)]
            statistics = chunk.statistics
            if statistics is not None and statistics.has_min_max:
                bounds = [_string(statistics.min), _string(statistics.max)]
                yield Strings(Where.STATISTICS, bounds, number)
    yield Strings(Where.FOOTER, said)


def _pairs(metadata: Any) -> list[str]:
    return [_string(item) for pair in (metadata or {}).items() for item in pair]


def _string(value: object) -> str:
    """As text; bytes that are none are read as if they were."""
    if value is None:
        return ""
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)
