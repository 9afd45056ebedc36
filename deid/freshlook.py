"""A fresh look at what was written: detection once more, over the de-identified text.

The leak check knows what was found once. This asks what detection would find now, as a release's
last check does, but before anybody asks for a release: the turns in which something is left are
kept with the transcript's counts, so that the queue puts it first. They belong to these very
outputs and go with them when the transcript is done again. Nothing but numbers of turns is kept.
"""

from collections.abc import Generator
from functools import partial
from pathlib import Path

from deid import overview
from deid.audit import AuditLog, EventType
from deid.bundle import read_approved
from deid.decisions import table
from deid.errors import DeidError, ReviewError
from deid.redoing import detector_of
from deid.release import pending
from deid.release.residual import Detect, residual
from deid.site import Site
from deid.vault import TranscriptRecord, TranscriptState, Vault
from deid.whereabouts import unexpected


def look(root: Path, config: Path | None, *, actor: str) -> Generator[tuple[int, int]]:
    """Look at every output that nobody has looked at; tells how many are done, and of how many.

    The workspace is not held: what is written anew meanwhile is left for the next look. A
    transcript that cannot be looked at keeps none, and the rest is done before that is told.

    Args:
        root: The workspace.
        config: Folder of the settings; None for the workspace's own.
        actor: Who looks, for the log.

    Raises:
        ReviewError: A transcript could not be looked at; the message names the first.
        DeidError: Workspace, settings, key, vault, register or audit log cannot be used.
    """
    site = Site.open(root, config)
    log = AuditLog(site.workspace.events, site.keys)
    with Vault.open(site.workspace.vault, site.keys.vault_key) as vault:
        due = overview.not_looked_at(vault)
        yield 0, len(due)
        failed = []
        for done, record in enumerate(filter(None, map(vault.transcript, due)), start=1):
            try:
                turns = _turns(site, vault, record, detector_of(site, root, config).detect)
                _note(vault, log, record, turns, actor)
            except DeidError as error:
                failed.append(str(error))
            except Exception as error:  # noqa: BLE001 - a message could show what it may not
                told = unexpected(error)
                failed.append(f"transcript {record.transcript_id}: {told}")
            yield done, len(due)
    if failed:
        raise ReviewError(f"{len(failed)} of {len(due)} could not be looked at; first: {failed[0]}")


def _turns(site: Site, vault: Vault, record: TranscriptRecord, detect: Detect) -> tuple[int, ...]:
    """Turns of an output in which something still looks like an identifier."""
    written = read_approved(site.workspace.root, record.transcript_id, record.outputs)
    spared = partial(table.kept, vault)
    found = residual([written], detect, site.settings.policy.entities, spared=spared)
    return tuple(turn for _, turn in found.places)


def _note(
    vault: Vault, log: AuditLog, record: TranscriptRecord, turns: tuple[int, ...], actor: str
) -> None:
    """Keep what was found with its event, if the outputs are still the ones looked at."""
    with vault.transaction():
        now = vault.transcript(record.transcript_id)
        if now is None or (now.state, now.outputs) != (TranscriptState.DONE, record.outputs):
            return
        overview.note_residual(vault, record.transcript_id, turns)
        event = pending.PendingEvent(
            EventType.REVIEW_LOOKED_AGAIN,
            actor,
            record.transcript_id,
            facts={"residual": len(turns)},
        )
        pending.add(vault, log, event)
    pending.flush(vault, log)
