"""Who reads and searches transcripts: processes of this machine, or a Dask cluster.

An engine takes sealed orders and gives sealed answers; what it cannot do is read either. Answers
are taken in the order in which orders were sent, whoever is ready first, so that nothing in the
output depends on how many there are to do the work, or on who was killed meanwhile.
"""

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Protocol, Self

from prefect.futures import PrefectFuture
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner

from deid.errors import ExitCode
from deid.items import Item
from deid.ongoing import Run
from deid.settings import Engine as Name
from deid.settings import Programme
from deid.worker import start_process
from flows.coded import FlowError

type Batch = tuple[Item, ...]
type Sent = tuple[Batch, PrefectFuture[Any] | None]
type Runner = TaskRunner[Any]
type Send = Callable[[Runner, Batch], PrefectFuture[Any]]
type Report = Callable[[Run], None]

_IN_FLIGHT = 2
_WORDS_OF_A_PROCESS = 10_000_000
"""After about so many words its processes are replaced: some eight minutes' work each."""

_WORDS_OF_A_START = 20_000
"""About what a process reads in the time that another one takes to be ready."""

_LONGEST_FOLDER = 60
"""A socket's path has at most 107 bytes; Python adds some forty to the folder's."""


class Engine(Protocol):
    """Somewhere to send orders."""

    @property
    def died(self) -> type[Exception]:
        """What an answer raises when whoever should have given it is gone."""

    @property
    def words(self) -> int | None:
        """After how many words it is opened anew; None for never."""

    def open(self, words: float) -> AbstractContextManager[Runner]:
        """Take orders of about so many words in all; of none, one order at a time."""

    def at_once(self, runner: Runner) -> int:
        """How many orders are worked on at the same time."""


@dataclass(frozen=True)
class LocalEngine:
    """Processes of this machine, each of which loads the model once.

    ``sparing``: no more of them than are worth their start.
    """

    processes: int
    sparing: bool = True
    died: type[Exception] = BrokenProcessPool

    @property
    def words(self) -> int:
        """Their memory hardly grows, and not for longer than this."""
        return _WORDS_OF_A_PROCESS * self.processes

    def open(self, words: float) -> Runner:
        """A pool whose processes end with this one."""
        worth = 1 + int(words / _WORDS_OF_A_START) if self.sparing or not words else self.processes
        return _Pool(
            max_workers=min(worth, self.processes),
            initializer=start_process,
        )

    def at_once(self, runner: Runner) -> int:
        """As many as there are processes."""
        del runner
        return self.processes


class _Pool(ProcessPoolTaskRunner):
    """Prefect's, which starts each process from nothing, and could keep this one from ending.

    Ours are forked from one that has loaded everything (:mod:`flows.loaded`): a process that has
    to be replaced costs next to nothing, and all of them share the memory of lists and model.

    They report through a queue with a lock that they share with this process. One that is killed
    while it holds that lock holds it for ever, and at its end this process would wait for the
    queue: a run that is done would never end, and no night would follow.
    """

    def __enter__(self) -> Self:
        """As the original, with another way of starting processes; none has been started yet."""
        super().__enter__()
        if self._executor is not None:
            self._executor._mp_context = _forking()  # noqa: SLF001 - it has no other way
        return self

    def __exit__(self, *told: object) -> None:
        """As the original, without waiting for the queue at the end of this process."""
        if self._subprocess_message_queue is not None:
            self._subprocess_message_queue.cancel_join_thread()
        super().__exit__(*told)


def _forking() -> BaseContext:
    """Starts processes by forking one that has loaded what they need.

    It is asked through a socket in the folder of temporary files, whose path has a longest length.
    """
    if len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER:
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["flows.loaded"])
    return context


def engine_of(told: Programme, workspace: Path) -> Engine:
    """The engine that is configured, once it is known to be of use.

    Raises:
        FlowError: the cluster does not answer, has no worker or one that cannot do this work, or
            Dask is not installed.
    """
    if told.execution.engine is Name.DASK:
        from flows.cluster import DaskEngine  # noqa: PLC0415 - an extra that need not be there

        return DaskEngine.of(told, workspace)
    workers = told.execution.workers
    return LocalEngine(workers or _cores(), sparing=not workers)


def _cores() -> int:
    """How many cores this process may use, as far as the system tells."""
    may_use = getattr(os, "sched_getaffinity", None)  # Linux has it
    return len(may_use(0)) if may_use else os.cpu_count() or 1


def work_through(run: Run, engine: Engine, send: Send, report: Report) -> None:
    """Everything that is due. Whoever ends its process is withheld, alone."""
    batches = run.batches()
    words = run.words_due
    for first in batches:  # again after each life, until none is left
        life = _one_life(chain((first,), batches), engine.words)
        with engine.open(words) as runner:
            ahead = engine.at_once(runner) * _IN_FLIGHT
            sent = _sent(life, partial(send, runner), ahead, engine.died)
            for batch, answer in sent:
                if answer is None or not _taken(run, engine, batch, answer, report):
                    _one_by_one(run, engine, chain(((batch, None),), sent), send, report)


def _one_life(batches: Iterator[Batch], most: int | None) -> Iterator[Batch]:
    """As many batches as an engine does before it is opened anew."""
    words = 0.0
    for batch in batches:
        yield batch
        words += sum(item.words for item in batch)
        if most is not None and words >= most:
            return


def _sent(
    batches: Iterator[Batch],
    send: Callable[[Batch], PrefectFuture[Any]],
    ahead: int,
    died: type[Exception],
) -> Iterator[Sent]:
    """Each batch with its answer to come, a few sent ahead; None when nobody is left to take it."""
    under_way: deque[Sent] = deque()
    for batch in batches:
        try:
            under_way.append((batch, send(batch)))
        except died:
            under_way.append((batch, None))
            break
        if len(under_way) > ahead:
            yield under_way.popleft()
    yield from under_way


def _one_by_one(run: Run, engine: Engine, sent: Iterator[Sent], send: Send, report: Report) -> None:
    """What was sent and has no answer, one transcript at a time and all in order.

    So the one that ends its process is withheld alone, and each end costs one more process.
    """
    left = (
        item
        for batch, answer in sent
        if answer is None or not _taken(run, engine, batch, answer, report)
        for item in batch
    )
    item = next(left, None)
    while item:
        with engine.open(words=0) as runner:
            alive = True
            while item and alive:
                alive = _taken(run, engine, (item,), send(runner, (item,)), report)
                if not alive:
                    run.take((item,), None)
                    report(run)
                item = next(left, None)


def _taken(
    run: Run, engine: Engine, batch: Batch, future: PrefectFuture[Any], report: Report
) -> bool:
    """Wait for an answer and finish its batch; False when whoever should have answered is gone."""
    try:
        answer = future.result(raise_on_failure=False)
    except engine.died:
        return False
    if isinstance(answer, FlowError) and answer.exit_code != ExitCode.UNEXPECTED:
        raise answer
    run.take(batch, answer if isinstance(answer, bytes) else None)
    report(run)
    return True
