"""A workspace opened for commands about keys, vault and accounts: no register, no model."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deid import keys, rotation, settings
from deid.accounts import Accounts
from deid.audit import AuditLog
from deid.keys import StudyKeys
from deid.keysource import KeySource
from deid.site import CONFIG_FOLDER, key_source
from deid.vault import Vault
from deid.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Opened:
    """An open vault with what belongs to it."""

    workspace: Workspace
    vault: Vault
    log: AuditLog
    accounts: Accounts


def place(root: Path, config: Path | None) -> tuple[Workspace, KeySource]:
    """A workspace and where its study key comes from; a killed change of keys is settled."""
    workspace, source = unsettled(root, config)
    rotation.settle(workspace, source=source)
    return workspace, source


def unsettled(root: Path, config: Path | None) -> tuple[Workspace, KeySource]:
    """The same, leaving a killed change of keys as it is."""
    workspace = Workspace.open(root)
    told = settings.load(config or workspace.root / CONFIG_FOLDER)
    return workspace, key_source(told.programme.keys)


def with_keys(root: Path, config: Path | None) -> tuple[Workspace, StudyKeys, AuditLog]:
    """A workspace, its keys and its log."""
    workspace, source = place(root, config)
    held = keys.load(workspace, source=source)
    return workspace, held, AuditLog(workspace.events, held)


@contextmanager
def with_vault(root: Path, config: Path | None) -> Iterator[Opened]:
    """The vault of a workspace, open for writing, its log and its accounts.

    Events that a killed process only noted go to the log first.
    """
    from deid.release import pending  # noqa: PLC0415 - brings the whole of releases

    workspace, held, log = with_keys(root, config)
    with Vault.open(workspace.vault, held.vault_key) as vault:
        pending.flush(vault, log)
        yield Opened(workspace, vault, log, Accounts(vault, log))
