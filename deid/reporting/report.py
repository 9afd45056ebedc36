"""The shape of a report: facts in two columns, charts, tables, and whether the log holds."""

from dataclasses import dataclass, field
from datetime import datetime

from deid.audit import Verdict
from deid.reporting.charts import Chart

type Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; a cell is text or a number."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What is told of one run, release or transcript.

    Attributes:
        kind: "Run", "Release" or "Transcript".
        id: Its id.
        study: The study's id, as configured.
        made: When the report was made, UTC.
        facts: Names and values, in order.
        charts: Drawings.
        tables: Rows.
        verdict: Of the whole log at that moment.
    """

    kind: str
    id: str
    study: str
    made: datetime
    facts: tuple[tuple[str, Cell], ...]
    charts: tuple[Chart, ...] = field(default=())
    tables: tuple[Table, ...] = field(default=())
    verdict: Verdict | None = None
