"""A transcript gets so many seconds and no more, in whichever thread it is read.

In a process's main thread an alarm interrupts, which also ends waiting for a slow share. A worker
of a cluster works in another thread, which only Python itself can interrupt, between two steps of
Python; what hangs outside of it (a share that is gone) is ended by whoever runs the cluster.
"""

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

from deid.errors import Reason, WithheldError


class _TooLateError(Exception):
    """Raised in the middle of whatever the thread was doing."""


def deadline(seconds: float) -> AbstractContextManager[None]:
    """Interrupt this thread's work after some seconds.

    A library that takes the interruption for a fault of its own, or swallows it, changes nothing.

    Raises:
        WithheldError: TIMED_OUT, at the end of the ``with``.
    """
    if threading.current_thread() is threading.main_thread():
        return _by_alarm(seconds)
    return _by_thread(seconds)


@contextmanager
def _by_alarm(seconds: float) -> Iterator[None]:
    late = threading.Event()

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        late.set()
        raise _TooLateError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except Exception:
        if not late.is_set():
            raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    _refuse(late)


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    late, over, turn = threading.Event(), threading.Event(), threading.Lock()
    thread = threading.get_ident()

    def give_up() -> None:
        with turn:
            if not over.is_set():
                late.set()
                _interrupt(thread, _TooLateError)

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        try:
            yield
        finally:
            timer.cancel()
            with turn:
                over.set()
                _interrupt(thread, None)  # what was asked for and has not come is taken back
    except Exception:  # ours may come as late as while the timer is put away
        if not late.is_set():
            raise
    _refuse(late)


def _interrupt(thread: int, error: type[Exception] | None) -> None:
    """Have Python raise an exception in a thread at its next step; None takes it back."""
    what = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)


def _refuse(late: threading.Event) -> None:
    if late.is_set():
        raise WithheldError(Reason.TIMED_OUT, stage="detect")
