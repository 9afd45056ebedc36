"""One Prefect API for one run from the terminal, which ends with that run however it ends.

Left to itself, Prefect starts such an API in every process that uses it, each worker's included,
all of them on one database; and when the run is killed they live on. This one is started once,
listens on the loopback alone, and stops when the pipe to the run that started it breaks. It must
not import Prefect before the settings are in the environment.
"""

import atexit
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deid.collector import resting
from deid.errors import BusyError, DeidError, WorkspaceError
from deid.whereabouts import DISK_FULL, has_room
from flows.serving.health import answers
from flows.serving.joining import join_service

_LOOPBACK = "127.0.0.1"
_ADDRESS = "PREFECT_API_URL"
_START_SECONDS, _STOP_SECONDS = 120, 10
_SILENT_SECONDS, _STEP_SECONDS = 180, 5
GONE = (
    "Prefect's API went away during the run: was the service stopped? What was finished is kept, "
    "and the next run does the rest"
)


class LocalApiError(DeidError):
    """Prefect's API did not start."""


def use_local_api(root: Path) -> Callable[[], None]:
    """Have Prefect use a running API: the one configured, the workspace's service, or one of ours.

    Ours stops when this process exits, after whatever is imported later has sent what it holds.

    Returns:
        Waits until the API answers: while ours starts, there are seconds in which to import
        Prefect. It raises a ``LocalApiError`` when ours does not answer within two minutes.

    Raises:
        LocalApiError: ours did not start.
        WorkspaceError: nor could it, since the disk is full.
        BusyError: a service of the workspace runs and does not answer.
    """
    if os.environ.get(_ADDRESS) or join_service(root):
        return lambda: None
    server = subprocess.Popen(
        [sys.executable, "-m", "flows.local_api"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(_stop, server)
    said = server.stdout.readline().strip() if server.stdout else b""
    if not said.isdigit():
        raise _no_api("start", root)
    os.environ[_ADDRESS] = f"http://{_LOOPBACK}:{int(said)}/api"
    return partial(_wait, int(said), root)


def watch(gone: Callable[[], None]) -> None:
    """Call ``gone`` once the API has not answered for three minutes; a service starts it anew.

    Left to itself, Prefect's client waits for it for as long as it takes.
    """
    parts = urlsplit(os.environ[_ADDRESS])
    told = (parts.hostname or "", parts.port or 0, gone)
    threading.Thread(target=_watch, args=told, daemon=True, name="watch-api").start()


def _watch(host: str, port: int, gone: Callable[[], None]) -> None:
    answered = time.monotonic()
    while time.monotonic() - answered < _SILENT_SECONDS:
        time.sleep(_STEP_SECONDS)
        if answers(host, port):
            answered = time.monotonic()
    gone()


@contextmanager
def unless_gone() -> Iterator[None]:
    """Say that the API went away where that is why Prefect could not go on.

    Raises:
        BusyError: it does not answer any more.
    """
    try:
        yield
    except DeidError:
        raise
    except Exception:
        parts = urlsplit(os.environ.get(_ADDRESS, ""))
        if not parts.port or answers(parts.hostname or "", parts.port):
            raise
    else:
        return
    raise BusyError(GONE)


def _wait(port: int, root: Path) -> None:
    """Wait until the API answers."""
    try:
        connection = HTTPConnection(_LOOPBACK, port, timeout=_START_SECONDS)
        connection.request("GET", "/api/health")
        healthy = connection.getresponse().status == HTTPStatus.OK
        connection.close()
    except (OSError, HTTPException):
        healthy = False
    if not healthy:
        raise _no_api("answer", root)


def _no_api(did_not: str, root: Path) -> DeidError:
    """Why there is no API: most of all because its database has no room."""
    if not has_room(root):
        return WorkspaceError(DISK_FULL)
    return LocalApiError(f"Prefect's API did not {did_not}; see `python -m flows.local_api`")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Close the pipe, which asks the API to stop, and see to it that it does."""
    for pipe in (server.stdin, server.stdout):
        if pipe:
            pipe.close()
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def serve() -> None:
    """Serve the API on a free port, say which, and stop when standard input ends."""
    os.umask(0o077)
    os.environ |= {
        "PREFECT__SERVER_EPHEMERAL": "1",
        "PREFECT__SERVER_FINAL": "1",
        "PREFECT_UI_ENABLED": "0",
        "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "0",  # seconds; no run asks for a kind of block
        "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "0",  # nor are they looked through, then
    }
    import uvicorn  # noqa: PLC0415 - brings nothing that the parent needs

    listening = socket.create_server((_LOOPBACK, 0))
    config = uvicorn.Config(_api, factory=True, log_level="critical", lifespan="on")
    server = uvicorn.Server(config)
    threading.Thread(target=_stop_with_parent, args=(server,), daemon=True).start()
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    server.run(sockets=[listening])


def _api() -> Any:
    """Prefect's own application, which takes seconds to import."""
    with resting():
        from prefect.server.api.server import create_app  # noqa: PLC0415 - the settings stand now

        return create_app()


def _stop_with_parent(server: object) -> None:
    """Wait for the end of standard input; then ask for an orderly end, and shortly force it."""
    sys.stdin.buffer.read()
    server.should_exit = True  # type: ignore[attr-defined] # uvicorn is imported by serve() alone
    threading.Event().wait(_STOP_SECONDS / 3)
    os._exit(0)


if __name__ == "__main__":
    serve()
