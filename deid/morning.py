"""What an officer asks in the morning, in the same words in the terminal and in Prefect's window.

Everything comes from the audit log and the quarantine, never from Prefect; it is counts, ids and
reasons, and fit for anybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast

from deid.advice import FOR_WAITING
from deid.audit import Event, EventType, read
from deid.errors import Reason
from deid.inbox import Waiting
from deid.items import Why
from deid.plan import Plan
from deid.summary import Summary, counted

type Row = tuple[str, str]

_WHY: Mapping[Why, str] = {
    Why.NEW: "new",
    Why.CHANGED: "changed",
    Why.TOUCHED: "touched by a changed register, policy, setting or program",
    Why.AGAIN: "tried again",
    Why.ASKED: "asked for",
}


@dataclass(frozen=True, slots=True)
class LastRun:
    """The latest run of the audit log; ``summary`` is None while it lasts or when it was killed."""

    run_id: str
    began: datetime
    ended: datetime | None = None
    summary: Summary | None = None


def last_run(log: Path) -> LastRun | None:
    """The latest run of a log, None before the first.

    Raises:
        AuditError: The log cannot be read.
    """
    found: LastRun | None = None
    types = (EventType.RUN_STARTED, EventType.RUN_FINISHED, EventType.CHECKPOINT)
    for event in read(log, types=types):
        if event.type is EventType.RUN_STARTED:
            found = LastRun(event.run_id, event.at)
        elif found is not None and event.run_id == found.run_id:
            found = _with(found, event)
    return found


def rows(summary: Summary) -> Iterator[Row]:
    """A finished run in rows of two cells."""
    yield "To do", _to_do(summary.due)
    yield "Done", f"{summary.written:,}"
    yield "Withheld", _sum(summary.withheld)
    yield from _left(summary.unchanged, summary.still_withheld, summary.later, summary.waiting)
    yield "Words", f"{summary.words:,}"
    yield "Replaced", f"{sum(summary.redactions.values()):,}"
    if summary.seconds:
        yield "Minutes", f"{summary.seconds / 60:.1f}"


def planned_rows(plan: Plan) -> Iterator[Row]:
    """What a run would do, in rows of two cells."""
    yield "Would be done", _to_do(plan.by_reason())
    yield from _left(plan.unchanged, plan.still_withheld, plan.later, plan.waiting)


def planned_sentence(plan: Plan) -> str:
    """What a run would do, for a state's message."""
    said = f"dry run, nothing was written: {len(plan.todo)} would be done"
    said += f" ({counted(plan.by_reason())})" if plan.todo else ""
    said += f", {plan.unchanged} unchanged"
    said += f", {plan.still_withheld} still withheld" if plan.still_withheld else ""
    said += f"; {sum(plan.waiting.values())} waiting" if plan.waiting else ""
    return said + (f"; {plan.later} more due, not asked for" if plan.later else "")


def why(reason: Why) -> str:
    """Why a transcript is done, in words."""
    return _WHY[reason]


def _left[Name: str](
    unchanged: int, withheld: int, later: int, waiting: Mapping[Name, int]
) -> Iterator[Row]:
    yield "Unchanged", f"{unchanged:,}"
    if withheld:
        yield "Still withheld", f"{withheld:,}"
    if later:
        yield "Due, not asked for", f"{later:,}"
    if waiting:
        told = ", ".join(f"{count} {FOR_WAITING[Waiting(name)]}" for name, count in waiting.items())
        yield "Waiting for the next run", told


def _to_do[Name: str](due: Mapping[Name, int]) -> str:
    told = {_WHY[Why(name)]: count for name, count in due.items()}
    parts = ", ".join(f"{count:,} {name}" for name, count in told.items())
    return f"{sum(told.values()):,}" + (f" ({parts})" if parts else "")


def _sum[Name: str](counts: Mapping[Name, int]) -> str:
    return f"{sum(counts.values()):,}" + (f" ({counted(counts)})" if counts else "")


def _with(run: LastRun, event: Event) -> LastRun:
    """The run as one more of its events tells it."""
    if event.type is EventType.RUN_FINISHED:
        summary = _summary(event, (event.at - run.began).total_seconds())
        return LastRun(run.run_id, run.began, event.at, summary)
    if run.summary is None:
        return run
    return replace(run, summary=replace(run.summary, head=event.hash))


def _summary(event: Event, seconds: float) -> Summary:
    """The counts of a finished run; events of older programs have fewer."""
    facts = event.facts

    def counts(name: str) -> dict[str, int]:
        return cast("dict[str, int]", facts.get(name) or {})

    def count(name: str) -> int:
        return cast("int", facts.get(name) or 0)

    return Summary(
        event.run_id,
        due=counts("todo"),
        written=count("written"),
        unchanged=count("unchanged"),
        still_withheld=count("still-withheld"),
        later=count("later"),
        waiting=counts("waiting"),
        withheld={Reason(name): each for name, each in counts("withheld").items()},
        redactions=counts("redactions"),
        words=count("words"),
        seconds=seconds,
    )
