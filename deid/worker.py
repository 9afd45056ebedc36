"""The part of a run that any process can do: read raw files and find what is in them.

Orders and outcomes are sealed under the study key, because what passes between processes may be
spilled, stored or logged by whatever carries it. A worker writes nothing.
"""

import os
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from deid.collector import resting
from deid.cores import forbid_core_dumps
from deid.deadline import deadline
from deid.errors import DeidError, InputError, Reason, TransientError, WithheldError
from deid.ingest import inside
from deid.keys import StudyKeys
from deid.pipeline import Annotate, Prepared, detecting, prepare
from deid.site import Site

if TYPE_CHECKING:
    from deid.detect.engine import Detector


@dataclass(frozen=True, slots=True)
class Task:
    """One file to prepare; ``path`` is relative to the inbox."""

    transcript_id: str
    path: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a transcript could not be prepared: the fields of a :class:`WithheldError`."""

    reason: Reason
    stage: str
    turn: int | None
    detail: str

    @classmethod
    def of(cls, error: WithheldError) -> "Failure":
        """The fields of an error."""
        return cls(error.reason, error.stage, error.turn, error.detail)

    def error(self) -> WithheldError:
        """The error again."""
        return WithheldError(self.reason, stage=self.stage, turn=self.turn, detail=self.detail)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one task: a prepared transcript or a failure."""

    transcript_id: str
    prepared: Prepared | None = None
    failure: Failure | None = None


_ORDER = TypeAdapter(tuple[Task, ...])
_OUTCOMES = TypeAdapter(tuple[Outcome, ...])
_one_at_a_time = threading.Lock()  # a cluster's worker may have several threads; a model has none


def seal_order(tasks: Sequence[Task], keys: StudyKeys) -> bytes:
    """Tasks as they may be handed to another process."""
    return keys.seal(_ORDER.dump_json(tuple(tasks)))


def unseal_outcomes(data: bytes, keys: StudyKeys) -> tuple[Outcome, ...]:
    """What a worker answered."""
    return _OUTCOMES.validate_json(keys.unseal(data))


def prepare_sealed(root: Path, config: Path | None, order: bytes, *, last_try: bool) -> bytes:
    """What :func:`prepare_counted` answers, without its counts."""
    return prepare_counted(root, config, order, last_try=last_try)[0]


def prepare_counted(
    root: Path, config: Path | None, order: bytes, *, last_try: bool
) -> tuple[bytes, Mapping[Reason | None, int]]:
    """Prepare every task of a sealed order; the answer is sealed outcomes in the same order.

    A transcript that fails for any reason becomes a failure; the others go on. With the answer
    comes how many failed for which reason; under None stands how many did not.

    Args:
        root: The workspace.
        config: Folder of the settings; None for the workspace's own.
        order: From :func:`seal_order`.
        last_try: Whether a reason that may pass is final.

    Raises:
        DeidError: workspace, key or settings cannot be used at all.
        TransientError: something may pass, and this is not the last try.
    """
    with _one_at_a_time:
        site, detector = _opened(root, config)
        tasks = _ORDER.validate_json(site.keys.unseal(order))
        outcomes = tuple(outcome_of(task, site, detecting(detector)) for task in tasks)
    counts = Counter(each.failure.reason if each.failure else None for each in outcomes)
    if counts[Reason.UNREADABLE] and not last_try:
        told = f"{counts[Reason.UNREADABLE]} of {len(outcomes)} transcripts"
        raise TransientError(f"{told} could not be read yet")
    return site.keys.seal(_OUTCOMES.dump_json(outcomes)), counts


def start_process() -> None:
    """Set a worker process up: no core dumps, no life after the process that asked for it."""
    forbid_core_dumps()
    threading.Thread(target=_follow, daemon=True, name="follow-parent").start()


def _follow() -> None:
    """End this process once its run is gone, which a killed one must not leave behind.

    The run holds the other end of a pipe, however many processes stand between it and this one.
    """
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def load() -> Iterator[None]:
    """Load what reading takes and no workspace has a part in: modules, lists, the shipped model.

    Processes that are forked from this one then have it, once for all of them. It takes seconds,
    and yields before each of its steps.
    """
    yield
    from deid.detect import engine  # noqa: F401, PLC0415 - not for those who only give orders
    from deid.detect.network import model, ner  # noqa: PLC0415
    from deid.detect.words.gazetteer import lexicon  # noqa: PLC0415
    from deid.ingest import csv_rows, recognised, rtf, subrip, vtt  # noqa: F401, PLC0415 - the light ones

    yield
    lexicon()
    yield
    with suppress(DeidError, OSError):  # a study may name another model, and have that one alone
        ner.load(model.DEFAULT_MODEL)


@cache
def _opened(root: Path, config: Path | None) -> "tuple[Site, Detector]":
    """What a process loads once: keys, settings, register and model."""
    with resting():
        from deid.detect.engine import Detector  # noqa: PLC0415 - not for those who only give orders

    forbid_core_dumps()
    site = Site.open(root, config)
    return site, Detector(site.settings, site.register)


def outcome_of(task: Task, site: Site, annotate: Annotate) -> Outcome:
    """Prepare one transcript; whatever is wrong with it becomes a failure.

    Raises:
        DeidError: The study's key or settings cannot be used at all.
    """
    path = site.workspace.inbox / task.path
    try:
        inside(path, site.workspace.inbox)
        with deadline(site.settings.programme.execution.timeout_seconds):
            prepared = prepare(path, annotate, limits=site.limits)
    except WithheldError as error:
        return _failed(task, error)
    except DeidError:
        raise
    except OSError:
        return _failed(task, InputError(Reason.UNREADABLE))
    except Exception as error:  # noqa: BLE001 - whatever a library throws withholds this one only
        detail = type(error).__name__
        return _failed(task, WithheldError(Reason.DETECTION_FAILED, stage="detect", detail=detail))
    return Outcome(task.transcript_id, prepared=prepared)


def _failed(task: Task, error: WithheldError) -> Outcome:
    return Outcome(task.transcript_id, failure=Failure.of(error))
