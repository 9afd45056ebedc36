"""One run over a workspace: what is due, what became of it, and the record of both.

Everything an orchestrator needs and nothing of one: ``flows/`` calls :meth:`Run.batches` and
:meth:`Run.take`, and would do the same without Prefect. The run holds the workspace's lock and
the only writing connection to the vault. A preview holds neither and writes nothing.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deid import __version__, store
from deid.audit import AuditLog, Configured, EventType
from deid.detect.network.model import model_identity
from deid.detect.words.gazetteer import is_common
from deid.leaks import kept_phrases
from deid.lists import lists_digest
from deid.ongoing import Run
from deid.pipeline import Context, fingerprint_of
from deid.plan import Plan, Rerun, check_ids, plan
from deid.recording import ACTOR, unfinished
from deid.release.settling import settle
from deid.reused import refuse_reused
from deid.site import Site
from deid.touching import Change, carry_over, change_of
from deid.vault import Vault

__all__ = ["Run", "open_run", "preview", "versions"]


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

    What a killed run or a killed build of a release left is finished or undone first.

    Args:
        root: The workspace.
        config: Folder of deid.yaml and policy.yaml; None for the workspace's own.
        run_id: Stands in every event of the run.
        only: Transcript ids to which the run is limited.
        rerun: What the run does.

    Raises:
        BusyError: another run holds the workspace.
        DeidError: workspace, settings, key, vault, register or audit log cannot be used.
        UsageError: an entry of ``only`` is no id, or the id of no transcript.
    """
    check_ids(only)
    site = Site.open(root, config)
    with site.workspace.lock(), Vault.open(site.workspace.vault, site.keys.vault_key) as vault:
        log = AuditLog(site.workspace.events, site.keys)
        log.recover()
        settle(site.workspace, vault, log)
        store.sweep(site.workspace.staging, site.workspace.redactions)
        told = versions(site)
        change = _change(site, told, vault)
        if change is not None:
            carry_over(change, vault, log, register=site.register, run_id=run_id)
        due = _planned(site, vault, told, only=only, rerun=rerun)
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
            facts=_told(site, context)
            | {"due": run.due, "unchanged": due.unchanged, "vault_version": vault.version},
        )
        yield run


def preview(
    root: Path,
    config: Path | None = None,
    *,
    only: Collection[str] = (),
    rerun: Rerun = Rerun.NEW,
) -> Plan:
    """What a run would do now. Nothing is written, and no run is kept waiting.

    Args:
        root: The workspace.
        config: As for :func:`open_run`.
        only: As for :func:`open_run`.
        rerun: As for :func:`open_run`.

    Raises:
        DeidError: As for :func:`open_run`, but never because another run holds the workspace.
    """
    check_ids(only)
    site = Site.open(root, config)
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        told = versions(site)
        change = _change(site, told, vault)
        carried = {each.transcript_id for each in change.untouched} if change else set()
        return _planned(site, vault, told, only=only, rerun=rerun, carried=carried)


def _planned(
    site: Site,
    vault: Vault,
    told: Mapping[str, str],
    *,
    only: Collection[str],
    rerun: Rerun,
    carried: Collection[str] = (),
) -> Plan:
    return plan(
        site.workspace.inbox,
        vault,
        site.keys,
        study_id=site.settings.programme.study.id,
        fingerprint=fingerprint_of(site, told),
        only=only,
        rerun=rerun,
        settle_seconds=site.settings.programme.inbox.settle_seconds,
        carried=carried,
    )


def _change(site: Site, told: Mapping[str, str], vault: Vault) -> Change | None:
    """What another register than the last run's means for what is finished.

    Raises:
        RegisterError: It would give somebody's pseudonym to somebody else.
    """
    refuse_reused(site.register, vault, site.workspace.register)

    def fingerprint(register_digest: str) -> str:
        return fingerprint_of(site, {**told, "register_digest": register_digest})

    return change_of(
        site.workspace,
        vault,
        register=site.register,
        fingerprint=fingerprint,
        limits=site.limits,
        is_common=is_common,
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
