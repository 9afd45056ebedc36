"""Options that several commands share, and how results are shown."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from deid.visible import inert

console = Console(highlight=False, soft_wrap=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True)  # an error is one line

WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace", envvar="DEID_WORKSPACE", help="The workspace folder.", show_default=True
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        envvar="DEID_CONFIG",
        help="Folder of deid.yaml and policy.yaml; the workspace's own config/ unless given.",
    ),
]
DEFAULT_WORKSPACE = Path("workspace")


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def show_rows(
    columns: Sequence[str], rows: Iterable[Mapping[str, object]], how: Format, *, title: str = ""
) -> None:
    """Rows of flat values as a table, as JSON lines or as CSV.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front (CSV), and
    control characters are shown, never sent to the terminal.
    """
    if how is Format.JSON:
        for row in rows:
            sys.stdout.write(json.dumps(dict(row), default=str) + "\n")
        return
    if how is Format.CSV:
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([inert(_visible(_plain(row.get(column)))) for column in columns])
        return
    table = Table(title=title or None, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_visible(_plain(row.get(column)))) for column in columns))
    console.print(table)


def show_pairs(pairs: Iterable[tuple[str, str]], *, title: str) -> None:
    """A table of two columns without a head."""
    table = Table(title=title, title_justify="left", show_header=False)
    for name, value in pairs:
        table.add_row(Text(name), Text(_visible(value), overflow="fold"))
    console.print(table)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_plain, value))
    return str(value)


def _visible(cell: str) -> str:
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in cell)
