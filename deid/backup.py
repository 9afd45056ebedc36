"""Copies of the vault: made while it is in use, put back only where they belong.

A backup is an encrypted vault like the one it was made of, stamped with the study, and mode 0600.
A restore checks all of it before anything is touched, keeps what it replaces, and never leaves
the workspace without a whole vault. Neither ever writes a plain byte.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from deid.audit import AuditLog, EventType
from deid.errors import VaultError
from deid.files import sha256_file, sync_folder, temporary_beside
from deid.keys import StudyKeys
from deid.vault import Vault
from deid.workspace import Workspace

_STAMP = "study"
_JOURNAL = "-journal"


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup that was made or restored.

    Attributes:
        digest: SHA-256 of the backup file.
        identities: How many people and places the vault knows.
        transcripts: How many transcripts it knows.
        kept: Name of the file in the workspace that holds the replaced vault, "" for none.
    """

    digest: str
    identities: int
    transcripts: int
    kept: str = ""

    def facts(self) -> dict[str, object]:
        """What an event tells of it."""
        counts = {"identities": self.identities, "transcripts": self.transcripts}
        return {"digest": self.digest, **counts}


def backup(
    workspace: Workspace, keys: StudyKeys, log: AuditLog, target: Path, *, actor: str = "deid"
) -> Copied:
    """Write the vault as of this moment to ``target``, whole or not at all; runs may go on.

    Raises:
        VaultError: Something stands at ``target``, it cannot be written, or the vault does not
            hold.
    """
    with Vault.open(workspace.vault, keys.vault_key) as vault:
        vault.set_meta(_STAMP, _stamp(keys))
    try:
        with temporary_beside(target) as temporary:
            Vault.copy(workspace.vault, keys.vault_key, temporary, target_key=keys.vault_key)
            copied = _counted(temporary, keys.vault_key, digest=sha256_file(temporary))
            log.append(
                EventType.VAULT_BACKED_UP, actor=actor, subject="vault", facts=copied.facts()
            )
            target.hardlink_to(temporary)
        sync_folder(target.parent)
    except FileExistsError:
        raise VaultError("something stands at the backup's place; name a new file") from None
    except OSError as error:
        raise VaultError(f"the backup cannot be written: {error.strerror}") from None
    return copied


def restore(
    workspace: Workspace,
    keys: StudyKeys,
    log: AuditLog,
    source: Path,
    *,
    old_vault_key: bytes | None = None,
    actor: str = "deid",
) -> Copied:
    """Put a backup in the vault's place; what it replaces is kept beside it.

    Args:
        workspace: Not in use by a run.
        keys: The study's.
        log: The study's.
        source: The backup.
        old_vault_key: For a backup from before a rotation, the vault key of its time.
        actor: In whose name.

    Raises:
        BusyError: A run holds the workspace, or another process the vault.
        VaultError: The backup does not open with the key, is damaged, or is of another study.
            Nothing was changed.
    """
    with workspace.lock():
        try:
            with (
                temporary_beside(workspace.vault) as raw,
                temporary_beside(workspace.vault) as staged,
            ):
                shutil.copyfile(source, raw)  # so that an older version is not changed in place
                digest = sha256_file(raw)
                opens_with = old_vault_key or keys.vault_key
                Vault.copy(raw, opens_with, staged, target_key=keys.vault_key)
                _check_study(staged, keys, asked=old_vault_key is not None)
                with _held(workspace, keys):
                    kept = _set_aside(workspace)
                    copied = _counted(staged, keys.vault_key, digest=digest, kept=kept)
                    log.append(
                        EventType.VAULT_RESTORED,
                        actor=actor,
                        subject="vault",
                        facts=copied.facts(),
                    )
                    staged.replace(workspace.vault)
                    sync_folder(workspace.root)
        except OSError as error:
            raise VaultError(f"the backup cannot be restored: {error.strerror}") from None
    return copied


@contextmanager
def _held(workspace: Workspace, keys: StudyKeys) -> Iterator[None]:
    """Hold the vault that goes, so that nobody writes into it; a damaged one cannot be held."""
    try:
        vault = Vault.open(workspace.vault, keys.vault_key)
    except VaultError:
        yield
        return
    with vault, vault.transaction():
        yield


def _set_aside(workspace: Workspace) -> str:
    """Give the vault that goes a second name, and take a journal that belongs to it away.

    A journal left beside the restored vault would be rolled back into it.
    """
    if not workspace.vault.exists():
        return ""
    aside = workspace.root / f"vault-replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.db"
    journal = workspace.vault.with_name(workspace.vault.name + _JOURNAL)
    aside.hardlink_to(workspace.vault)
    if journal.exists():
        journal.replace(aside.with_name(aside.name + _JOURNAL))
    sync_folder(workspace.root)
    return aside.name


def _check_study(path: Path, keys: StudyKeys, *, asked: bool) -> None:
    """A study's key opens no other study's vault; one that an old key opened has to say so."""
    with Vault.open(path, keys.vault_key, read_only=True) as vault:
        stamp = vault.meta(_STAMP)
    if stamp != _stamp(keys) and (stamp is not None or asked):
        raise VaultError("the backup belongs to another study; nothing was changed")


def _stamp(keys: StudyKeys) -> str:
    return keys.identifier("study", "vault")


def _counted(path: Path, key: bytes, *, digest: str, kept: str = "") -> Copied:
    with Vault.open(path, key, read_only=True) as vault:
        identities = sum(1 for _ in vault.identities())
        return Copied(digest, identities, sum(1 for _ in vault.transcripts()), kept)
