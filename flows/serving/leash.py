"""One service a workspace, and no part of it outlives the service.

The supervisor holds a lock on a file of the workspace. Whoever else wants to serve is refused.
Every part waits for the same lock in a thread of its own: the kernel frees it when the supervisor
ends, however it ends, and then the part ends too. A killed parent's pid or a pipe would do for its
children, but a run of a flow is a grandchild, and it is to survive its worker.
"""

import fcntl
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deid.errors import BusyError

VARIABLE = "DEID_SERVE_LEASH"
_PATIENCE_SECONDS = 3.0
_STEP_SECONDS = 0.1


@contextmanager
def held(path: Path, address: str) -> Iterator[None]:
    """Hold the lock; waits a moment for parts of a killed service, which hold it as they end.

    The file holds ``address`` meanwhile, for whoever asks where the service is.

    Raises:
        BusyError: A service holds it already.
    """
    descriptor = _opened(path)
    try:
        until = time.monotonic() + _PATIENCE_SECONDS
        while not _taken(descriptor):
            if time.monotonic() > until:
                raise BusyError(
                    "`deid serve` runs on this workspace already; stop that one first, or look at "
                    "it with `systemctl status deid-serve` or `ps -ef`"
                )
            time.sleep(_STEP_SECONDS)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, address.encode(), 0)
        yield
    finally:
        os.close(descriptor)


def holder(path: Path) -> str | None:
    """The address of the service that runs now; None if none does."""
    if not path.exists():
        return None
    descriptor = _opened(path)
    try:
        return None if _taken(descriptor) else os.pread(descriptor, 1_000, 0).decode()
    finally:
        os.close(descriptor)


def follow() -> None:
    """Have this process end, at once, when the service ends; nothing where there is none."""
    path = os.environ.get(VARIABLE)
    if path:
        threading.Thread(target=_end_with, args=(Path(path),), daemon=True).start()


def _end_with(path: Path) -> None:
    fcntl.flock(_opened(path), fcntl.LOCK_SH)
    os.kill(os.getpid(), signal.SIGKILL)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
