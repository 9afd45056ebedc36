"""A run while it lasts: batches go out, answers come in, and each outcome is recorded at once.

It never decides what is due, and it never waits: whoever drives it does.
"""

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from deid import quarantine
from deid.audit import AuditLog, Event, EventType
from deid.decisions import table
from deid.errors import DeidError, InputError, Reason, WithheldError, WorkspaceError
from deid.inbox import Waiting
from deid.items import Item
from deid.pipeline import Context, Prepared, finish
from deid.plan import Plan
from deid.recording import ACTOR, Records
from deid.site import Site
from deid.summary import Summary
from deid.vault import Vault
from deid.whereabouts import is_full
from deid.worker import Outcome, Task, outcome_of, seal_order, unseal_outcomes

_LONGEST_BATCH = 50
_SINGLE_UP_TO = 1_000


def summary_of(run_id: str, due: Plan) -> Summary:
    """The counts of a run that has done nothing yet."""
    return Summary(
        run_id,
        due={why.value: count for why, count in sorted(due.by_reason().items())},
        unchanged=due.unchanged,
        still_withheld=due.still_withheld,
        later=due.later,
        waiting={why.value: count for why, count in sorted(due.waiting.items())},
    )


class Run:
    """An open run; made by :func:`deid.run.open_run`."""

    def __init__(
        self,
        *,
        run_id: str,
        site: Site,
        vault: Vault,
        log: AuditLog,
        before: Mapping[str, Event],
        context: Context,
        due: Plan,
    ) -> None:
        self.site, self._run_id, self._vault = site, run_id, vault
        self._log, self._context, self._due = log, context, due
        self._records = Records(
            run_id=run_id,
            fingerprint=context.fingerprint,
            workspace=site.workspace,
            vault=vault,
            log=log,
            before=before,
        )
        self.done = 0
        self.closed = False
        self._began = time.monotonic()
        self.summary = summary_of(run_id, due)

    @property
    def due(self) -> int:
        """How many transcripts this run does."""
        return len(self._due.todo)

    def leave(self, why: Waiting, count: int) -> None:
        """Files that this run could not look at, and that wait for the next one."""
        for _ in range(count):
            self.summary = self.summary.with_waiting(why)

    @property
    def words_due(self) -> float:
        """About how many words are due."""
        return sum(item.words for item in self._due.todo)

    def batches(self) -> Iterator[tuple[Item, ...]]:
        """What is due, in order: one transcript a task, batches where there are many.

        A task costs the server about 28 ms and is one line of the run's page, so up to a thousand
        are their own; beyond, a batch has about ``execution.batch_words`` words.
        """
        told = self.site.settings.programme.execution
        most = 1 if self.due <= _SINGLE_UP_TO else _LONGEST_BATCH
        batch: list[Item] = []
        words = 0.0
        for item in self._due.todo:
            batch.append(item)
            words += item.words
            if len(batch) >= most or words >= told.batch_words:
                yield tuple(batch)
                batch, words = [], 0.0
        if batch:
            yield tuple(batch)

    def order(self, batch: Collection[Item]) -> bytes:
        """A batch sealed for a worker; files already refused are left out."""
        tasks = [Task(item.transcript_id, item.path) for item in batch if item.refused is None]
        return seal_order(tasks, self.site.keys)

    def take(self, batch: Collection[Item], sealed: bytes | None) -> None:
        """Finish a batch: ``sealed`` is the worker's answer, None when the worker is gone."""
        answers = unseal_outcomes(sealed, self.site.keys) if sealed is not None else ()
        by_id = {outcome.transcript_id: outcome for outcome in answers}
        for item in batch:
            self.take_one(item, by_id.get(item.transcript_id))

    def found_before(self, item: Item) -> Outcome | None:
        """What detection made of these very bytes under these settings; None if it never did."""
        found = table.findings(
            self._vault,
            item.transcript_id,
            content_digest=item.digest,
            fingerprint=self._context.fingerprint,
        )
        if found is None or item.refused is not None:
            return None
        return outcome_of(Task(item.transcript_id, item.path), self.site, lambda _: found)

    def take_one(self, item: Item, outcome: Outcome | None) -> None:
        """Finish one transcript: None when whoever should have answered is gone."""
        try:
            prepared = _prepared(item, outcome)
            written = finish(prepared, item.transcript_id, self._vault, self._context)
        except WithheldError as error:
            self._withhold_or_wait(item, error)
        except OSError as error:
            _stop_if_full(error)
            detail = f"errno {error.errno}"
            self._withhold(item, WithheldError(Reason.WRITE_FAILED, stage="store", detail=detail))
        except DeidError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a library throws withholds this one only
            detail = type(error).__name__
            self._withhold(item, WithheldError(Reason.UNEXPECTED, stage="store", detail=detail))
        else:
            self._records.written(item, prepared, written)
            self.summary = self.summary.with_written(written.words, written.by_type)
        self.done += 1

    def _withhold_or_wait(self, item: Item, error: WithheldError) -> None:
        """A file that moved while it was read is still being copied: it waits, as it was."""
        if error.reason is Reason.CHANGED_WHILE_READ:
            self.summary = self.summary.with_waiting(Waiting.CHANGING)
        else:
            self._withhold(item, error)

    def _withhold(self, item: Item, error: WithheldError) -> None:
        try:
            self._records.withheld(item, error)
        except OSError as failure:
            _stop_if_full(failure)
            raise
        self.summary = self.summary.with_withheld(error.reason)

    @property
    def review_desk(self) -> str:
        """Where the review desk answers, "" where none is configured."""
        return self.site.settings.programme.morning.review_desk

    def withheld(self) -> list[quarantine.Record]:
        """Every transcript that is withheld now, by this run or an earlier one."""
        return quarantine.records(self.site.workspace.quarantine)

    def close(self) -> Summary:
        """Record the end of the run under a signed checkpoint; returns the final counts."""
        summary = replace(self.summary, seconds=time.monotonic() - self._began)
        self._log.append(
            EventType.RUN_FINISHED,
            actor=ACTOR,
            run_id=self._run_id,
            subject=self._run_id,
            facts={
                "todo": dict(summary.due),
                "written": summary.written,
                "unchanged": summary.unchanged,
                "still-withheld": summary.still_withheld,
                "later": summary.later,
                "waiting": dict(summary.waiting),
                "withheld": {reason.value: count for reason, count in summary.withheld.items()},
                "redactions": dict(summary.redactions),
                "words": summary.words,
            },
        )
        head = self._log.checkpoint(actor=ACTOR, run_id=self._run_id)
        self.summary = replace(summary, head=head)
        self.closed = True
        return self.summary


def _stop_if_full(error: OSError) -> None:
    """End the run where the disk is full: to go on without one would change what comes after it."""
    if is_full(error):
        raise WorkspaceError(
            "the disk of the workspace is full; nothing is half-written. Free some space and run "
            "again: the run goes on where it stopped"
        ) from None


def _prepared(item: Item, outcome: Outcome | None) -> Prepared:
    """What the worker made of an item; raises why there is nothing."""
    if item.refused is not None:
        raise InputError(item.refused)
    if outcome is None:
        raise WithheldError(Reason.WORKER_DIED, stage="detect")
    if outcome.failure is not None:
        raise outcome.failure.error()
    if outcome.prepared is None:
        raise WithheldError(Reason.UNEXPECTED, stage="detect")
    return outcome.prepared
