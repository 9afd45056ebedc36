"""Redactions with filters: what was removed from which transcript, by which rule.

Read from the files that the log names, when they are as it recorded them. Without a transcript, a
run or a day to look in, the last run that wrote anything is shown, since a study's redactions are
many.
"""

from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq
from starlette.datastructures import URL
from starlette.responses import Response

from deid.audit import Event, EventType, read, read_back
from deid.errors import AuditError
from deid.files import sha256_file
from deid.review import rendering
from deid.review.desk import Desk
from deid.review.figures import page_number
from deid.review.pages.audit import day_in
from deid.review.taking import taken_away
from deid.review.visit import Visit
from deid.store import Table, columns
from deid.transcript import EntityType

ROWS = 200
_MOST = 100_000
_PREFIX = "audit/redactions/"
COLUMNS = tuple(each.name for each in columns(Table.REDACTIONS) if each.travels)
_FILTERS = ("since", "until", "transcript", "run", "type", "recogniser", "rule", "decided")


def show(desk: Desk, visit: Visit) -> Response:
    """A page of redactions, or all that match as a file."""
    asked = {key: visit.query.get(key, "").strip() for key in _FILTERS}
    asked |= {key: str(day_in(asked[key]) or "") for key in ("since", "until")}
    if not any(asked[key] for key in ("since", "until", "transcript", "run")):
        asked["run"] = _last_run(desk)
    matching = [row for row in _rows(desk, asked) if _matches(row, asked)][:_MOST]
    if visit.query.get("as"):
        return taken_away(matching, COLUMNS, visit.query["as"], name="redactions")
    page = page_number(visit.query.get("page", ""))
    told = {key: value for key, value in asked.items() if value}
    return rendering.page(
        "audit_redactions.html",
        visit,
        rows=matching[(page - 1) * ROWS : page * ROWS],
        columns=COLUMNS,
        total=len(matching),
        number=page,
        size=ROWS,
        asked=asked,
        types=list(EntityType),
        address=f"{URL('/audit/redactions').include_query_params(**told)}{'&' if told else '?'}",
    )


def _last_run(desk: Desk) -> str:
    written = read_back(desk.workspace.events, types=(EventType.TRANSCRIPT_WRITTEN,))
    return next((event.run_id for event in written), "")


def _rows(desk: Desk, asked: dict[str, str]) -> Iterator[dict[str, Any]]:
    for path, digest in _files(desk, asked):
        file = desk.root / path
        if not file.is_file() or sha256_file(file) != digest:
            raise AuditError(f"{path} is not as recorded; verify the log")
        yield from pq.read_table(file, columns=list(COLUMNS)).to_pylist()


def _files(desk: Desk, asked: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The last redactions of each transcript among the events asked for."""
    latest: dict[str, Event] = {}
    for event in read(
        desk.workspace.events,
        transcript=asked["transcript"] or None,
        run=asked["run"] or None,
        types=(EventType.TRANSCRIPT_WRITTEN,),
        since=day_in(asked["since"]),
        until=day_in(asked["until"]),
        skim=True,
    ):
        latest[event.subject] = event
    for event in latest.values():
        for path, digest in event.files.items():
            if path.startswith(_PREFIX) and digest:
                yield path, digest


def _matches(row: dict[str, Any], asked: dict[str, str]) -> bool:
    return (
        asked["type"] in {"", row["entity_type"]}
        and asked["recogniser"] in {"", row["recogniser"]}
        and asked["rule"] in {"", row["rule"]}
        and (asked["decided"] == "" or row["by_person"] == (asked["decided"] == "person"))
    )
