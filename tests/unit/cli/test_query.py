"""``deid audit query``: answers as a table, JSON or CSV."""

import json
from collections.abc import Callable
from typing import Any

from deid.errors import ExitCode

type Shell = Callable[..., Any]


def test_answers_in_every_format(deid: Shell) -> None:
    """The same row, each time with its column's name."""
    sql = "SELECT type, seq FROM events WHERE seq = 1"
    table = deid("audit", "query", sql)
    assert (table.code, "workspace.created" in table.out) == (0, True)
    assert json.loads(deid("audit", "query", sql, "--format", "json").out) == {
        "type": "workspace.created",
        "seq": 1,
    }
    lines = deid("audit", "query", sql, "--format", "csv").out.splitlines()
    assert lines == ["type,seq", "workspace.created,1"]


def test_a_query_that_is_none_is_one_line(deid: Shell) -> None:
    """With the exit code of the audit log."""
    done = deid("audit", "query", "DROP TABLE events")
    assert (done.code, done.out) == (ExitCode.AUDIT, "")
    assert done.err == "deid: a query is one SELECT and nothing else\n"
