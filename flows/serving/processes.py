"""Processes below this one, so that none is left behind.

Linux hands a process whose parent has died to the nearest ancestor that asked for such orphans;
the supervisor asks. A run that has lost its worker therefore goes on, is still a descendant, and
ends with the service.
"""

import ctypes
import os
import signal
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_STEP_SECONDS = 0.1


def adopt_orphans() -> None:
    """Have descendants whose parent dies become children of this process."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def bury(*, except_for: Collection[int]) -> None:
    """Take note of adopted children that have ended, so that none stays as a zombie."""
    for pid in list(_children(os.getpid())):
        if pid not in except_for:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def end_descendants(*, except_for: Collection[int], seconds: float) -> None:
    """Ask everything below this process to end, then end it; children named are left alone."""
    for sent, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, seconds)):
        until = time.monotonic() + patience
        asked: set[int] = set()
        while left := set(_below(os.getpid(), except_for)):
            if time.monotonic() > until:
                break
            for pid in left - asked:
                with suppress(ProcessLookupError):
                    os.kill(pid, sent)
            asked |= left
            bury(except_for=except_for)
            time.sleep(_STEP_SECONDS)


def _below(pid: int, except_for: Collection[int]) -> Iterator[int]:
    for child in _children(pid):
        if child not in except_for:
            yield child
            yield from _below(child, except_for)


def _children(pid: int) -> Iterator[int]:
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            yield from map(int, thread.read_text().split())
