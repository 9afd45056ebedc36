"""What there is to tell of runs: pure functions from what Prefect knows to counts in words.

Of a run's message only the counts are taken, by their form; the rest of it is left where it is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flows.serving.words import MISSED, REFUSED

type Run = Mapping[str, Any]

_COUNTS = re.compile(r"\d+ written, \d+ unchanged, \d+ withheld(?: \((?:[a-z-]+ \d+(?:, )?)+\))?")
_LIVE = frozenset({"RUNNING", "PENDING", "CANCELLING"})


@dataclass(frozen=True)
class Notice:
    """One thing to tell; ``key`` keeps it from being told twice."""

    key: str
    text: str


def notices(runs: Iterable[Run], *, now: datetime, after: timedelta) -> list[Notice]:
    """What is to be told of these runs of the night, oldest first."""
    seen = sorted(runs, key=lambda run: str(run["expected_start_time"]))
    live = any(run["state_type"] in _LIVE for run in seen)
    found = []
    for run in seen:
        text = _of_ended(run) or ("" if live else _of_waiting(run, now=now, after=after))
        if text:
            found.append(Notice(f"{run['id']} {run['state_type']}", text))
    return found


def _of_ended(run: Run) -> str:
    message = str((run.get("state") or {}).get("message") or "")
    at = _at(run)
    match run["state_type"]:
        case "FAILED":
            if run["state_name"] == REFUSED:  # whoever started one by hand was told at once
                return f"{at}: the night was refused" if run["auto_scheduled"] else ""
            counts = _COUNTS.search(message)
            return f"{at}: {counts[0]}" if counts else f"{at}: the run failed"
        case "CRASHED":
            return f"{at}: the run was cut off"
        case "CANCELLED" if message == MISSED:
            return f"{at}: the night was missed, the service was off; a run makes up for it"
    return ""


def _of_waiting(run: Run, *, now: datetime, after: timedelta) -> str:
    if run["state_type"] != "SCHEDULED" or not run["auto_scheduled"]:
        return ""
    due = datetime.fromisoformat(run["expected_start_time"])
    return f"{_at(run)}: the night has not begun" if now - due > after else ""


def _at(run: Run) -> str:
    at = datetime.fromisoformat(run["start_time"] or run["expected_start_time"])
    return f"{at:%Y-%m-%d %H:%M} UTC"
