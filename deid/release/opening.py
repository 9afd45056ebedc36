"""A workspace opened for releases: settings, keys, vault, log and accounts together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from argon2 import PasswordHasher

from deid.accounts import Accounts
from deid.audit import AuditLog
from deid.release.releases import Releases, now
from deid.site import Site
from deid.vault import Vault


@contextmanager
def open_releases(
    root: Path,
    config: Path | None = None,
    *,
    hasher: PasswordHasher | None = None,
    clock: Callable[[], datetime] = now,
) -> Iterator[Releases]:
    """Open the releases of a workspace; what a killed process left noted goes to the log.

    Raises:
        DeidError: Workspace, settings, key, vault, register or audit log cannot be used.
    """
    site = Site.open(root, config)
    with Vault.open(site.workspace.vault, site.keys.vault_key) as vault:
        log = AuditLog(site.workspace.events, site.keys)
        accounts = Accounts(vault, log, hasher=hasher, clock=clock)
        yield Releases(site, vault, log, accounts, clock=clock)
