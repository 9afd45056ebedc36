"""The data dictionary: what every column that travels means, as JSON and as CSV."""

import csv
import io

from deid.bundle.manifest import json_bytes
from deid.store import data_dictionary

_COLUMNS = ("table", "column", "type", "unit", "nullable", "meaning")


def dictionary_files() -> dict[str, bytes]:
    """The two files by name."""
    rows = [{name: row[name] for name in _COLUMNS} for row in data_dictionary() if row["travels"]]
    sink = io.StringIO(newline="")
    writer = csv.DictWriter(sink, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return {
        "data_dictionary.json": json_bytes(rows),
        "data_dictionary.csv": sink.getvalue().encode(),
    }
