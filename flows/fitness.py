"""Whether a worker of a cluster can do this work; asked on each of them before a run begins.

What it answers is a version or a word, never a value of its machine.
"""

import os
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from deid import __version__

_TIMEOUT_SECONDS = 10
_OK = 200
_SAME = "install the same wheelhouse there"
_UNFIT: Mapping[object, str] = {
    "workspace": "does not find the workspace under the same path, or may not read it",
    "api": "does not reach Prefect's API: on more than one machine use `deid serve`, with "
    "serve.public_url naming an address that the workers reach",
}


def unfit_for(answer: object) -> str:
    """What is wrong with a worker that answered so, or that could not answer at all."""
    if isinstance(answer, Exception):
        return f"does not have this program: {_SAME}"
    return _UNFIT.get(answer, f"has another version of this program: {_SAME}")


def fitness(workspace: str, api: str) -> str:
    """The version of this program; "workspace" or "api" where that is out of reach.

    Args:
        workspace: Its path.
        api: The address of Prefect's API.
    """
    if not os.access(Path(workspace) / "inbox", os.R_OK | os.X_OK):
        return "workspace"
    return __version__ if _answers(api) else "api"


def _answers(api: str) -> bool:
    """Whether a healthy server is there; who asks is not said, nor needs to be."""
    parts = urlsplit(api)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("GET", f"{parts.path}/health")
        return connection.getresponse().status == _OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
