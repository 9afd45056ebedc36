"""deid.audit.query: the log answers in SQL, and a query reaches nothing else."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from deid.audit import AuditLog, EventType
from deid.audit import query as querying
from deid.errors import AuditError
from deid.files import sha256_file
from deid.store import RedactionRow
from deid.store.columns import Table, columns
from deid.store.parquet import table_bytes

query = partial(querying.query, seconds=60.0)
FIRST, SECOND = "t-0123456789abcdef", "t-fedcba9876543210"


def _rows(transcript: str, *turns: int) -> list[RedactionRow]:
    return [
        RedactionRow(
            transcript_id=transcript,
            turn=turn,
            part="text",
            start=0,
            end=10,
            entity_type="PERSON",
            pseudonym="[Nurse 1]",
            operator="pseudonym",
            recogniser="register",
            rule="exact",
            score=0.9,
            by_person=False,
            original_hmac="0" * 64,
        )
        for turn in turns
    ]


@pytest.fixture
def write(log: AuditLog) -> Callable[..., Path]:
    """Record a transcript's redactions as the pipeline does."""

    def written(transcript: str, *turns: int) -> Path:
        root = log.path.parent.parent
        path = root / f"audit/redactions/{transcript}-{len(turns)}.parquet"
        path.write_bytes(table_bytes(_rows(transcript, *turns), Table.REDACTIONS))
        log.append(
            EventType.TRANSCRIPT_WRITTEN,
            actor="deid",
            subject=transcript,
            run_id="20260301T090000Z",
            facts={"words": 100 * len(turns)},
            files={path.relative_to(root).as_posix(): sha256_file(path)},
        )
        return path

    return written


@pytest.fixture
def root(log: AuditLog, write: Callable[..., Path]) -> Path:
    """A log with a transcript written twice, and one written and then withheld."""
    write(FIRST, 1)
    write(FIRST, 1, 2)
    write(SECOND, 5)
    log.append(EventType.TRANSCRIPT_WITHHELD, actor="deid", subject=SECOND)
    return log.path.parent.parent


def test_events_are_asked(root: Path) -> None:
    """Facts are JSON, times are UTC times, names of columns come along."""
    sql = "SELECT seq, time, CAST(facts ->> '$.words' AS INT) AS words FROM events WHERE seq < 3"
    answer = query(root, sql)
    assert answer.columns == ("seq", "time", "words")
    assert [(row[0], row[2]) for row in answer.rows] == [(1, 100), (2, 200)]
    assert all(isinstance(row[1], datetime) for row in answer.rows)


def test_redactions_tell_current_from_historical(root: Path) -> None:
    """All that were ever recorded; current is what the latest event of a transcript wrote."""
    sql = "SELECT transcript_id, turn, event, current FROM redactions ORDER BY event, turn"
    assert query(root, sql).rows == (
        (FIRST, 1, 1, False),
        (FIRST, 1, 2, True),
        (FIRST, 2, 2, True),
        (SECOND, 5, 3, False),
    )


def test_every_column_of_the_redactions_is_there(root: Path) -> None:
    """None that the pipeline writes is forgotten here."""
    there = set(query(root, "SELECT * FROM redactions").columns)
    assert there == {c.name for c in columns(Table.REDACTIONS)} | {"run_id", "event", "current"}


def test_a_log_without_redactions_answers(log: AuditLog) -> None:
    """Both tables are there from the first event on."""
    log.append(EventType.WORKSPACE_CREATED, actor="deid", subject="workspace")
    root = log.path.parent.parent
    assert query(root, "SELECT count(*) FROM redactions").rows == ((0,),)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO events SELECT * FROM events",
        "DELETE FROM events",
        "CREATE TABLE t AS SELECT 1",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE events",
        "COPY events TO 'out.csv'",
        "ATTACH 'other.db'",
        "SET threads = 8",
        "INSTALL httpfs",
        "EXPORT DATABASE 'x'",
        "",
        "not sql",
    ],
)
def test_only_one_select_is_answered(root: Path, sql: str) -> None:
    """Whatever else is refused before anything is read."""
    with pytest.raises(AuditError, match="query is"):
        query(root, sql)


@pytest.mark.parametrize(
    "source",
    [
        "read_csv('{0}')",
        "read_text('{0}')",
        "read_blob('{0}')",
        "read_parquet('{0}')",
        "'{0}'",
        "glob('/*')",
        "secret",
        "root",
        "query('SELECT * FROM read_text(''{0}'')')",
    ],
)
def test_files_and_variables_are_out_of_reach(root: Path, tmp_path: Path, source: str) -> None:
    """No function reads a file, and no name reaches into this program."""
    canary = tmp_path / "canary.csv"
    canary.write_text("Zebedee\n")
    secret = pq.read_table(root / f"audit/redactions/{FIRST}-1.parquet")  # a scan would find it
    assert secret.num_rows
    with pytest.raises(AuditError, match="query failed") as raised:
        query(root, f"FROM {source.format(canary)}")
    assert "Zebedee" not in str(raised.value)


def test_settings_stay_as_they_are(root: Path) -> None:
    """Limits hold while the question is answered, and nothing spills to a disk."""
    names = ("threads", "temp_directory", "enable_external_access", "lock_configuration")
    sql = "SELECT " + ", ".join(f"current_setting('{name}')" for name in names)
    assert query(root, sql).rows == ((2, "", False, True),)


def test_an_altered_file_or_log_is_not_asked(root: Path, write: Callable[..., Path]) -> None:
    """What no longer holds gives no answer."""
    path = write(FIRST, 1, 2, 3)
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(AuditError, match="not as recorded"):
        query(root, "SELECT 1")
    path.unlink()
    with pytest.raises(AuditError, match="cannot be read"):
        query(root, "SELECT 1")
    events = root / "audit/events.jsonl"
    events.write_text(events.read_text().replace('"seq":1,', '"seq":9,'))
    with pytest.raises(AuditError, match="line 1 "):
        query(root, "SELECT 1")


def test_a_query_without_an_end_is_stopped(root: Path) -> None:
    """The error says why and what to do; the next question is answered."""
    endless = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range < b.range"
    with pytest.raises(AuditError, match=r"longer than 0\.2 seconds; narrow it.*--seconds"):
        query(root, endless, seconds=0.2)
    assert query(root, "SELECT count(*) FROM events").rows


def test_an_answer_without_an_end_is_stopped(root: Path) -> None:
    """Rows without number, too: by the time or by the memory, and never by the machine."""
    with pytest.raises(AuditError, match=r"stopped|failed"):
        query(root, "SELECT * FROM range(10000000) a, range(10000000) b", seconds=0.2)
