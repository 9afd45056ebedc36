"""What each part of the service is told, all of it through its environment.

Nothing of Prefect's that happens to stand in the environment of whoever starts the service is
passed on, and what a part does not need (the study's key, above all) it does not get.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from deid.keysource import DEFAULT_VARIABLE as STUDY_KEY
from flows.serving import leash
from flows.serving.password import VARIABLE as CREDENTIAL
from flows.serving.place import Place

type Told = Mapping[str, str]

WORKSPACE, CONFIG = "DEID_SERVE_WORKSPACE", "DEID_SERVE_CONFIG"
_DAY = 86_400
_COMMON = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_COLORS": "false",
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_CLI_PROMPT": "false",
    "PYTHONUNBUFFERED": "1",
    "OMP_NUM_THREADS": "1",
}
_LEASES = "prefect.server.concurrency.lease_storage.filesystem"
"""Who holds a deployment's one place. In memory, Prefect's default, a server that is killed takes
it along, and the place is never given back: the run is cancelled, and no other one starts."""
_SERVER = {
    "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",  # V2 has the viewer's browser call out
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_UI_API_URL": "/api",  # the same behind a reverse proxy
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs,orphans",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": _LEASES,
}
HEARTBEAT_SECONDS = 30
CLIENT = {
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
    "PREFECT_WORKER_WEBSERVER_HOST": "127.0.0.1",
    "PREFECT_WORKER_QUERY_SECONDS": "5",
}


def told_place() -> Place:
    """The workspace that this part was told to serve."""
    config = os.environ.get(CONFIG)
    return Place.open(Path(os.environ[WORKSPACE]), Path(config) if config else None)


def of_server(place: Place) -> Told:
    """The environment of Prefect's server: its credential, no key of the study."""
    return (
        _passed(STUDY_KEY)
        | _common(place)
        | _SERVER
        | {
            "PREFECT_SERVER_API_HOST": place.serve.host,
            "PREFECT_SERVER_API_PORT": str(place.serve.port),
            "PREFECT_SERVER_API_AUTH_STRING": place.auth,
            "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": ",".join({place.address, place.shown}),
            "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(place.serve.keep_days * _DAY),
        }
    )


def of_client(place: Place) -> Told:
    """The environment of whatever calls the API and runs flows."""
    return _passed() | _common(place) | CLIENT | {"PREFECT_API_AUTH_STRING": place.auth}


def _passed(*without: str) -> dict[str, str]:
    left_out = {CREDENTIAL, *without}
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PREFECT_") and name not in left_out
    }


def _common(place: Place) -> dict[str, str]:
    config = {CONFIG: str(place.config)} if place.config else {}
    return (
        _COMMON
        | config
        | {
            WORKSPACE: str(place.workspace.root),
            leash.VARIABLE: str(place.leash),
            "PREFECT_HOME": str(place.folder),
            "PREFECT_API_URL": f"{place.address}/api",
        }
    )
