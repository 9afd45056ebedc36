"""The main flow: raw transcripts of a workspace in, de-identified Parquet and an audit log out.

Whatever Prefect stores (parameters, messages, names, results) is treated as published inside the
trust: parameters are paths, ids and choices; what passes to and from tasks is sealed.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

from prefect import flow, runtime, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from prefect.task_runners import ProcessPoolTaskRunner
from pydantic import Field

from deid.errors import ExitCode
from deid.items import Item
from deid.plan import Rerun
from deid.run import Run, open_run
from deid.summary import Summary
from deid.worker import prepare_sealed, start_process
from flows.coded import FlowError, coded

if TYPE_CHECKING:
    from prefect.futures import PrefectFuture

type Progress = Callable[[Run], None]
type _Batch = tuple[Item, ...]
type _Processes = ProcessPoolTaskRunner
type _Send = Callable[[_Processes, _Batch], PrefectFuture[bytes]]

_progress: ContextVar[Progress | None] = ContextVar("deid_progress", default=None)
_IN_FLIGHT = 2


@contextmanager
def reporting(progress: Progress) -> Iterator[None]:
    """Call ``progress`` at the start of a run and after each batch, in this process."""
    token = _progress.set(progress)
    try:
        yield
    finally:
        _progress.reset(token)


@task(
    name="prepare",
    retries=2,
    retry_delay_seconds=[2, 10],
    persist_result=False,
    cache_policy=NO_CACHE,
    log_prints=False,
)
@coded
def prepare_batch(workspace: Path, config: Path | None, order: bytes) -> bytes:
    """Read and search the transcripts of a sealed order; a file in use is tried again."""
    attempt = runtime.task_run.run_count or 1
    return prepare_sealed(workspace, config, order, last_try=attempt > 2)  # noqa: PLR2004


@flow(
    name="deidentify",
    description="De-identify what is new or changed in a workspace's inbox.",
    persist_result=False,
    log_prints=False,
)
@coded
def deidentify(
    workspace: Path = Path("workspace"),
    config: Path | None = None,
    only: list[Annotated[str, Field(pattern=r"^t-[0-9a-f]{16}$")]] | None = None,
    rerun: Rerun = Rerun.NEW,
) -> State[Summary]:
    """De-identify what is due; ends Failed with counts when anything was withheld.

    Prefect takes the descriptions of its form from here.

    Args:
        workspace: The workspace folder on this machine.
        config: Folder of deid.yaml and policy.yaml; empty for the workspace's own.
        only: Transcript ids such as t-0123456789abcdef; empty for all that are due.
        rerun: What is done again although nothing changed: nothing, withheld or all.
    """
    run_id = str(runtime.flow_run.id or uuid4())
    with open_run(workspace, config, run_id=run_id, only=only or (), rerun=Rerun(rerun)) as run:
        _report(run)
        if run.due:
            _do(run, workspace, config)
        summary = run.close()
    message = f"{summary.sentence()}; audit head {summary.head[:16]}"
    if summary.withheld_now:
        return Failed(message=message)
    return Completed(message=message)


def _do(run: Run, workspace: Path, config: Path | None) -> None:
    """Everything that is due. When a process dies, what was under way is done one by one."""

    def send(runner: _Processes, batch: _Batch) -> "PrefectFuture[bytes]":
        told = {"workspace": workspace, "config": config, "order": run.order(batch)}
        return runner.submit(prepare_batch, told)

    batches = run.batches()
    while suspects := _together(run, batches, send):
        _one_by_one(run, suspects, send)


def _processes(count: int) -> _Processes:
    return ProcessPoolTaskRunner(
        max_workers=count, initializer=start_process, initargs=(os.getpid(),)
    )


def _together(run: Run, batches: Iterator[_Batch], send: _Send) -> list[Item]:
    """Batches go to processes, a few ahead; answers are taken in order, whoever is ready first.

    Returns what was under way when a process died, which ends them all; [] at the end.
    """
    waiting: deque[_Batch] = deque()
    answers: deque[PrefectFuture[bytes]] = deque()
    with _processes(run.workers) as runner:
        try:
            for batch in batches:
                waiting.append(batch)
                answers.append(send(runner, batch))
                if len(waiting) > run.workers * _IN_FLIGHT:
                    _take(run, waiting[0], answers.popleft())
                    waiting.popleft()
            while waiting:
                _take(run, waiting[0], answers.popleft())
                waiting.popleft()
        except BrokenProcessPool:
            return [item for batch in waiting for item in batch]
    return []


def _one_by_one(run: Run, suspects: Iterable[Item], send: _Send) -> None:
    """One transcript at a time, so that the one that ends its process is withheld alone."""
    left = deque(suspects)
    while left:
        with _processes(1) as runner:
            try:
                while left:
                    _take(run, (left[0],), send(runner, (left[0],)))
                    left.popleft()
            except BrokenProcessPool:
                run.take((left.popleft(),), None)
                _report(run)


def _take(run: Run, batch: _Batch, future: "PrefectFuture[bytes]") -> None:
    answer = future.result(raise_on_failure=False)
    if isinstance(answer, FlowError) and answer.exit_code != ExitCode.UNEXPECTED:
        raise answer
    run.take(batch, answer if isinstance(answer, bytes) else None)
    _report(run)


def _report(run: Run) -> None:
    progress = _progress.get()
    if progress:
        progress(run)
