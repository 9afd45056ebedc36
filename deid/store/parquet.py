"""Rows to Parquet bytes and back: the same rows always give the same bytes.

Nothing but the columns goes in: no statistics over text, no pandas or Arrow metadata, no time of
writing. What a footer says besides the schema is the table, the schema's version, and the
version of the library that wrote it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from deid.store.columns import SCHEMA_VERSION, Column, Table, columns, schema
from deid.store.rows import Row

_ROW_GROUP = 16_384
_ZSTD_LEVEL = 3
_LONG_TEXT = "text"


def table_bytes(rows: Sequence[Row], table: Table) -> bytes:
    """One Parquet file, zstd-compressed, the rows in the order given.

    Raises:
        ValueError: A row belongs to another table, or a value does not fit its column. The
            message names the column, never the value.
    """
    if any(row.table is not table for row in rows):
        raise ValueError(f"a row of another table was given for {table}")
    arrays = [_array(column, rows) for column in columns(table)]
    return arrow_bytes(pa.Table.from_arrays(arrays, schema=schema(table)), table)


def arrow_bytes(data: pa.Table, table: Table) -> bytes:
    """One Parquet file of rows in Arrow's form, which may lack columns that do not travel."""
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(
        sink,
        data.schema,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=_ZSTD_LEVEL,
        use_dictionary=_names(data.schema, text=True),  # type: ignore[arg-type]  # stubs lack lists
        write_statistics=_names(data.schema, text=False),
        write_page_checksum=True,
        store_schema=False,
    ) as writer:
        writer.add_key_value_metadata({"deid.table": table.value, "deid.schema": SCHEMA_VERSION})
        writer.write_table(data, row_group_size=_ROW_GROUP)
    return bytes(sink.getvalue().to_pybytes())


def open_dataset(staging: Path, table: Table) -> ds.Dataset:
    """All transcripts' rows of one table, transcript by transcript; unfinished files left out.

    Raises:
        ValueError: ``table`` is the redactions: ``audit/`` keeps their history, so that the files
            that count are named by the audit log. Give those to :func:`open_files`.
    """
    if table is Table.REDACTIONS:
        raise ValueError("redactions are read with open_files, from the files the log names")
    return open_files((staging / table).glob("[!.]*.parquet"), table)


def open_files(paths: Iterable[Path], table: Table) -> ds.Dataset:
    """The rows of the files given, in the order of their paths."""
    files = [str(path) for path in sorted(paths)]
    return ds.dataset(files, schema=schema(table), format="parquet")


def _names(of: pa.Schema, *, text: bool) -> list[str]:
    """Short text columns, which repeat and so get a dictionary; or those that are plain numbers."""
    kept = pa.types.is_string if text else pa.types.is_primitive
    return [field.name for field in of if kept(field.type) and field.name != _LONG_TEXT]


def _array(column: Column, rows: Sequence[Row]) -> "pa.Array[Any]":
    values = [getattr(row, column.name) for row in rows]
    if None in values and not column.nullable:
        raise ValueError(f"column {column.name}: a value is missing")
    try:
        if pa.types.is_map(column.type):
            values = [sorted(value.items()) for value in values]
        return pa.array(values, type=column.type)
    except (pa.ArrowException, AttributeError, TypeError, ValueError, OverflowError):
        raise ValueError(f"column {column.name}: a value does not fit {column.type}") from None
