"""A run from the terminal while the service runs: it joins it.

Two servers on one database would get in each other's way, and the officer would look for the run
in vain.
"""

import os
import time
from pathlib import Path
from urllib.parse import urlsplit

from deid.errors import BusyError
from flows.serving import leash
from flows.serving.environment import CLIENT
from flows.serving.health import answers
from flows.serving.password import credential
from flows.serving.place import LEASH

_START_SECONDS, _STEP_SECONDS = 60.0, 0.5


def join_service(root: Path) -> bool:
    """Have Prefect use the service of this workspace, if one runs; whether one does.

    Raises:
        BusyError: One runs and does not answer.
        StudyKeyError: Its password cannot be read.
    """
    address = leash.holder(root / LEASH)
    if address is None:
        return False
    parts = urlsplit(address)
    until = time.monotonic() + _START_SECONDS
    while not answers(parts.hostname or "", parts.port or 0):
        if time.monotonic() > until:
            raise BusyError("`deid serve` runs on this workspace and does not answer: see its log")
        time.sleep(_STEP_SECONDS)
    os.environ |= CLIENT | {
        "PREFECT_API_URL": f"{address}/api",
        "PREFECT_API_AUTH_STRING": credential(root / "keys"),
    }
    return True
