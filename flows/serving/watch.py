"""Looks every minute whether somebody should be told, and tells them once.

What was told by which way is kept in ``prefect/told.json``, so that neither a restart nor a mail
server that is away tells anything twice or never; why nobody can be told stands in
``prefect/untold.txt`` until somebody was, and the supervisor says it. A service that is not there
at all cannot say so: whoever needs to know that as well has the trust's monitoring ask the address.
"""

import json
import time
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

from deid.errors import DeidError
from deid.files import write_atomically
from flows.serving.api import Api, ApiError
from flows.serving.environment import told_place
from flows.serving.notices import Notice, notices
from flows.serving.place import Place
from flows.serving.telling import PartlyToldError, TellingError, ways

NIGHT = "night"
_EVERY_SECONDS = 60
_SILENT_LOOKS = 15
_BACK = timedelta(days=3)
_KEPT = 1_000


def main() -> None:
    """Look, tell, wait, for ever."""
    place = told_place()
    api = Api(place.serve.host, place.serve.port, place.auth)
    silent = 0
    while True:
        try:
            found = look(place, api, now=datetime.now(UTC))
            silent = 0
        except (OSError, HTTPException, ApiError):
            silent += 1
            key = f"silent {datetime.now(UTC):%Y-%m-%d}"
            found = [Notice(key, "Prefect's server does not answer")] * (silent >= _SILENT_LOOKS)
        tell_once(place, found)
        time.sleep(_EVERY_SECONDS)


def look(place: Place, api: Api, *, now: datetime) -> list[Notice]:
    """What there is to tell of the last days."""
    since = {"expected_start_time": {"after_": (now - _BACK).isoformat()}}
    runs = api.find(
        "flow_runs", flow_runs=since, deployments={"name": {"any_": [NIGHT]}}, limit=200
    )
    planned = place.schedule.enabled and not any(run["state_type"] == "SCHEDULED" for run in runs)
    after = timedelta(minutes=place.notify.missed_after_minutes)
    unplanned = Notice(f"unplanned {now:%Y-%m-%d}", "Prefect has no night planned")
    return [*notices(runs, now=now, after=after), *[unplanned] * planned]


def tell_once(place: Place, found: Collection[Notice]) -> None:
    """Send by each way what was not sent by it before; note what stands in the way of one."""
    told = _told(place.told)
    failed = []
    for way, send in ways(place.notify).items():
        before = told.get(way, [])
        new = [notice for notice in found if notice.key not in before]
        if not new:
            continue
        subject = f"deid {place.study}: {len(new)} to look at"
        try:
            send(subject, "\n".join([*(notice.text for notice in new), place.shown]))
        except PartlyToldError as error:
            failed.append(str(error))
        except (TellingError, DeidError) as error:
            failed.append(f"{error}; it is tried again every minute")
            continue
        told[way] = [*before, *(notice.key for notice in new)][-_KEPT:]
        write_atomically(place.told, json.dumps(told).encode())
        place.untold.unlink(missing_ok=True)
    if failed:
        write_atomically(place.untold, "; ".join(failed).encode())


def _told(file: Path) -> dict[str, list[str]]:
    try:
        held = json.loads(file.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


if __name__ == "__main__":
    main()
