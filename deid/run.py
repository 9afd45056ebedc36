"""One run over a workspace: what is due, what became of it, and the record of both.

Everything an orchestrator needs and nothing of one: ``flows/`` calls :meth:`Run.batches` and
:meth:`Run.take`, and would do the same without Prefect. The run holds the workspace's lock and
the only writing connection to the vault.
"""

import os
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from deid import __version__, store
from deid.audit import AuditLog, Configured, Event, EventType
from deid.detect.engine import Detector
from deid.detect.ner import model_identity
from deid.errors import DeidError, InputError, Reason, WithheldError
from deid.items import Item
from deid.leaks import kept_phrases
from deid.lists import lists_digest
from deid.pipeline import Context, Prepared, fingerprint_of, finish
from deid.plan import Plan, Rerun, plan
from deid.recording import ACTOR, Records, unfinished
from deid.site import Site
from deid.summary import Summary
from deid.touching import carry_over
from deid.vault import Vault
from deid.worker import Outcome, Task, seal_order, unseal_outcomes

_WORDS_PER_BYTE = 1 / 6
_LONGEST_BATCH = 50
_SINGLE_UP_TO = 1_000


class Run:
    """An open run; made by :func:`open_run`."""

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
        self._run_id, self._site, self._vault = run_id, site, vault
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
        self.summary = Summary(run_id, unchanged=due.unchanged, still_withheld=due.still_withheld)

    @property
    def due(self) -> int:
        """How many transcripts this run does."""
        return len(self._due.todo)

    def batches(self) -> Iterator[tuple[Item, ...]]:
        """What is due, in order: one transcript a task, batches where there are many.

        A task costs the server about 28 ms and is one line of the run's page, so up to a thousand
        are their own; beyond, a batch has about ``execution.batch_words`` words.
        """
        told = self._site.settings.programme.execution
        most = 1 if self.due <= _SINGLE_UP_TO else _LONGEST_BATCH
        batch: list[Item] = []
        words = 0.0
        for item in self._due.todo:
            batch.append(item)
            words += item.size * _WORDS_PER_BYTE
            if len(batch) >= most or words >= told.batch_words:
                yield tuple(batch)
                batch, words = [], 0.0
        if batch:
            yield tuple(batch)

    @property
    def workers(self) -> int:
        """Processes to use: as configured, else one for each core this process may use."""
        return self._site.settings.programme.execution.workers or len(os.sched_getaffinity(0))

    def order(self, batch: Collection[Item]) -> bytes:
        """A batch sealed for a worker; files already refused are left out."""
        tasks = [Task(item.transcript_id, item.path) for item in batch if item.refused is None]
        return seal_order(tasks, self._site.keys)

    def take(self, batch: Collection[Item], sealed: bytes | None) -> None:
        """Finish a batch: ``sealed`` is the worker's answer, None when the worker is gone."""
        answers = unseal_outcomes(sealed, self._site.keys) if sealed is not None else ()
        by_id = {outcome.transcript_id: outcome for outcome in answers}
        for item in batch:
            self._take_one(item, by_id.get(item.transcript_id))

    def _take_one(self, item: Item, outcome: Outcome | None) -> None:
        try:
            prepared = _prepared(item, outcome)
            written = finish(prepared, item.transcript_id, self._vault, self._context)
        except WithheldError as error:
            self._withhold(item, error)
        except OSError as error:
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

    def _withhold(self, item: Item, error: WithheldError) -> None:
        self._records.withheld(item, error)
        self.summary = self.summary.with_withheld(error.reason)

    def close(self) -> Summary:
        """Record the end of the run under a signed checkpoint; returns the final counts."""
        summary = replace(self.summary, seconds=time.monotonic() - self._began)
        self._log.append(
            EventType.RUN_FINISHED,
            actor=ACTOR,
            run_id=self._run_id,
            subject=self._run_id,
            facts={
                "written": summary.written,
                "unchanged": summary.unchanged,
                "withheld": {reason.value: count for reason, count in summary.withheld.items()},
                "redactions": dict(summary.redactions),
                "words": summary.words,
            },
        )
        head = self._log.checkpoint(actor=ACTOR, run_id=self._run_id)
        self.summary = replace(summary, head=head)
        self.closed = True
        return self.summary


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


@contextmanager
def open_run(
    root: Path,
    config: Path | None = None,
    *,
    run_id: str,
    only: Collection[str] = (),
    rerun: Rerun = Rerun.NEW,
) -> Iterator[Run]:
    """Open a workspace for one run, alone, and say what is due.

    Args:
        root: The workspace.
        config: Folder of deid.yaml and policy.yaml; None for the workspace's own.
        run_id: Stands in every event of the run.
        only: Transcript ids to which the run is limited.
        rerun: What is done again although nothing changed.

    Raises:
        BusyError: another run holds the workspace.
        DeidError: workspace, settings, key, vault, register or audit log cannot be used.
        UsageError: an id in ``only`` is of no transcript.
    """
    site = Site.open(root, config)
    with site.workspace.lock(), Vault.open(site.workspace.vault, site.keys.vault_key) as vault:
        log = AuditLog(site.workspace.events, site.keys)
        log.recover()
        store.sweep(site.workspace.staging, site.workspace.redactions)
        told = versions(site)
        _carry_over(site, told, vault, log, run_id=run_id)
        due = plan(
            site.workspace.inbox,
            vault,
            site.keys,
            study_id=site.settings.programme.study.id,
            fingerprint=fingerprint_of(site, told),
            only=only,
            rerun=rerun,
        )
        ids = {item.transcript_id for item in due.todo}
        context = Context.of(site, told, vault, due=ids)
        run = Run(
            run_id=run_id,
            site=site,
            vault=vault,
            log=log,
            before=unfinished(site.workspace.events),
            context=context,
            due=due,
        )
        log.append(
            EventType.RUN_STARTED,
            actor=ACTOR,
            run_id=run_id,
            subject=run_id,
            facts=_told(site, context) | {"due": run.due, "unchanged": due.unchanged},
        )
        yield run


def _carry_over(
    site: Site, told: Mapping[str, str], vault: Vault, log: AuditLog, *, run_id: str
) -> None:
    """Leave alone what another register than the last run's does not touch."""

    def fingerprint(register_digest: str) -> str:
        return fingerprint_of(site, {**told, "register_digest": register_digest})

    carry_over(
        site.workspace,
        vault,
        log,
        register=site.register,
        fingerprint=fingerprint,
        limits=site.limits,
        run_id=run_id,
        is_common=Detector.is_common,
        kept=kept_phrases(),
    )


def versions(site: Site) -> Mapping[str, str]:
    """What an output depends on besides its file: the columns of the transcripts table."""
    name, version, digest = model_identity(site.settings.programme.model.name)
    return {
        "code_version": __version__,
        "model_name": name,
        "model_version": version,
        "model_digest": digest,
        "policy_digest": site.settings.policy_digest,
        "config_digest": site.settings.detection_digest,
        "register_digest": site.register.digest,
        "lists_digest": lists_digest(),
    }


def _told(site: Site, context: Context) -> dict[str, object]:
    study = site.settings.programme.study
    return {
        "versions": {name: Configured(each) for name, each in context.versions.items()},
        "study": {
            "id": Configured(study.id),
            "title": Configured(study.title),
            "iras_id": Configured(study.iras_id),
            "rec_reference": Configured(study.rec_reference),
            "sponsor": Configured(study.sponsor),
            "sites": [Configured(name) for name in study.sites],
            "participant_groups": [Configured(name) for name in study.participant_groups],
            "approved_recipients": [Configured(name) for name in study.approved_recipients],
            "approved_from": Configured(study.approved_from.isoformat()),
            "approved_until": Configured(study.approved_until.isoformat()),
        },
    }
