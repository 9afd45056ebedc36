"""How a run tells the terminal that started it: in this process, past Prefect and its database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from deid.ongoing import Run
from flows.coded import FlowError

type Progress = Callable[[Run], None]
type Failed = Callable[[FlowError], None]

_progress: ContextVar[tuple[Progress, ...]] = ContextVar("deid_progress", default=())
_failed: ContextVar[tuple[Failed, ...]] = ContextVar("deid_failed", default=())


@contextmanager
def reporting(progress: Progress, failed: Failed | None = None) -> Iterator[None]:
    """Call these as well: ``progress`` at the start and after each batch, ``failed`` at an end."""
    tokens = (
        _progress.set((*_progress.get(), progress)),
        _failed.set((*_failed.get(), failed) if failed else _failed.get()),
    )
    try:
        yield
    finally:
        _progress.reset(tokens[0])
        _failed.reset(tokens[1])


def report(run: Run) -> None:
    """Tell how far a run is."""
    for progress in _progress.get():
        progress(run)


def report_failure(failure: FlowError) -> None:
    """Tell why a run ended without a result."""
    for failed in _failed.get():
        failed(failure)
