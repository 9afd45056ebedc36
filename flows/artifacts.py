"""Windows in the Prefect UI on what a run does: progress while it lasts, a summary for the morning.

Anybody with the UI can change or delete them, so they are never the record, and a run goes on when
one cannot be made. They hold counts, ids, reasons and digests.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)

from deid.advice import FOR_WITHHELD
from deid.faults import note
from deid.items import Item
from deid.morning import Row, planned_rows, rows, why
from deid.ongoing import Run
from deid.plan import Plan
from deid.summary import Summary

MORNING, DRY_RUN, PROGRESS, RELEASE = "morning", "dry-run", "progress", "release"
_MOST_ROWS = 500
_SECONDS_BETWEEN = 3.0


class ProgressWindow:
    """How far a run has got; a change is shown every few seconds at most, the end at once."""

    def __init__(self) -> None:
        self._id: Any = None
        self._shown = 0.0

    def show(self, run: Run) -> None:
        """Tell how far a run is."""
        ended = run.done >= run.due
        if self._id is not None and not ended and time.monotonic() < self._shown + _SECONDS_BETWEEN:
            return
        self._shown = time.monotonic()
        percent = 100.0 * run.done / run.due if run.due else 100.0
        told = f"{run.done:,} of {run.due:,} transcripts, {run.summary.withheld_now:,} withheld"
        _quietly(lambda: self._put(percent, told))

    def _put(self, percent: float, told: str) -> None:
        if self._id is None:
            self._id = create_progress_artifact(percent, key=PROGRESS, description=told)
        else:
            update_progress_artifact(self._id, percent, description=told)


def show_morning(run: Run) -> None:
    """The summary of a finished run."""
    page = "\n".join(morning_page(run))
    told = run.summary.sentence()
    _quietly(lambda: create_markdown_artifact(page, key=MORNING, description=told))


def show_plan(plan: Plan) -> None:
    """What a run would do."""
    page = "\n".join(plan_page(plan))
    told = "What a run would do. Nothing was written."
    _quietly(lambda: create_markdown_artifact(page, key=DRY_RUN, description=told))


def show_release(release_id: str, transcripts: int, head: str) -> None:
    """What was built."""
    cells = (
        ("Release", f"`{release_id}`"),
        ("Transcripts", f"{transcripts:,}"),
        ("Bundle", f"`outbox/{release_id}`"),
        ("Built by", "the service, on two checkers' votes"),
    )
    lines = ["## Release built", *_table(("what", "which"), cells), f"Audit log ends in `{head}`."]
    told = "The bundle of an approved release stands in the outbox."
    _quietly(lambda: create_markdown_artifact("\n".join(lines), key=RELEASE, description=told))


def morning_page(run: Run) -> Iterator[str]:
    """The summary as lines of Markdown."""
    summary = run.summary
    yield f"## {_headline(summary)}"
    yield from _table(("transcripts", "this run"), rows(summary))
    yield from _withheld(run)
    if told := note(run.site.workspace.register):
        yield f"**{told}**"
        yield ""
    if summary.redactions:
        yield "### Replaced, by type"
        counts = sorted(summary.redactions.items(), key=lambda each: (-each[1], each[0]))
        yield from _table(("type", "count"), ((f"`{name}`", f"{n:,}") for name, n in counts))
    if run.review_desk:
        yield f"[Open the review desk]({run.review_desk})"
        yield ""
    yield f"Audit log ends in `{summary.head}`. Keep this digest to find a cut-off log later."


def plan_page(plan: Plan) -> Iterator[str]:
    """A plan as lines of Markdown."""
    yield f"## Dry run: {len(plan.todo):,} would be done"
    yield from _table(("transcripts", "a run now"), planned_rows(plan))
    if plan.todo:
        yield "### Which, and why"
        yield from _table(("transcript", "why"), map(_planned, plan.todo[:_MOST_ROWS]))
        yield from _more(len(plan.todo))


def _headline(summary: Summary) -> str:
    if summary.withheld_now:
        return f"{summary.withheld_now:,} withheld, {summary.written:,} done"
    return f"{summary.written:,} done, nothing withheld"


def _withheld(run: Run) -> Iterator[str]:
    records = run.withheld()
    if not records:
        return
    yield f"### Withheld now: {len(records):,}"
    columns = ("transcript", "reason", "where", "since")
    cells = (
        (
            f"`{each.transcript_id}`",
            each.reason.value,
            each.stage if each.turn is None else f"{each.stage}, turn {each.turn}",
            "this run" if each.run_id == run.summary.run_id else f"{each.at:%Y-%m-%d}",
        )
        for each in records[:_MOST_ROWS]
    )
    yield from _table(columns, cells)
    yield from _more(len(records))
    for reason in sorted({each.reason for each in records}):
        yield f"- **{reason.value}**: {FOR_WITHHELD[reason]}"
    yield ""


def _planned(item: Item) -> Row:
    return f"`{item.transcript_id}`", why(item.why)


def _more(count: int) -> Iterator[str]:
    if count > _MOST_ROWS:
        yield f"… and {count - _MOST_ROWS:,} more."
        yield ""


def _table(columns: tuple[str, ...], cells: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for each in cells:
        yield f"| {' | '.join(each)} |"
    yield ""


def _quietly(show: Callable[[], object]) -> None:
    """A window that cannot be opened stops nobody's work."""
    with suppress(Exception):
        show()
