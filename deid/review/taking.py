"""Rows to take away: CSV that no spreadsheet runs, or Parquet."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from starlette.responses import Response

from deid.errors import UsageError
from deid.visible import inert


def taken_away(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], how: str, *, name: str
) -> Response:
    """All rows as a file.

    Args:
        rows: Flat values; a mapping or a list in a cell becomes JSON.
        columns: Which, in order.
        how: ``csv`` or ``parquet``.
        name: The file's, without its ending.

    Raises:
        UsageError: ``how`` is something else.
    """
    plain = [{column: _plain(row[column]) for column in columns} for row in rows]
    if how == "csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, columns)
        writer.writeheader()
        writer.writerows({key: inert(str(value)) for key, value in row.items()} for row in plain)
        data, media = text.getvalue().encode(), "text/csv; charset=utf-8"
    elif how == "parquet":
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pylist(plain), sink, compression="zstd")
        data, media = sink.getvalue().to_pybytes(), "application/vnd.apache.parquet"
    else:
        raise UsageError("rows can be taken away as csv or as parquet")
    headers = {"content-disposition": f'attachment; filename="{name}.{how}"'}
    return Response(data, media_type=media, headers=headers)


def _plain(value: Any) -> Any:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value
