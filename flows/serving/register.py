"""Once, when the service starts: what an outage left is tidied, then deployments and automations.

The order matters. Nothing runs yet, since the worker starts after this: every run that Prefect
believes to be running is one that the outage ended, and every run that is late was missed. One run
then makes up for all of them, because a night takes everything that is due.
"""

import json
import sys
from datetime import datetime

from prefect.client.orchestration import SyncPrefectClient, get_client

from deid.errors import SettingsError
from flows.serving.automations import set_automations
from flows.serving.deployments import deploy, ensure_pool
from flows.serving.environment import told_place
from flows.serving.nights import next_night
from flows.serving.outage import catch_up, tidy
from flows.serving.place import Place


def register(place: Place, client: SyncPrefectClient, due: datetime | None) -> dict[str, object]:
    """Bring Prefect's database to what the configuration says; returns what there is to tell."""
    left = tidy(client, place)
    ensure_pool(client)
    night = deploy(place)
    set_automations(client)
    catch_up(client, night, left)
    return {
        "next": f"{due:%A %d %B %Y %H:%M %Z}" if due else None,
        "missed": len(left.missed),
        "interrupted": left.cut_off,
    }


def main() -> None:
    """Register, and tell the supervisor in one line of JSON."""
    place = told_place()
    try:
        due = next_night(place.schedule)
    except SettingsError as error:
        sys.stdout.write(json.dumps({"refused": str(error)}) + "\n")
        sys.exit(error.exit_code)
    with get_client(sync_client=True) as client:
        told = register(place, client, due)
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
