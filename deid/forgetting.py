"""A participant withdraws: what was written of a transcript goes, and what the vault kept of it.

Nothing is forgotten whose raw file still lies in the inbox, since the next run would do it again.
The log keeps that it was removed, and the redaction rows, which hold no original; releases that
have it are withdrawn by a person. Files go before the vault does, so that a killed process leaves
something that the same command finishes.
"""

from deid import quarantine, store
from deid.accounts import Account, Accounts, Role
from deid.audit import AuditLog, EventType
from deid.errors import UsageError
from deid.release import pending
from deid.site import Site
from deid.store import transcript_paths
from deid.vault import Vault


def forget(
    site: Site,
    vault: Vault,
    log: AuditLog,
    accounts: Accounts,
    *,
    transcript_id: str,
    by: Account,
) -> None:
    """Remove a transcript; to be called under the workspace's lock.

    Raises:
        AccountError: ``by`` is no administrator.
        UsageError: There is no such transcript, or its raw file is still in the inbox.
        OSError: A file cannot be removed; nothing was forgotten.
    """
    account = accounts.require(by, Role.ADMINISTRATOR)
    record = vault.transcript(transcript_id)
    if record is None:
        raise UsageError("there is no transcript of this id; see `deid status`")
    if (site.workspace.inbox / record.relative_path).exists():
        raise UsageError("its raw file is still in the inbox; take it out first, then forget it")
    place = site.workspace
    paths = [
        path.relative_to(place.root).as_posix()
        for path in transcript_paths(place.staging, transcript_id)
    ]
    store.remove_transcript(place.staging, transcript_id)
    quarantine.clear(place.quarantine, transcript_id)
    with vault.transaction():
        vault.remove_transcript(transcript_id)
        files: dict[str, str | None] = {path: None for path in paths if path in record.outputs}
        event = pending.PendingEvent(
            EventType.TRANSCRIPT_REMOVED, account.name, transcript_id, files=files
        )
        pending.add(vault, log, event)
    pending.flush(vault, log)
