"""Parquet out from one column table; whole files or none."""

from deid.store.columns import (
    COLUMNS,
    SCHEMA_VERSION,
    Column,
    Table,
    columns,
    data_dictionary,
    schema,
)
from deid.store.parquet import arrow_bytes, open_dataset, open_files, table_bytes
from deid.store.rows import RedactionRow, TranscriptRow, TurnRow
from deid.store.staging import remove_transcript, sweep, transcript_paths, write_transcript

__all__ = [
    "COLUMNS",
    "SCHEMA_VERSION",
    "Column",
    "RedactionRow",
    "Table",
    "TranscriptRow",
    "TurnRow",
    "arrow_bytes",
    "columns",
    "data_dictionary",
    "open_dataset",
    "open_files",
    "remove_transcript",
    "schema",
    "sweep",
    "table_bytes",
    "transcript_paths",
    "write_transcript",
]
