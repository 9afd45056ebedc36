"""The audit log's reading room: runs, events, redactions, reports; counts, ids and digests only.

What is shown can be taken away as CSV or Parquet, without originals and their keyed digests.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from starlette.datastructures import URL
from starlette.responses import Response

from deid.audit import Event, EventType, read, read_back
from deid.overview import counts
from deid.reporting import Chart, bars, html, over_time, report_of
from deid.review import rendering
from deid.review.desk import Desk
from deid.review.figures import page_number
from deid.review.measures import recall_by_version
from deid.review.taking import taken_away
from deid.review.visit import Visit

ROWS = 100
_LAST_RUNS = 60
_OF_RUNS = (EventType.RUN_STARTED, EventType.RUN_FINISHED)
_EVENT_COLUMNS = ("seq", "at", "type", "actor", "subject", "run_id", "facts")


@dataclass(frozen=True, slots=True)
class Run:
    """One run as the log tells it; the counts are None while it lasts, or when it was killed."""

    run_id: str
    began: Event
    ended: Event | None


def index(desk: Desk, visit: Visit) -> Response:
    """Runs, newest first, what was replaced and withheld, and whether the log was altered."""
    runs = _runs(desk)
    told = counts(desk.vault())
    charts: list[Chart] = [
        bars("Redactions by type, in what stands now", told.redactions),
        over_time("Redactions by day, last runs", _by_day(runs).items()),
        bars("Withheld now, by reason", told.by_reason),
        bars(
            "Direct identifiers caught, % by version, in released bundles", recall_by_version(desk)
        ),
    ]
    return rendering.page(
        "audit.html",
        visit,
        runs=runs,
        charts=[each for each in charts if each.bars],
        verified=desk.verified,
    )


def events(desk: Desk, visit: Visit) -> Response:
    """Events with filters; a page, or all that match as a file."""
    asked = {key: visit.query.get(key, "").strip() for key in _FILTERS}
    chosen = read(
        desk.workspace.events,
        transcript=asked["subject"] or None,
        types=(EventType(asked["type"]),) if asked["type"] in set(EventType) else (),
        run=asked["run"] or None,
        since=day_in(asked["since"]),
        until=day_in(asked["until"]),
        skim=True,
    )
    matching = (each for each in chosen if asked["actor"] in {"", each.actor})
    if visit.query.get("as"):
        rows = [{name: _cell(each, name) for name in _EVENT_COLUMNS} for each in matching]
        return taken_away(rows, _EVENT_COLUMNS, visit.query["as"], name="events")
    number = page_number(visit.query.get("page", ""))
    first = (number - 1) * ROWS
    shown = list(islice(matching, first, first + ROWS + 1))
    return rendering.page(
        "audit_events.html",
        visit,
        events=shown[:ROWS],
        asked=asked,
        types=list(EventType),
        number=number,
        more=len(shown) > ROWS,
        address=_address("/audit/events", asked),
    )


def report(desk: Desk, visit: Visit) -> Response:
    """What a run, a release or a transcript was: on the page, to print, or as a file."""
    site = desk.site()
    made = report_of(
        desk.root,
        visit.path["what"],
        study=site.settings.programme.study.id,
        public_key=site.keys.public_key,
    )
    if visit.query.get("as") == "html":
        headers = {"content-disposition": f'attachment; filename="{made.id}.html"'}
        return Response(html(made), media_type="text/html", headers=headers)
    return rendering.page("audit_report.html", visit, report=made)


_FILTERS = ("since", "until", "type", "actor", "subject", "run")


def _runs(desk: Desk) -> list[Run]:
    """The last runs, newest first; read from the log's end, so that its length does not matter."""
    found: list[Run] = []
    ended: dict[str, Event] = {}
    for event in read_back(desk.workspace.events, types=_OF_RUNS):
        if event.type is EventType.RUN_FINISHED:
            ended[event.run_id] = event
        else:
            found.append(Run(event.run_id, event, ended.get(event.run_id)))
            if len(found) == _LAST_RUNS:
                break
    return found


def _by_day(runs: list[Run]) -> Mapping[date, int]:
    days: Counter[date] = Counter()
    for run in runs:
        told = run.ended.facts.get("redactions") if run.ended else None
        if run.ended and isinstance(told, dict):
            days[run.ended.at.date()] += sum(n for n in told.values() if isinstance(n, int))
    return days


def day_in(text: str) -> date | None:
    """The day that a filter names; None where it names none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _cell(event: Event, name: str) -> Any:
    value = getattr(event, name)
    return value.isoformat() if name == "at" else value


def _address(path: str, asked: Mapping[str, str]) -> str:
    """A page's address with the filters, to which more can be added."""
    told = {key: value for key, value in asked.items() if value}
    return f"{URL(path).include_query_params(**told)}{'&' if told else '?'}"
