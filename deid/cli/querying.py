"""``deid audit query``: the log answers in SQL."""

from typing import Annotated

import typer

from deid.cli.options import DEFAULT_WORKSPACE, Format, WorkspaceOption, show_rows
from deid.workspace import Workspace

_SECONDS = 60.0


def ask(
    sql: Annotated[str, typer.Argument(metavar="SELECT", help="One SELECT, in DuckDB's dialect.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, help="How long the answer may take.")
    ] = _SECONDS,
    how: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> None:
    """Ask the audit log in SQL; it holds counts, ids and digests, never speech.

    Tables: events (seq, time, type, actor, run_id, subject, facts, files, prev, hash; facts and
    files as JSON) and redactions, one row a replacement of any run (transcript_id, turn, part,
    start, "end", entity_type, pseudonym, operator, recogniser, rule, score, by_person,
    original_hmac, run_id, event, and current: whether it is in what stands in staging now).
    Files are out of a query's reach, and nothing can be changed.
    """
    from deid.audit.query import query  # noqa: PLC0415 - loads DuckDB and Arrow

    answer = query(Workspace.open(workspace).root, sql, seconds=seconds)
    rows = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    show_rows(answer.columns, rows, how)
