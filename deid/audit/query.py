"""Questions to the audit log in SQL: one SELECT, in memory, over copies, nothing else in reach.

Two tables are made for each question: ``events``, one row a line of the log, and ``redactions``,
one row a replacement of any run, with ``current`` telling whether it is in what stands in staging
now. DuckDB then loses its access to files, extensions and its own settings before the question is
put, and is stopped when the answer takes too long. A file of redactions that is not as the log
recorded it is refused, not read.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from deid.audit.event import Event, EventType
from deid.audit.reading import read
from deid.errors import AuditError
from deid.files import sha256_file

_REDACTIONS = "audit/redactions/"
_GONE = frozenset({EventType.TRANSCRIPT_WITHHELD, EventType.TRANSCRIPT_REMOVED})
_LIMITS: dict[str, str | bool | int | float | list[str]] = {
    "threads": "2",
    "memory_limit": "1GB",
    "temp_directory": "",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


def _texts(*names: str) -> dict[str, pa.DataType]:
    return dict.fromkeys(names, pa.string())


_EVENTS = pa.schema(
    {"seq": pa.int64(), "time": pa.timestamp("us")}
    | _texts("type", "actor", "run_id", "subject", "facts", "files", "prev", "hash")
)
_WRITTEN = pa.schema(
    _texts("transcript_id", "part", "entity_type", "pseudonym", "operator")
    | _texts("recogniser", "rule", "original_hmac", "run_id")
    | dict.fromkeys(("turn", "start", "end"), pa.int32())
    | {"score": pa.float64(), "by_person": pa.bool_()}
    | {"event": pa.int64(), "current": pa.bool_()}
)


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A file of redactions as an event recorded it."""

    path: str
    digest: str
    event: int
    run_id: str
    current: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Column names, and rows in the order in which the query gave them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def query(root: Path, sql: str, *, seconds: float) -> Answer:
    """Answer one SELECT over ``events`` and ``redactions``.

    Args:
        root: The workspace, or a folder that holds a copy of its ``audit/``.
        sql: In DuckDB's dialect; ``facts`` and ``files`` are JSON text, times are UTC.
        seconds: How long the answer may take, reading the log not counted.

    Raises:
        AuditError: It is not one SELECT, it fails, it takes longer, or the log or a file of
            redactions does not hold.
    """
    with closing(duckdb.connect(":memory:", config=_LIMITS)) as connection:
        _check_select(connection, sql)
        _fill(connection, root)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            with _stopped_after(connection, seconds):
                found = connection.execute(sql)
                columns = tuple(each[0] for each in found.description or ())
                return Answer(columns, tuple(found.fetchall()))
        except duckdb.InterruptException:
            raise AuditError(
                f"the query was stopped: it took longer than {seconds:g} seconds; narrow it, or "
                "allow more with --seconds"
            ) from None
        except duckdb.Error as error:
            raise AuditError(f"the query failed: {_first_line(error)}") from None


@contextmanager
def _stopped_after(connection: Any, seconds: float) -> Iterator[None]:
    """Interrupt whatever the connection does inside when the time is up."""
    timer = Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _check_select(connection: Any, sql: str) -> None:
    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise AuditError(f"the query is not SQL: {_first_line(error)}") from None
    if [each.type for each in statements] != [duckdb.StatementType.SELECT]:
        raise AuditError("a query is one SELECT and nothing else")


def _fill(connection: Any, root: Path) -> None:
    """Make both tables; what they are made of is closed again before the question is put."""
    events = tuple(read(root / "audit" / "events.jsonl"))
    for name, table in (
        ("events", pa.Table.from_pylist(list(map(_row, events)), schema=_EVENTS)),
        ("redactions", pa.concat_tables([_WRITTEN.empty_table(), *_redactions(root, events)])),
    ):
        connection.register("source", table)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM source")  # noqa: S608 - ours
        connection.unregister("source")


def _row(event: Event) -> dict[str, object]:
    return {
        "seq": event.seq,
        "time": event.at.astimezone(UTC).replace(tzinfo=None),
        "type": event.type.value,
        "actor": event.actor,
        "run_id": event.run_id,
        "subject": event.subject,
        "facts": json.dumps(event.facts),
        "files": json.dumps(event.files),
        "prev": event.prev,
        "hash": event.hash,
    }


def _redactions(root: Path, events: Sequence[Event]) -> Iterator[pa.Table]:
    for each in _recorded(events):
        try:
            if sha256_file(root / each.path) != each.digest:
                raise AuditError(f"{each.path} is not as recorded; run `deid audit verify`")
            table = pq.read_table(root / each.path)
        except (OSError, pa.ArrowException):
            raise AuditError(f"{each.path} cannot be read; run `deid audit verify`") from None
        told = {"run_id": each.run_id, "event": each.event, "current": each.current}
        for name, value in told.items():
            same = pa.repeat(pa.scalar(value, _WRITTEN.field(name).type), table.num_rows)
            table = table.append_column(name, same)
        yield table.select(_WRITTEN.names).cast(_WRITTEN)


def _recorded(events: Sequence[Event]) -> Iterator[_Recorded]:
    """Each file of redactions once, as its latest event recorded it."""
    now: dict[str, str] = {}
    latest: dict[str, Event] = {}
    for event in events:
        if event.type in _GONE:
            now.pop(event.subject, None)
        for path, digest in event.files.items():
            if path.startswith(_REDACTIONS) and digest is not None:
                now[event.subject] = path
                latest[path] = event
    for path, event in latest.items():
        yield _Recorded(
            path=path,
            digest=str(event.files[path]),
            event=event.seq,
            run_id=event.run_id,
            current=now.get(event.subject) == path,
        )


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:300]
