"""Why a part ended, in words that somebody who is not an engineer can act on.

Nothing of a part's output is repeated: it is only searched for phrases that are known.
"""

import signal
from collections.abc import Mapping

KNOWN: Mapping[str, str] = {
    "address already in use": "its port is taken by another program: change serve.port",
    "No space left on device": "the disk is full: make room on the workspace's disk",
    "database disk image is malformed": "Prefect's database is damaged: stop the service, move "
    "prefect/ aside and start again (only the history of runs is lost)",
    "file is not a database": "Prefect's database is damaged: stop the service, move "
    "prefect/ aside and start again (only the history of runs is lost)",
    "Can't locate revision": "Prefect's database was written by a newer version: use that one, or "
    "move prefect/ aside",
    "Permission denied": "a file of the workspace may not be read or written: see its owner",
    "401 Unauthorized": "the password changed while it ran: restart the whole service",
    "MemoryError": "there was not enough memory",
    "ModuleNotFoundError": "the installation is incomplete: install it again",
}
"""A phrase of a part's output, and what it means for whoever looks after the service."""

MISSED = "missed while the service was off; one run makes up for all that were missed"
"""The message of a night that did not take place."""

REFUSED = "Refused"
"""The name of a run's state where it was not begun."""

_SIGNALS = {
    signal.SIGKILL: "it was killed (by hand, or by the system for want of memory)",
    signal.SIGTERM: "it was asked to stop from outside the service",
    signal.SIGSEGV: "it broke down (segmentation fault)",
}


def why(code: int, said: str) -> str:
    """Why a part with this exit code and this last output ended."""
    for phrase, meaning in KNOWN.items():
        if phrase in said and code > 0:
            return meaning
    if code < 0:
        return _SIGNALS.get(signal.Signals(-code), f"it was ended by signal {-code}")
    return f"it ended with exit code {code}"
