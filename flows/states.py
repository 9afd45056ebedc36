"""How runs are named, tagged and ended in Prefect: in plain words, never with a traceback."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.states import Completed, Failed

from deid.errors import ExitCode
from deid.ongoing import Run
from flows.coded import FlowError, coded
from flows.reporting import report_failure
from flows.serving.words import REFUSED

NIGHT, RERUN, DRY_RUN, BUILD = "night", "rerun", "dry-run", "build"
WITHHELD, WAITING = "withheld", "waiting"
_REFUSALS = frozenset(
    {ExitCode.USAGE, ExitCode.BUSY, ExitCode.SETTINGS, ExitCode.WORKSPACE, ExitCode.REGISTER}
    | {ExitCode.RELEASE, ExitCode.BUNDLE, ExitCode.ACCOUNT}
)
"""What ends a run before it changed anything."""


def stated[**P](function: Callable[P, State[Any]]) -> Callable[P, State[Any]]:
    """The function with every exception turned into a final state that says what to do.

    An exception that leaves a flow would be logged with its traceback and pickled into storage.
    """
    inner = coded(function)

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> State[Any]:
        try:
            return inner(*args, **kwargs)
        except FlowError as error:
            failure = FlowError(error.message, error.exit_code)
        report_failure(failure)
        name = REFUSED if failure.exit_code in _REFUSALS else "Stopped"
        return Failed(name=name, message=failure.message)

    return wrapper


def ended(run: Run) -> State[Any]:
    """The final state of a run that did all that it was to do."""
    summary = run.summary
    message = f"{summary.sentence()}; audit head {summary.head[:16]}"
    if summary.withheld_now:
        return Failed(name="Withheld", message=message)
    return Completed(message=message)


def mark(kind: str, *, tags: Iterable[str] = ()) -> None:
    """Name this run after its kind and its day, and add to its tags.

    A kind is one of the words above; nothing that a person typed may come here.
    """
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    began = (context.flow_run.expected_start_time or datetime.now(UTC)).astimezone()
    told = {*context.flow_run.tags, kind, *tags}
    context.flow_run.tags = sorted(told)
    name = f"{kind} {began:%Y-%m-%d %H:%M}"
    with get_client(sync_client=True) as client:
        client.update_flow_run(context.flow_run.id, name=name, tags=sorted(told))


def forget_parameters() -> None:
    """Take what was typed wrongly out of the run's record: it may be a name."""
    context = FlowRunContext.get()
    if context is not None and context.flow_run is not None:
        with get_client(sync_client=True) as client:
            client.update_flow_run(context.flow_run.id, name="refused", parameters={})


def is_scheduled() -> bool:
    """Whether the schedule started this run, not a person."""
    context = FlowRunContext.get()
    return bool(context and context.flow_run and context.flow_run.auto_scheduled)
