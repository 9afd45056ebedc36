"""The main flow: raw transcripts of a workspace in, de-identified Parquet and an audit log out.

Whatever Prefect stores (parameters, messages, names, results) is treated as published inside the
trust: parameters are paths, ids and choices; what passes to and from tasks is sealed.
"""

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from prefect import flow, runtime, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from deid.errors import ExitCode, UsageError
from deid.inbox import Waiting
from deid.morning import planned_sentence
from deid.run import Run, open_run, preview
from deid.settings import InboxSettings
from deid.site import programme_of
from deid.summary import counted
from deid.worker import prepare_counted
from deid.workspace import Workspace
from flows.artifacts import ProgressWindow, show_morning, show_plan
from flows.coded import FlowError, coded
from flows.engines import Batch, Engine, Runner, engine_of, work_through
from flows.fetching import fetch
from flows.form import RERUNS, Work, understood
from flows.reporting import report, reporting
from flows.states import (
    DRY_RUN,
    NIGHT,
    RERUN,
    WAITING,
    WITHHELD,
    ended,
    forget_parameters,
    is_scheduled,
    mark,
    stated,
)

if TYPE_CHECKING:
    from prefect.futures import PrefectFuture


def _may_pass(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether trying again may help: not with an answer, nor where nothing can be opened."""
    failure = state.data
    return isinstance(failure, FlowError) and failure.exit_code == ExitCode.UNEXPECTED


@task(
    name="prepare",
    task_run_name="{label}",
    retries=2,
    retry_delay_seconds=[2, 10],
    retry_condition_fn=_may_pass,
    persist_result=False,
    cache_policy=NO_CACHE,
    log_prints=False,
)
@coded
def prepare_batch(workspace: Path, config: Path | None, order: bytes, label: str) -> State[bytes]:
    """Read and search the transcripts of a sealed order; a file in use is tried again.

    Args:
        workspace: The workspace.
        config: Folder of the settings; None for the workspace's own.
        order: The sealed order.
        label: Ids and numbers: what the UI calls this task.
    """
    del label
    attempt = runtime.task_run.run_count or 1
    sealed, counts = prepare_counted(workspace, config, order, last_try=attempt > 2)  # noqa: PLR2004
    failed = {reason.value: count for reason, count in counts.items() if reason is not None}
    message = f"{counts.get(None, 0)} read, {sum(failed.values())} withheld"
    if failed:
        return Failed(name="Withheld", message=f"{message} ({counted(failed)})", data=sealed)
    return Completed(message=message, data=sealed)


@flow(
    name="deidentify",
    description="De-identify what is new or changed in a workspace's inbox.",
    persist_result=False,
    log_prints=False,
    validate_parameters=False,  # its complaints repeat what was typed; see flows.form
)
@stated
def deidentify(
    work: Work = Work(),  # noqa: B008 - frozen
    workspace: str = "workspace",
    config: str = "",
) -> State[Any]:
    """De-identify what is due; ends Failed with counts when anything was withheld.

    Prefect takes the descriptions of its form from here.

    Args:
        work: What this run does. Leave everything as it is for what a night does.
        workspace: The workspace folder on the machine that runs this. Leave it as it is.
        config: Folder of deid.yaml and policy.yaml. Leave it empty for the workspace's own.
    """
    asked = _understood(work)
    place, settings = Path(workspace), Path(config) if config else None
    only, rerun = asked.transcripts, RERUNS[asked.what]
    if asked.dry_run:
        mark(DRY_RUN)
        plan = preview(place, settings, only=only, rerun=rerun)
        show_plan(plan)
        return Completed(name="Dry run", message=planned_sentence(plan))
    kind = NIGHT if is_scheduled() else RERUN
    mark(kind)
    run_id = str(runtime.flow_run.id or uuid4())
    told = programme_of(place, settings)
    engine = engine_of(told, place)
    waiting = _fetched(place, told.inbox)
    with (
        reporting(ProgressWindow().show),
        open_run(place, settings, run_id=run_id, only=only, rerun=rerun) as run,
    ):
        run.leave(Waiting.AT_SOURCE, waiting)
        report(run)
        if run.due:
            _do(run, engine, place, settings)
        summary = run.close()
        show_morning(run)
    notable = {WITHHELD: summary.withheld_now, WAITING: summary.waiting}
    mark(kind, tags=[name for name, there in notable.items() if there])
    return ended(run)


def _fetched(place: Path, told: InboxSettings) -> int:
    """Fetch what is new at ``inbox.source``, alone; how many files wait there for the next run."""
    if not told.source:
        return 0
    workspace = Workspace.open(place)
    with workspace.lock():
        done = fetch(told.source, workspace.inbox, settle_seconds=told.settle_seconds)
    return done.waiting


def _understood(work: object) -> Work:
    try:
        return understood(work)
    except UsageError:
        forget_parameters()
        raise


def _do(run: Run, engine: Engine, workspace: Path, config: Path | None) -> None:
    """Everything that is due, sent in sealed orders whose labels are ids and numbers."""
    numbers = count(1)

    def send(runner: Runner, batch: Batch) -> "PrefectFuture[bytes]":
        number = next(numbers)
        alone = len(batch) == 1
        label = batch[0].transcript_id if alone else f"batch {number}, {len(batch)} transcripts"
        told = {"workspace": workspace, "config": config, "order": run.order(batch)}
        answer: PrefectFuture[bytes] = runner.submit(prepare_batch, {**told, "label": label})
        return answer

    work_through(run, engine, send, report)
